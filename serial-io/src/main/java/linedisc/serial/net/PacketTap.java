package linedisc.serial.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import linedisc.serial.life.PacketQueue;
import linedisc.serial.life.Sync;

/// A copy of everything an interface receives and sends, each packet with the time at which it
/// passed, in a ring of its own that one reader empties. What finds the ring full is counted and
/// missing.
///
/// Received packets are seen even if the interface's queue is full, packets to be sent when the
/// port takes them.
public final class PacketTap implements AutoCloseable {
  /// A packet as a tap saw it; the reader's own, filled by [#take].
  public static final class Sighting {
    private final byte[] buffer;
    private int length;
    private Instant time = Instant.EPOCH;
    private boolean sent;

    /// Room for one packet.
    ///
    /// @param room octets; what is longer is cut off
    public Sighting(int room) {
      buffer = new byte[HEADER + room];
    }

    /// Holds the packet, from [#offset()].
    public byte[] buffer() {
      return buffer;
    }

    /// Where the packet begins.
    public int offset() {
      return HEADER;
    }

    /// The packet's whole length in octets, even if it was cut off.
    public int length() {
      return length;
    }

    /// Octets of it that are in the buffer.
    public int captured() {
      return Math.min(length, buffer.length - HEADER);
    }

    /// When it passed.
    public Instant time() {
      return time;
    }

    /// Whether we sent it rather than received it.
    public boolean isSent() {
      return sent;
    }
  }

  /// The time in nanoseconds, then whether it was sent.
  private static final int HEADER = Long.BYTES + 1;

  private static final VarHandle TIME =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final NetInterface netInterface;
  private final Sync sync;
  private final PacketQueue ring;

  /// What the clock said at `epoch`.
  private final long origin;

  private final Instant epoch;

  /// Of the packet that is put in. The port's lock.
  private final byte[] header = new byte[HEADER];

  PacketTap(NetInterface netInterface, Sync sync, int octets) {
    this.netInterface = netInterface;
    this.sync = sync;
    this.ring = new PacketQueue(sync, () -> {}, Integer.MAX_VALUE, octets);
    this.origin = sync.nanoTime();
    this.epoch = Instant.now();
  }

  /// Takes the next packet; waits for one, but not longer than `limit`. One thread at a time.
  ///
  /// @return false: none came in time
  /// @throws InterfaceGoneException when the interface has gone, or the tap was closed, and all
  ///   that was seen before has been taken
  public boolean take(Sighting sighting, Duration limit)
      throws InterfaceGoneException, InterruptedException {
    byte[] buffer = sighting.buffer;
    int length = ring.take(buffer, 0, buffer.length, sync.deadline(limit));
    if (length == PacketQueue.GONE) {
      throw new InterfaceGoneException(netInterface.name());
    }
    if (length == PacketQueue.EMPTY) {
      return false;
    }
    sighting.length = length - HEADER;
    sighting.time = epoch.plusNanos((long) TIME.get(buffer, 0) - origin);
    sighting.sent = buffer[HEADER - 1] != 0;
    return true;
  }

  /// Packets that are missing.
  public long dropped() {
    return ring.counters().dropped();
  }

  /// Detaches the tap: nothing is seen any more; what was seen can still be taken.
  public void finish() {
    netInterface.detach(this);
    ring.finish();
  }

  /// Packets that were seen and not missed.
  public long seen() {
    return ring.counters().in();
  }

  /// Detaches the tap: nothing is seen any more, and what was seen is forgotten.
  @Override
  public void close() {
    netInterface.detach(this);
    ring.close();
    ring.drain();
  }

  void received(byte[] buffer, int offset, int length) {
    see(buffer, offset, length, false);
  }

  void sent(byte[] buffer, int offset, int length) {
    see(buffer, offset, length, true);
  }

  /// The interface has gone.
  void end() {
    ring.finish();
  }

  private void see(byte[] buffer, int offset, int length, boolean sent) {
    TIME.set(header, 0, sync.nanoTime());
    header[HEADER - 1] = (byte) (sent ? 1 : 0);
    ring.offer(header, buffer, offset, length, false);
    ring.wake();
  }
}
