package linedisc.serial.life;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Closes one port or device, on a thread of its own, which may wait as long as it has to: a slow
/// close delays nobody else.
///
/// What can't be closed yet, because a native call has not come back, is tried again until it can.
public final class Closer {
  /// One try at a close.
  @FunctionalInterface
  public interface Attempt {
    /// Closes, or finds out that it can't be done yet. May wait. No lock is held.
    ///
    /// @return whether it is closed
    boolean close();
  }

  private static final long FIRST_PAUSE = Duration.ofMillis(10).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(2).toNanos();

  private final Sync sync;
  private final String what;
  private final Attempt attempt;
  private final Removal removal;
  private final AtomicBoolean started = new AtomicBoolean();

  /// A closer that has not started.
  ///
  /// @param what for messages and the thread's name
  public Closer(Sync sync, String what, Attempt attempt) {
    this.sync = sync;
    this.what = what;
    this.attempt = attempt;
    this.removal = new Removal(sync, what);
  }

  /// Starts the thread, unless it has started before. No lock may be held.
  ///
  /// @return ends when it is closed, or with what the attempt has thrown
  public Removal start() {
    assert LockRank.noneHeld();
    if (started.compareAndSet(false, true)) {
      Thread _ = sync.start("linedisc-closer-" + what, this::work);
    }
    return removal;
  }

  private void work() {
    Throwable failure = null;
    try {
      long pause = FIRST_PAUSE;
      while (!attempt.close()) {
        pause(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      removal.complete(failure);
    }
  }

  private void pause(long nanos) {
    long deadline = sync.nanoTime() + nanos;
    while (deadline > sync.nanoTime()) {
      sync.parkUntil(deadline);
      boolean _ = Thread.interrupted();
    }
  }
}
