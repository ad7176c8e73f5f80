package linedisc.serial.life;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one thread that performs every removal, first in first out.
///
/// It runs only steps that are bounded by a port's lock: never native code, never foreign code,
/// never a wait. Steps may be run again, or find their work done by somebody else. One that throws
/// is reported, its removal ends with that failure, and the Reaper goes on.
public final class Reaper implements AutoCloseable {
  private final Sync sync;
  private final Consumer<Throwable> failures;
  private final Worker worker;

  /// Starts the thread.
  ///
  /// @param failures told what a removal has thrown; must not wait
  public Reaper(Sync sync, Consumer<Throwable> failures) {
    this.sync = sync;
    this.failures = failures;
    this.worker = new Worker(sync, "linedisc-reaper", failures);
  }

  /// Hands over a removal. Any thread, under any lock but a leaf.
  ///
  /// @param what for messages
  /// @param steps the work
  public Removal remove(String what, Runnable steps) {
    return remove(
        what,
        () -> {
          steps.run();
          return null;
        },
        () -> {});
  }

  /// Hands over a removal that may have to wait for another in its midst. Any thread, under any
  /// lock but a leaf.
  ///
  /// @param what for messages
  /// @param first the work up to there; gives what is to be waited for, null: nothing
  /// @param last the rest, done whatever became of the first: by the Reaper, or by the thread that
  ///   ends what was waited for
  public Removal remove(String what, Supplier<@Nullable Removal> first, Runnable last) {
    Removal removal = new Removal(sync, what);
    worker.submit(() -> perform(removal, first, last));
    return removal;
  }

  /// Ends the thread once all removals handed over so far have been performed.
  @Override
  public void close() {
    worker.close();
  }

  private void perform(Removal removal, Supplier<@Nullable Removal> first, Runnable last) {
    Removal awaited = null;
    Throwable failure = null;
    try {
      awaited = first.get();
    } catch (RuntimeException | Error e) {
      failure = e;
      failures.accept(e);
    }
    if (awaited == null) {
      finish(removal, last, failure);
    } else {
      Removal other = awaited;
      other.atEnd(() -> finish(removal, last, other.failure()));
    }
  }

  private void finish(Removal removal, Runnable last, @Nullable Throwable before) {
    Throwable failure = before;
    try {
      last.run();
    } catch (RuntimeException | Error e) {
      failure = e;
      failures.accept(e);
    } finally {
      removal.complete(failure);
    }
  }
}
