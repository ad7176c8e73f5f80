package linedisc.serial.port;

import java.time.Duration;
import linedisc.serial.ffi.Errno;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Platform;
import linedisc.serial.ffi.Pty;

/// The master side of a pseudo-terminal that this process has opened. Whoever opens its slave
/// device is at the other end of the line; when the last of them closes it, the line hangs up.
///
/// Writing before the slave was opened is fine: it finds the octets there. Linux only.
public final class PtyTransport implements SerialTransport {
  private final String slave;
  private final LineDriver driver;

  private PtyTransport(String slave, LineDriver driver) {
    this.slave = slave;
    this.driver = driver;
  }

  /// Opens a new pair. The slave's line is raw.
  ///
  /// @throws PortException when the system has no (more) pseudo-terminals
  public static PtyTransport open() throws PortException {
    if (!Platform.supported()) {
      throw new PortException(
          PortException.Reason.FAILED,
          "Pseudo-terminals are only opened on Linux (x86-64, aarch64, riscv64).");
    }
    Libc libc = new Libc(64);
    Pty pty = Pty.open(libc);
    if (pty.master() < 0) {
      throw new PortException(
          PortException.Reason.FAILED,
          "No pseudo-terminal can be opened: " + Errno.text(-pty.master()) + ".");
    }
    LineDriver driver =
        new LineDriver("pty of " + pty.slave(), DescriptorLine.owned(pty.master()), Duration.ZERO);
    return new PtyTransport(pty.slave(), driver);
  }

  /// The device path of the other side.
  public String slave() {
    return slave;
  }

  LineDriver driver() {
    return driver;
  }

  /// The slave's path with the word that tells the sides apart: `/dev/pts/3 (master)`.
  @Override
  public String name() {
    return slave + " (master)";
  }

  @Override
  public int speed() {
    return 0;
  }

  @Override
  public void start(TransportUser user) {
    driver.start(user);
  }

  @Override
  public void workReady() {
    driver.workReady();
  }

  @Override
  public CloseResult close(Duration drain) {
    return driver.close(drain);
  }
}
