package linedisc.serial.tty;

import java.util.function.Supplier;
import linedisc.serial.life.Sync;
import linedisc.serial.net.Network;
import linedisc.slip.FrameBatch;

/// A discipline for `ppp` interfaces that swallows what comes and sends nothing.
///
/// @param open makes the protocol of one binding
record QuietDiscipline(String name, Supplier<LineProtocol> open) implements LineDiscipline {
  @Override
  public String interfaceType() {
    return "ppp";
  }

  @Override
  public LineProtocol open(Line line) {
    return open.get();
  }

  /// Does nothing at all.
  static class Protocol implements LineProtocol {
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
    public void interfaceGone(long now) {}
  }
}
