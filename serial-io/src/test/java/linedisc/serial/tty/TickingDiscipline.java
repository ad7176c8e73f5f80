package linedisc.serial.tty;

import linedisc.serial.life.Sync;
import linedisc.serial.net.Network;
import linedisc.serial.net.NetworkProtocol;
import linedisc.slip.FrameBatch;

/// A discipline whose engine wants to be called each millisecond, and then does what touches an
/// interface.
final class TickingDiscipline implements LineDiscipline {
  private static final long PERIOD = 1_000_000;

  @Override
  public String name() {
    return "ticking";
  }

  @Override
  public String interfaceType() {
    return "ppp";
  }

  @Override
  public LineProtocol open(Line line) {
    return new Protocol();
  }

  private static final class Protocol implements LineProtocol {
    private long next = Sync.FOREVER;

    @Override
    public int maxFrame() {
      return 1;
    }

    @Override
    public int decode(byte[] buffer, int offset, int end, FrameBatch frames) {
      return end;
    }

    @Override
    public void deliver(FrameBatch frames, Network network, long now) {}

    @Override
    public void collect(FrameBatch frames, Network network, long now) {}

    @Override
    public int maxEncodedLength(int length) {
      return length;
    }

    @Override
    public int encode(FrameBatch frames, int index, byte[] target, int offset) {
      return 0;
    }

    @Override
    public long pollTimeout() {
      return next;
    }

    @Override
    public void handleTimeout(Network network, long now) {
      if (now >= next) {
        next = now + PERIOD;
        network.opened(NetworkProtocol.IPV4);
      }
    }

    @Override
    public void lowerUp(Network network, long now) {
      next = now + PERIOD;
    }

    @Override
    public void lowerDown(Network network, long now) {
      next = Sync.FOREVER;
    }

    @Override
    public void interfaceGone(long now) {
      next = Sync.FOREVER;
    }
  }
}
