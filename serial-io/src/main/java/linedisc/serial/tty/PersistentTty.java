package linedisc.serial.tty;

import java.io.IOException;
import java.time.Duration;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Removal;
import linedisc.serial.port.HangUp;
import linedisc.serial.port.PortException;
import linedisc.serial.port.SerialTransport;
import org.jspecify.annotations.Nullable;

/// A line that comes back. Whenever it has gone (unplugged, hung up, the connection lost) it is
/// opened again, under whatever name it has by then, and its user binds it again. One thread,
/// asleep while nothing happens.
///
/// A line that goes as soon as it has come is opened again less and less often, at least every ten
/// seconds. With its table it ends.
public final class PersistentTty implements AutoCloseable {
  /// How the line is opened.
  @FunctionalInterface
  public interface Opening {
    /// Opens it; waits until that can be done, as [linedisc.serial.port.PortOpener#await] does.
    ///
    /// @throws PortException when it is not worth another try
    /// @throws InterruptedException when the line is not wanted any more
    SerialTransport open() throws PortException, InterruptedException;
  }

  /// Who uses the line. All calls come on its thread, in order, with no lock held; they may wait.
  public interface User {
    /// The line is open, and raw: the place for a dialogue and a bind.
    ///
    /// @throws IOException when nothing can be done with it; it is closed then, and opened again
    void opened(Tty tty) throws IOException, InterruptedException;

    /// The line has gone, and what was bound to it is unbound.
    ///
    /// @param cause null: it was closed, or [#opened] has thrown
    void gone(@Nullable HangUp cause);

    /// The line can't be opened, and is not tried again. The last call.
    void failed(PortException why);
  }

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final TtyTable ttys;
  private final Opening opening;
  private final User user;
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Tty tty;

  private PersistentTty(TtyTable ttys, String name, Opening opening, User user) {
    this.ttys = ttys;
    this.opening = opening;
    this.user = user;
    this.thread = Thread.ofPlatform().daemon().name("persist " + name).unstarted(this::run);
  }

  /// Opens a line for the first time, and again whenever it has gone.
  ///
  /// @param name for the thread
  public static PersistentTty start(TtyTable ttys, String name, Opening opening, User user) {
    PersistentTty line = new PersistentTty(ttys, name, opening, user);
    line.thread.start();
    return line;
  }

  /// The line as it is open now; null: it is not.
  public @Nullable Tty tty() {
    Tty present = tty;
    return present != null && present.state().isUsable() ? present : null;
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!closed && !ttys.isClosed()) {
        long start = System.nanoTime();
        serve(ttys.open(opening.open()));
        boolean lasted = System.nanoTime() - start > LONGEST_PAUSE.toNanos();
        pause = lasted ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        Thread.sleep(pause);
      }
    } catch (PortException e) {
      user.failed(e);
    } catch (InterruptedException e) {
      // Closed.
      return;
    }
  }

  /// From open to closed.
  private void serve(Tty open) throws InterruptedException {
    HangUp cause = null;
    tty = open;
    try (EventStream<TtyEvent> events = open.events()) {
      if (closed) {
        // While it was being opened, so that nobody else had it to close.
        return;
      }
      try {
        user.opened(open);
      } catch (IOException e) {
        open.close();
      }
      while (open.state() != PortState.CLOSED) {
        TtyEvent event = events.take(FOREVER);
        cause = event instanceof TtyEvent.HungUp(HangUp why) ? why : cause;
      }
      for (TtyEvent event = events.poll(); event != null; event = events.poll()) {
        cause = event instanceof TtyEvent.HungUp(HangUp why) ? why : cause;
      }
    } finally {
      tty = null;
      if (open.state() != PortState.CLOSED) {
        open.close();
      }
    }
    user.gone(cause);
  }

  /// Closes the line if it is open, and opens it no more. Does not wait; called by the user's own
  /// methods too.
  ///
  /// @param limit as for [Tty#close(Duration)]
  /// @return ends when the line is closed; null: it was not open
  public @Nullable Removal close(Duration limit) {
    closed = true;
    Tty open = tty;
    Removal removal = open == null ? null : open.close(limit);
    thread.interrupt();
    return removal;
  }

  /// As [#close(Duration)], without waiting for what is still to be sent.
  @Override
  public void close() {
    Removal _ = close(Duration.ZERO);
  }
}
