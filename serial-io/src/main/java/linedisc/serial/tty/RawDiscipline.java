package linedisc.serial.tty;

import linedisc.serial.life.OctetQueue;
import linedisc.serial.life.Sync;
import linedisc.serial.net.Network;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;

/// The tty's own discipline: octets as they are, for [Tty#read] and [Tty#write]. Chat scripts and
/// terminals use it. A port has it whenever it has no other.
public final class RawDiscipline implements LineDiscipline {
  static final String NAME = "raw";
  static final RawDiscipline INSTANCE = new RawDiscipline();

  private RawDiscipline() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public @Nullable String interfaceType() {
    return null;
  }

  /// Each port has its own, made with the port.
  @Override
  public LineProtocol open(Line line) {
    throw new UnsupportedOperationException("a port has this discipline when it has no other");
  }

  /// Its state on one port; stays while other disciplines come and go.
  static final class Protocol implements LineProtocol {
    private static final int CHUNK = 1024;

    /// A fifth of a second at 3 Mbit/s: a terminal may be kept from reading that long.
    private static final int INPUT_OCTETS = 1 << 16;

    private static final int OUTPUT_OCTETS = 4096;

    /// What has been read and nobody has wanted yet.
    final OctetQueue input;

    /// What is to be written.
    final OctetQueue output;

    private final byte[] chunk = new byte[CHUNK];

    Protocol(Sync sync) {
      input = new OctetQueue(sync, INPUT_OCTETS);
      output = new OctetQueue(sync, OUTPUT_OCTETS);
    }

    @Override
    public int maxFrame() {
      return CHUNK;
    }

    @Override
    public int decode(byte[] buffer, int offset, int end, FrameBatch frames) {
      int length = Math.min(end - offset, frames.room());
      return frames.add(buffer, offset, length, 0) ? offset + length : offset;
    }

    @Override
    public void deliver(FrameBatch frames, Network network, long now) {
      for (int i = 0; i < frames.count(); i++) {
        input.offer(frames.buffer(), frames.offset(i), frames.length(i));
      }
    }

    @Override
    public void collect(FrameBatch frames, Network network, long now) {
      int length = output.poll(chunk, 0, chunk.length);
      if (length > 0) {
        frames.add(chunk, 0, length, 0);
      }
    }

    @Override
    public int maxEncodedLength(int length) {
      return length;
    }

    @Override
    public int encode(FrameBatch frames, int index, byte[] target, int offset) {
      int length = frames.length(index);
      System.arraycopy(frames.buffer(), frames.offset(index), target, offset, length);
      return length;
    }

    @Override
    public boolean hasOutput() {
      return output.size() > 0;
    }

    @Override
    public long pollTimeout() {
      return Sync.FOREVER;
    }

    @Override
    public void handleTimeout(Network network, long now) {}

    @Override
    public void lowerUp(Network network, long now) {}

    @Override
    public void lowerDown(Network network, long now) {}

    @Override
    public void interfaceGone(long now) {}
  }
}
