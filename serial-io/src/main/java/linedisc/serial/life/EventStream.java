package linedisc.serial.life;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One listener's view of an ordered stream of events: either it takes them, or they are brought to
/// it on an executor. Bounded; a listener who falls behind loses the newest events, and is told how
/// many in [#lost].
public final class EventStream<E> implements AutoCloseable {
  private static final int BOUND = 4096;

  private final Events<E> source;
  private final ArrayDeque<E> waiting = new ArrayDeque<>();
  private final WaitList takers = new WaitList();
  private final @Nullable Executor executor;
  private final Consumer<? super E> listener;
  private boolean running;
  private boolean closed;
  private long lost;

  EventStream(Events<E> source, @Nullable Executor executor, Consumer<? super E> listener) {
    this.source = source;
    this.executor = executor;
    this.listener = listener;
  }

  /// Takes the next event; waits for one. No lock may be held.
  ///
  /// @return null when none came in time or the stream has been closed
  public @Nullable E take(Duration limit) throws InterruptedException {
    assert LockRank.noneHeld();
    Sync sync = source.sync();
    long deadline = sync.deadline(limit);
    Thread me = Thread.currentThread();
    for (; ; ) {
      sync.step();
      synchronized (this) {
        E event = waiting.poll();
        if (event != null || closed || deadline <= sync.nanoTime() || me.isInterrupted()) {
          takers.remove(me);
          if (event == null && Thread.interrupted()) {
            throw new InterruptedException();
          }
          return event;
        }
        takers.add(me);
      }
      sync.parkUntil(deadline);
    }
  }

  /// Takes the next event if there is one.
  public synchronized @Nullable E poll() {
    return waiting.poll();
  }

  /// How many events have been lost since the last call.
  public synchronized long lost() {
    long count = lost;
    lost = 0;
    return count;
  }

  /// Ends the stream: nothing is delivered any more, except an event that is being delivered.
  @Override
  public void close() {
    source.leave(this);
    synchronized (this) {
      closed = true;
      waiting.clear();
      takers.wakeAll(source.sync());
    }
  }

  /// Appends an event.
  ///
  /// @param coalesce leave it out when an equal one is waiting already
  /// @return whether the dispatcher is to be told
  synchronized boolean append(E event, boolean coalesce) {
    if (closed || (coalesce && waiting.contains(event))) {
      return false;
    }
    if (waiting.size() >= BOUND) {
      lost++;
      return false;
    }
    waiting.add(event);
    Thread taker = takers.poll();
    if (taker != null) {
      source.sync().unpark(taker);
    }
    if (executor == null || running) {
      return false;
    }
    running = true;
    return true;
  }

  /// On the dispatcher: has the executor bring what waits.
  void dispatch() {
    Executor target = executor;
    if (target == null) {
      return;
    }
    try {
      target.execute(this::deliver);
    } catch (RejectedExecutionException e) {
      close();
    }
  }

  /// On a thread of the executor.
  private void deliver() {
    try {
      for (E event = next(); event != null; event = next()) {
        listener.accept(event);
      }
    } catch (RuntimeException | Error e) {
      source.dispatch(this);
      throw e;
    }
  }

  private synchronized @Nullable E next() {
    E event = waiting.poll();
    running = event != null;
    return event;
  }
}
