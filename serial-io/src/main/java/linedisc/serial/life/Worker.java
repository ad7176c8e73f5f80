package linedisc.serial.life;

import java.util.function.Consumer;

/// One thread that runs what it is handed, first in first out.
public final class Worker implements AutoCloseable {
  private final Consumer<Throwable> failures;
  private final Mailbox<Runnable> tasks;

  /// The thread's own.
  private boolean finished;

  /// Starts the thread.
  ///
  /// @param failures told, on the thread, what a task has thrown; the worker goes on
  public Worker(Sync sync, String name, Consumer<Throwable> failures) {
    this.failures = failures;
    this.tasks = new Mailbox<>(sync);
    Thread _ = sync.start(name, this::work);
  }

  /// Hands over a task. Any thread, under any lock but a leaf. After [#close] it never runs.
  public void submit(Runnable task) {
    tasks.put(task);
  }

  /// Ends the thread once all tasks handed over so far have run.
  @Override
  public void close() {
    tasks.put(this::finish);
  }

  private void finish() {
    finished = true;
  }

  private void work() {
    while (!finished) {
      Runnable task = tasks.take();
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        failures.accept(e);
      }
    }
  }
}
