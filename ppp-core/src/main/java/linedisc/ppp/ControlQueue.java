package linedisc.ppp;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.IntSupplier;
import linedisc.ppp.fsm.ControlOutput;
import linedisc.ppp.wire.ControlCode;
import linedisc.ppp.wire.PppProtocol;
import linedisc.slip.FrameBatch;

/// Control packets that wait for the writer. Bounded: a peer that makes us answer faster than the
/// line takes the answers loses them, and both ends have timers for that.
final class ControlQueue implements ControlOutput {
  private static final int MAX_FRAMES = 64;

  private final EventQueue events;
  private final IntSupplier maxPacketLength;
  private final Queue<byte[]> frames = new ArrayDeque<>();
  private long sent;
  private long dropped;

  /// @param maxPacketLength the most octets of a packet now
  ControlQueue(EventQueue events, IntSupplier maxPacketLength) {
    this.events = events;
    this.maxPacketLength = maxPacketLength;
  }

  @Override
  public void send(int protocol, byte[] packet) {
    if (frames.size() == MAX_FRAMES) {
      wipe(packet);
      dropped++;
      return;
    }
    byte[] frame = new byte[PppProtocol.FIELD_LENGTH + packet.length];
    PppProtocol.write(protocol, frame, 0);
    System.arraycopy(packet, 0, frame, PppProtocol.FIELD_LENGTH, packet.length);
    wipe(packet);
    frames.add(frame);
    events.trace("sent", frame, 0, frame.length);
  }

  @Override
  public int maxPacketLength() {
    return maxPacketLength.getAsInt();
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /// Moves one frame to the batch; false if there is none, or no room for it.
  boolean pollTransmit(FrameBatch out) {
    byte[] frame = frames.peek();
    if (frame == null || !out.add(frame, 0, frame.length, mark(frame))) {
      return false;
    }
    frames.remove();
    wipe(frame);
    sent++;
    return true;
  }

  /// No copy stays behind: it may hold a password.
  private static void wipe(byte[] octets) {
    Arrays.fill(octets, (byte) 0);
  }

  private static int mark(byte[] frame) {
    // A control packet has at least its header behind the Protocol field.
    boolean asDefault =
        PppProtocol.read(frame, 0) == PppProtocol.LCP
            && ControlCode.isFundamental(frame[PppProtocol.FIELD_LENGTH] & 0xff);
    return asDefault ? PppLink.AS_DEFAULT : 0;
  }

  /// Forgets what waits.
  void clear() {
    frames.forEach(ControlQueue::wipe);
    frames.clear();
  }

  /// Frames handed to the writer.
  long sent() {
    return sent;
  }

  /// Packets that found no room.
  long dropped() {
    return dropped;
  }
}
