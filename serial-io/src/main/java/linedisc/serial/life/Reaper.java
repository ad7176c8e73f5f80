package linedisc.serial.life;

import java.util.function.Consumer;

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
    Removal removal = new Removal(sync, what);
    worker.submit(() -> perform(removal, steps));
    return removal;
  }

  /// Ends the thread once all removals handed over so far have been performed.
  @Override
  public void close() {
    worker.close();
  }

  private void perform(Removal removal, Runnable steps) {
    Throwable failure = null;
    try {
      steps.run();
    } catch (RuntimeException | Error e) {
      failure = e;
      failures.accept(e);
    } finally {
      removal.complete(failure);
    }
  }
}
