package linedisc.serial.tty;

import linedisc.serial.life.Sync;
import linedisc.serial.net.Network;
import linedisc.slip.FrameBatch;

/// A discipline that can't bear to lose its interface.
final class BrokenDiscipline implements LineDiscipline {
  @Override
  public String name() {
    return "broken";
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
      return Sync.FOREVER;
    }

    @Override
    public void handleTimeout(Network network, long now) {}

    @Override
    public void lowerUp(Network network, long now) {}

    @Override
    public void lowerDown(Network network, long now) {}

    @Override
    public void interfaceGone(long now) {
      throw new IllegalStateException("no");
    }
  }
}
