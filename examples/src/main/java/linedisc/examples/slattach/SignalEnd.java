package linedisc.examples.slattach;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import linedisc.serial.life.Removal;
import linedisc.serial.net.NetException;
import linedisc.serial.tty.Tty;
import org.jspecify.annotations.Nullable;

/// The usual end of the program, a signal: the line is put back, and the exit status says that all
/// is well. In force from its construction, before there is a line, until it is closed.
final class SignalEnd implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  private final Thread hook = new Thread(this::end, "signal");

  /// Held while the line is opened: the end comes before that or after it.
  private final ReentrantLock opening = new ReentrantLock();

  private volatile boolean begun;
  private volatile @Nullable Tty tty;

  SignalEnd() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Opens a line.
  @FunctionalInterface
  interface Opener {
    Tty open() throws IOException, NetException;
  }

  /// Opens the line that is to be put back.
  Tty guard(Opener opener) throws IOException, NetException {
    opening.lock();
    try {
      Tty opened = opener.open();
      tty = opened;
      return opened;
    } finally {
      opening.unlock();
    }
  }

  /// Whether a signal has come.
  boolean isBegun() {
    return begun;
  }

  /// Closes a line, and waits for that.
  static void close(Tty tty) throws InterruptedException {
    Removal removal = tty.close(CLOSE_LIMIT);
    boolean _ = removal.await(CLOSE_LIMIT.multipliedBy(2));
  }

  private void end() {
    begun = true;
    try {
      // Never given back: no line is opened any more. One that takes longer is not worth waiting.
      boolean _ = opening.tryLock(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      Tty open = tty;
      if (open != null) {
        close(open);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  /// The program ends by itself.
  @Override
  public void close() {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal has come; the hook ends the process.
    }
  }
}
