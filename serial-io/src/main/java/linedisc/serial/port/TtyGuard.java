package linedisc.serial.port;

import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Platform;
import linedisc.serial.ffi.Poll;
import linedisc.serial.ffi.Termios;
import org.jspecify.annotations.Nullable;

/// A second descriptor of a port that jSerialComm has open, for what that library does too late or
/// not at all: lock the device before its lines are driven, keep a break from flushing the queues,
/// wait for octets without reading them, and put the settings back at the end. Linux only.
final class TtyGuard {
  private static final int STRUCTURE_OCTETS = 64;
  private static final int DEVICE = 0;
  private static final int WAKE = 1;
  private static final long TIOCMGET = 0x5415;

  private final Libc libc;

  /// For [#apply], which any thread may call.
  private final Libc control = new Libc(STRUCTURE_OCTETS);

  private final int fd;
  private final Termios found;
  private final int wake;
  private final Poll readable = new Poll(2);

  private TtyGuard(Libc libc, int fd, Termios found, int wake) {
    this.libc = libc;
    this.fd = fd;
    this.found = found;
    this.wake = wake;
    readable.watch(DEVICE, fd, Poll.IN);
    readable.watch(WAKE, wake, Poll.IN);
  }

  /// Opens and locks a device.
  ///
  /// @return null where there are no foreign calls
  /// @throws PortException when it can't be opened, is no tty, or another process has it
  static @Nullable TtyGuard open(DeviceNode node) throws PortException {
    if (!Platform.supported()) {
      return null;
    }
    Libc libc = new Libc(STRUCTURE_OCTETS);
    int fd =
        libc.open(
            node.path().toString(), Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
    if (fd < 0) {
      throw node.refusal(-fd);
    }
    Termios found = new Termios();
    int answer = found.load(libc, fd);
    if (answer >= 0) {
      answer = libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB);
    }
    if (answer >= 0) {
      // jSerialComm turns BRKINT on; with NOFLSH, which it leaves alone, that flushes nothing.
      Termios quiet = new Termios();
      quiet.load(libc, fd);
      quiet.localFlags(0, Termios.NOFLSH);
      answer = quiet.apply(libc, fd);
    }
    int wake = answer < 0 ? answer : libc.eventfd();
    if (wake < 0) {
      libc.close(fd);
      throw node.refusal(-wake);
    }
    return new TtyGuard(libc, fd, found, wake);
  }

  /// Sets the line otherwise, now, whatever waits in its queues.
  ///
  /// @return whether it has taken them; otherwise it is as before
  synchronized boolean apply(PortSettings settings) {
    Termios before = new Termios();
    Termios changed = new Termios();
    if (before.load(control, fd) < 0 || changed.load(control, fd) < 0) {
      return false;
    }
    NativeSettings.applyTo(changed, settings);
    if (changed.apply(control, fd) < 0 || changed.load(control, fd) < 0) {
      return false;
    }
    if (!NativeSettings.hasSpeed(changed, settings.speed())) {
      before.apply(control, fd);
      return false;
    }
    return true;
  }

  /// Whether the device has modem lines at all: a pseudo-terminal has none, and without carrier it
  /// would never be up.
  boolean hasModemLines() {
    return libc.ioctlGet(fd, TIOCMGET) >= 0;
  }

  /// Waits until there are octets to read or the line has hung up. One thread at a time.
  ///
  /// @return false: neither came within the time, or [#wake] was called
  boolean awaitInput(int milliseconds) {
    readable.await(milliseconds);
    return readable.found(DEVICE) != 0;
  }

  /// Ends the wait, and all later ones, at once. Any thread, until [#close].
  void wake() {
    libc.raise(wake);
  }

  /// How the line was set when this was opened.
  PortSettings found() {
    return NativeSettings.of(found);
  }

  /// Puts the settings that were found back, which waits for nothing.
  void putBack() {
    found.apply(libc, fd);
  }

  /// The last close will not drop DTR.
  void keepDtr() {
    Termios kept = new Termios();
    if (kept.load(libc, fd) >= 0) {
      kept.controlFlags(Termios.HUPCL, 0);
      kept.apply(libc, fd);
    }
  }

  /// Closes.
  void close() {
    libc.close(fd);
    libc.close(wake);
  }
}
