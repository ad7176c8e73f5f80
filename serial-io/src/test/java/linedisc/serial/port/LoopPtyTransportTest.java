package linedisc.serial.port;

import java.nio.file.Path;

/// The same, driven by a loop.
class LoopPtyTransportTest extends PtyTransportTest {
  private final EpollLoop loop = new EpollLoop();

  @Override
  PtyTransport open() throws PortException {
    return PtyTransport.open(loop);
  }

  @Override
  PtyTransport openPersistent(Path link) throws PortException {
    return PtyTransport.openPersistent(link, loop);
  }
}
