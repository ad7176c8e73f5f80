package linedisc.serial.port;

import java.util.concurrent.atomic.AtomicBoolean;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Platform;
import linedisc.serial.ffi.Termios;
import org.jspecify.annotations.Nullable;

/// A terminal that passes each key at once, unechoed and uninterpreted, until this is closed.
/// Closed twice it puts back once. Any thread; a shutdown hook should too.
///
/// Linux only; elsewhere, and where the stream is no terminal, this does nothing.
public final class RawMode implements AutoCloseable {
  private static final int STRUCTURE_OCTETS = 64;

  private final int fd;
  private final @Nullable Termios found;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RawMode(int fd, @Nullable Termios found) {
    this.fd = fd;
    this.found = found;
  }

  /// Sets the terminal behind a stream raw.
  public static RawMode of(StandardStream stream) {
    int fd = stream.descriptor();
    Termios found = new Termios();
    Libc libc = Platform.supported() ? new Libc(STRUCTURE_OCTETS) : null;
    if (libc == null || found.load(libc, fd) < 0) {
      return new RawMode(fd, null);
    }
    Termios raw = new Termios();
    raw.load(libc, fd);
    raw.makeRaw();
    raw.apply(libc, fd);
    return new RawMode(fd, found);
  }

  /// Whether there is a terminal that was set.
  public boolean isTerminal() {
    return found != null;
  }

  /// Puts the terminal back.
  @Override
  public void close() {
    if (found != null && closed.compareAndSet(false, true)) {
      found.apply(new Libc(STRUCTURE_OCTETS), fd);
    }
  }
}
