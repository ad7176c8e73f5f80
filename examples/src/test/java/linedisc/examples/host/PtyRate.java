package linedisc.examples.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import linedisc.serial.port.HangUp;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.TransportUser;

/// How fast octets pass a pty with nothing but the pty between writer and reader.
final class PtyRate implements TransportUser {
  private static final int OCTETS = 64 << 20;

  private final AtomicBoolean ended = new AtomicBoolean();

  private PtyRate() {}

  /// Measures it.
  ///
  /// @return 10^6 octets a second
  static double measure() throws IOException {
    PtyRate writer = new PtyRate();
    PtyTransport pty = PtyTransport.open();
    try (InputStream slave = new FileInputStream(pty.slave())) {
      pty.start(writer);
      byte[] buffer = new byte[4096];
      long begun = System.nanoTime();
      long read = 0;
      while (read < OCTETS) {
        int n = slave.read(buffer);
        if (n < 0) {
          throw new IOException("the pty has hung up");
        }
        read += n;
      }
      return read * 1e3 / (System.nanoTime() - begun);
    } finally {
      writer.ended.set(true);
      var _ = pty.close(Duration.ZERO);
    }
  }

  @Override
  public long mark() {
    return 0;
  }

  @Override
  public void input(long mark, byte[] buffer, int offset, int length) {}

  @Override
  public int fill(byte[] buffer, int offset, int length) {
    return ended.get() ? 0 : length;
  }

  @Override
  public void hungUp(HangUp cause) {}
}
