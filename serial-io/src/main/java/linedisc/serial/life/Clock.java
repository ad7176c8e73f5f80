package linedisc.serial.life;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The one thread behind all timers. It sleeps until the first of them is due, and for good while
/// none is set.
///
/// A timer may go off early, and then finds nothing to do: whoever is asked compares deadlines
/// itself. So moving a deadline further away, as each packet does with an idle timer, costs
/// nothing.
public final class Clock implements AutoCloseable {
  /// One timer; made once, set often.
  public final class Timer {
    private final Runnable expired;

    /// When it goes off at the latest; [Sync#FOREVER]: not set. Written under the clock's lock.
    private volatile long due = Sync.FOREVER;

    private Timer(Runnable expired) {
      this.expired = expired;
    }

    /// Makes sure that the timer goes off at `deadline` or before. Any thread, under any lock but a
    /// leaf.
    ///
    /// @param deadline in [Sync#nanoTime]; [Sync#FOREVER]: no wish
    public void schedule(long deadline) {
      if (deadline < due) {
        Clock.this.schedule(this, deadline);
      }
    }

    /// Takes the timer back. It may just be going off.
    public void cancel() {
      Clock.this.cancel(this);
    }
  }

  private final Sync sync;
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>((a, b) -> Long.compare(a.due, b.due));
  private final Thread thread;
  private boolean closed;

  /// Starts the thread.
  public Clock(Sync sync) {
    this.sync = sync;
    this.thread = sync.start("linedisc-clock", this::run);
  }

  /// A timer that is not set.
  ///
  /// @param expired run on the clock's thread with no lock held; must not wait
  public Timer timer(Runnable expired) {
    return new Timer(expired);
  }

  /// Ends the thread; timers never go off again.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    sync.unpark(thread);
  }

  private void schedule(Timer timer, long deadline) {
    boolean first;
    synchronized (this) {
      assert LockRank.LEAF.enter();
      timers.remove(timer);
      timer.due = deadline;
      timers.add(timer);
      first = timers.peek() == timer;
      assert LockRank.LEAF.leave();
    }
    if (first) {
      sync.unpark(thread);
    }
  }

  private synchronized void cancel(Timer timer) {
    timers.remove(timer);
    timer.due = Sync.FOREVER;
  }

  private void run() {
    while (!isClosed()) {
      sync.step();
      Timer timer = takeDue();
      if (timer != null) {
        timer.expired.run();
      } else {
        sync.parkUntil(firstDue());
        boolean _ = Thread.interrupted();
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized long firstDue() {
    Timer first = timers.peek();
    return first == null ? Sync.FOREVER : first.due;
  }

  private synchronized @Nullable Timer takeDue() {
    Timer first = timers.peek();
    if (first == null || first.due > sync.nanoTime()) {
      return null;
    }
    timers.remove();
    first.due = Sync.FOREVER;
    return first;
  }
}
