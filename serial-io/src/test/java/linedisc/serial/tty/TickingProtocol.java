package linedisc.serial.tty;

import linedisc.serial.life.Sync;
import linedisc.serial.net.Network;
import linedisc.serial.net.NetworkProtocol;

/// Wants to be called each millisecond, and then does what touches an interface.
final class TickingProtocol extends QuietDiscipline.Protocol {
  private static final long PERIOD = 1_000_000;

  private long next = Sync.FOREVER;

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
