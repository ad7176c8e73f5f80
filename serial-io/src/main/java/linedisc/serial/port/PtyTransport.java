package linedisc.serial.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import linedisc.serial.ffi.Errno;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Platform;
import linedisc.serial.ffi.Pty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The master side of a pseudo-terminal that this process has opened. Whoever opens its slave
/// device is at the other end of the line. Linux only.
///
/// What becomes of the line when the last of them closes it is decided when it is opened: it hangs
/// up, or it waits without carrier for the next one.
public final class PtyTransport implements SerialTransport {
  private static final Logger LOG = LoggerFactory.getLogger(PtyTransport.class);

  private final String slave;
  private final @Nullable Path link;
  private final Driver driver;

  private PtyTransport(String slave, @Nullable Path link, Driver driver) {
    this.slave = slave;
    this.link = link;
    this.driver = driver;
  }

  /// Opens a new pair. The slave's line is raw. When the last one closes the slave, the line hangs
  /// up.
  ///
  /// Writing before the slave was opened is fine: it finds the octets there.
  ///
  /// @throws PortException when the system has no (more) pseudo-terminals
  public static PtyTransport open() throws PortException {
    return open(null);
  }

  /// The same.
  ///
  /// @param loop drives it; null: threads of its own do
  public static PtyTransport open(@Nullable EpollLoop loop) throws PortException {
    Pty pty = pair();
    return new PtyTransport(pty.slave(), null, driver(pty, false, loop));
  }

  /// Opens a new pair whose slave is found under a name of ours, and may be closed and opened again
  /// as others please, as a device can. While nobody has it open the line has no carrier, and what
  /// is sent is lost.
  ///
  /// @param link a symbolic link, made now and removed when the transport is closed; one that is
  ///   there already is replaced
  /// @throws PortException when there are no pseudo-terminals, or the link can't be made
  public static PtyTransport openPersistent(Path link) throws PortException {
    return openPersistent(link, null);
  }

  /// The same.
  ///
  /// @param loop drives it; null: threads of its own do
  public static PtyTransport openPersistent(Path link, @Nullable EpollLoop loop)
      throws PortException {
    Pty pty = pair();
    Libc libc = new Libc(Long.BYTES);
    int other = pty.openSlave(libc);
    if (other < 0) {
      libc.close(pty.master());
      throw none(other);
    }
    // From its first close on a pty tells whether somebody has its slave open.
    libc.close(other);
    Driver driver = driver(pty, true, loop);
    try {
      // Last, so that no other failure leaves it behind.
      makeLink(link, Path.of(pty.slave()));
    } catch (PortException e) {
      driver.close(Duration.ZERO);
      throw e;
    }
    return new PtyTransport(pty.slave(), link, driver);
  }

  /// The master is closed if there is no driver for it.
  private static Driver driver(Pty pty, boolean persistent, @Nullable EpollLoop loop)
      throws PortException {
    String name = "pty of " + pty.slave();
    int master = pty.master();
    if (loop == null) {
      DescriptorLine line =
          persistent ? DescriptorLine.persistent(master) : DescriptorLine.owned(master);
      return new LineDriver(name, line, Duration.ZERO);
    }
    PtyMaster line = new PtyMaster(master, persistent);
    try {
      return new LoopDriver(name, line, Duration.ZERO, loop);
    } catch (PortException e) {
      line.close();
      throw e;
    }
  }

  private static Pty pair() throws PortException {
    if (!Platform.supported()) {
      throw new PortException(
          PortException.Reason.FAILED,
          "Pseudo-terminals are only opened on Linux (x86-64, aarch64, riscv64).");
    }
    Pty pty = Pty.open(new Libc(64));
    if (pty.master() < 0) {
      throw none(pty.master());
    }
    return pty;
  }

  private static PortException none(int answer) {
    return new PortException(
        PortException.Reason.FAILED,
        "No pseudo-terminal can be opened: " + Errno.text(-answer) + ".");
  }

  /// There is never a moment without the link when one was there before.
  private static void makeLink(Path link, Path target) throws PortException {
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
      throw new PortException(
          PortException.Reason.FAILED, link + " is there already, and is no symbolic link.");
    }
    Path made = link.resolveSibling("." + link.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.deleteIfExists(made);
      Files.createSymbolicLink(made, target);
      Files.move(made, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new PortException(
          PortException.Reason.FAILED, "The link " + link + " can't be made: " + e + ".");
    }
  }

  private static void removeLink(Path link, Path target) {
    try {
      if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
        Files.delete(link);
      }
    } catch (IOException e) {
      LOG.warn("the link {} is left: {}", link, e.toString());
    }
  }

  /// The device path of the other side.
  public String slave() {
    return slave;
  }

  Driver driver() {
    return driver;
  }

  /// The name that others know with the word that tells the sides apart: `/dev/pts/3 (master)`.
  @Override
  public String name() {
    return (link == null ? slave : link) + " (master)";
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
    if (link != null) {
      removeLink(link, Path.of(slave));
    }
    return driver.close(drain);
  }
}
