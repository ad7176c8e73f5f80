package linedisc.serial.tty;

import linedisc.serial.life.Sync;
import linedisc.serial.net.Network;
import linedisc.serial.net.NetworkProtocol;
import linedisc.slip.FrameBatch;

/// The least discipline there can be: a packet between two flags, which it must not contain. With
/// `farewell`, a channel that has lost its interface says BYE and lives until it hears BYE.
final class FlagDiscipline implements LineDiscipline {
  static final int FLAG = 0x7e;
  private static final int MAX = 256;
  private static final byte[] BYE = {'B', 'Y', 'E'};

  private final String type;
  private final boolean farewell;

  FlagDiscipline(String type, boolean farewell) {
    this.type = type;
    this.farewell = farewell;
  }

  @Override
  public String name() {
    return "flag-" + type;
  }

  @Override
  public String interfaceType() {
    return type;
  }

  @Override
  public Protocol open(Line line) {
    return new Protocol(farewell);
  }

  static final class Protocol implements LineProtocol {
    private final boolean farewell;

    // The reader's.
    private final byte[] partial = new byte[MAX];
    private int length = -1;

    // The port lock's.
    private boolean orphan;
    private boolean byeToSend;
    private boolean byeHeard;

    Protocol(boolean farewell) {
      this.farewell = farewell;
    }

    @Override
    public int maxFrame() {
      return MAX;
    }

    @Override
    public int decode(byte[] buffer, int offset, int end, FrameBatch frames) {
      for (int at = offset; at < end; at++) {
        byte octet = buffer[at];
        if (octet == FLAG) {
          if (length > 0 && !frames.add(partial, 0, length, 0)) {
            return at;
          }
          length = 0;
        } else if (length >= 0) {
          length = length < MAX ? length : -1;
          if (length >= 0) {
            partial[length++] = octet;
          }
        }
      }
      return end;
    }

    @Override
    public void deliver(FrameBatch frames, Network network, long now) {
      for (int i = 0; i < frames.count(); i++) {
        if (frames.buffer()[frames.offset(i)] == 'B') {
          byeHeard = true;
        } else {
          network.packet(frames.buffer(), frames.offset(i), frames.length(i));
        }
      }
    }

    @Override
    public void collect(FrameBatch frames, Network network, long now) {
      if (byeToSend) {
        byeToSend = !frames.add(BYE, 0, BYE.length, 0);
      }
      while (!orphan && network.nextLength() >= 0) {
        int at = frames.claim(MAX);
        if (at < 0) {
          return;
        }
        int size = network.poll(frames.buffer(), at, MAX);
        if (size >= 0) {
          frames.commit(size, 0);
        }
      }
    }

    @Override
    public int maxEncodedLength(int frame) {
      return frame + 2;
    }

    @Override
    public int encode(FrameBatch frames, int index, byte[] target, int offset) {
      int size = frames.length(index);
      target[offset] = FLAG;
      System.arraycopy(frames.buffer(), frames.offset(index), target, offset + 1, size);
      target[offset + 1 + size] = FLAG;
      return size + 2;
    }

    @Override
    public boolean hasOutput() {
      return byeToSend;
    }

    @Override
    public long pollTimeout() {
      return Sync.FOREVER;
    }

    @Override
    public void handleTimeout(Network network, long now) {}

    @Override
    public void lowerUp(Network network, long now) {
      network.opened(NetworkProtocol.IPV4);
    }

    @Override
    public void lowerDown(Network network, long now) {
      network.closed(NetworkProtocol.IPV4);
    }

    @Override
    public void interfaceGone(long now) {
      orphan = true;
      byeToSend = farewell;
    }

    @Override
    public boolean isFinished() {
      return !farewell || byeHeard;
    }
  }
}
