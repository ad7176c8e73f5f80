package linedisc.serial.port;

import java.util.function.Consumer;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Platform;
import linedisc.serial.ffi.Termios;
import linedisc.serial.ffi.TtyRequests;
import org.jspecify.annotations.Nullable;

/// A tty that is open and locked for us (`flock`), and how it was set before. Linux only.
///
/// Any thread may call, but not beside [#close].
final class TtyDevice {
  private final int fd;
  private final Termios found;

  private TtyDevice(int fd, Termios found) {
    this.fd = fd;
    this.found = found;
  }

  /// Opens and locks a device. Neither its settings nor its lines are touched, but for what the
  /// kernel does at each first open: DTR and RTS go on.
  ///
  /// @return null where there are no foreign calls
  /// @throws PortException when it can't be opened, is no tty, or another process has it
  static @Nullable TtyDevice open(DeviceNode node) throws PortException {
    if (!Platform.supported()) {
      return null;
    }
    Libc libc = calls();
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
    if (answer < 0) {
      libc.close(fd);
      throw node.refusal(-answer);
    }
    return new TtyDevice(fd, found);
  }

  /// For one call, or some: any thread may make them.
  static Libc calls() {
    return new Libc(TtyRequests.STRUCTURE_OCTETS);
  }

  /// The descriptor, non-blocking.
  int descriptor() {
    return fd;
  }

  /// How the line was set when this was opened.
  PortSettings found() {
    return NativeSettings.of(found);
  }

  /// Whether the device has modem lines at all: a pseudo-terminal has none, and without carrier it
  /// would never be up.
  boolean hasModemLines() {
    return TtyRequests.modemLines(calls(), fd) >= 0;
  }

  /// Sets the line otherwise, now, whatever waits in its queues.
  ///
  /// @return whether it has taken them; otherwise it is as before
  boolean apply(PortSettings settings) {
    return apply(settings, _ -> {});
  }

  /// The same, with something else besides.
  synchronized boolean apply(PortSettings settings, Consumer<Termios> besides) {
    Libc libc = calls();
    Termios before = new Termios();
    Termios changed = new Termios();
    if (before.load(libc, fd) < 0 || changed.load(libc, fd) < 0) {
      return false;
    }
    besides.accept(changed);
    NativeSettings.applyTo(changed, settings);
    if (changed.apply(libc, fd) < 0 || changed.load(libc, fd) < 0) {
      return false;
    }
    if (!NativeSettings.hasSpeed(changed, settings.speed())) {
      before.apply(libc, fd);
      return false;
    }
    return true;
  }

  /// Changes one thing.
  ///
  /// @return 0, or the negated error number
  synchronized int change(Consumer<Termios> what) {
    Libc libc = calls();
    Termios termios = new Termios();
    int answer = termios.load(libc, fd);
    if (answer < 0) {
      return answer;
    }
    what.accept(termios);
    return termios.apply(libc, fd);
  }

  /// The last close will not drop DTR.
  void keepDtr() {
    int _ = change(termios -> termios.controlFlags(Termios.HUPCL, 0));
  }

  /// Puts the settings that were found back, which waits for nothing.
  void putBack() {
    found.apply(calls(), fd);
  }

  /// Closes.
  void close() {
    calls().close(fd);
  }
}
