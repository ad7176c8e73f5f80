package linedisc.examples.pppd;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import org.jspecify.annotations.Nullable;

/// What happens, in one order, for the one thread that acts on it.
final class Inbox {
  /// Something has happened.
  sealed interface Happening {
    /// A signal came.
    record Signalled(Signals.Name signal) implements Happening {}

    /// Something happened on a port.
    record OnPort(Tty tty, TtyEvent event) implements Happening {}

    /// A command has ended.
    ///
    /// @param command which
    /// @param status its exit status
    record CommandEnded(Object command, int status) implements Happening {}

    /// A device has come or gone.
    record DevicesChanged() implements Happening {}
  }

  private final BlockingQueue<Happening> queue = new LinkedBlockingQueue<>();

  /// Any thread.
  void put(Happening happening) {
    queue.add(happening);
  }

  /// Waits for what comes next.
  ///
  /// @param deadline in [System#nanoTime]; [Long#MAX_VALUE]: none
  /// @return null: the deadline has come
  @Nullable Happening take(long deadline) throws InterruptedException {
    return deadline == Long.MAX_VALUE
        ? queue.take()
        : queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }
}
