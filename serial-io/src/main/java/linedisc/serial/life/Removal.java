package linedisc.serial.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that is on its way out: an interface being destroyed, a port being closed. What its
/// end promises holds from the moment [#await] returns.
public final class Removal {
  private final Sync sync;
  private final String what;
  private final WaitList waiting = new WaitList();

  /// What else waits for the end; guarded by the monitor, empty from the end on.
  private final List<Runnable> followers = new ArrayList<>();

  private volatile boolean done;
  private volatile @Nullable Throwable failure;

  /// A removal that has not ended.
  ///
  /// @param what for messages: `ppp0`
  Removal(Sync sync, String what) {
    this.sync = sync;
    this.what = what;
  }

  /// Whether it has ended.
  public boolean isDone() {
    return done;
  }

  /// What went wrong, null if nothing did (yet).
  public @Nullable Throwable failure() {
    return failure;
  }

  /// Waits for the end.
  ///
  /// @throws IllegalStateException on a thread of a port, a table or an event dispatcher, or with a
  ///   lock of ours held: the removal may be waiting for this very thread; or when the removal has
  ///   failed, with the failure as its cause
  public void await() throws InterruptedException {
    if (!await(Sync.FOREVER)) {
      throw new IllegalStateException("a wait without limit has ended: " + what);
    }
  }

  /// Waits for the end, but not longer than `limit`.
  ///
  /// @return whether it has ended
  /// @throws IllegalStateException as [#await()] does
  public boolean await(Duration limit) throws InterruptedException {
    return await(sync.deadline(limit));
  }

  private boolean await(long deadline) throws InterruptedException {
    if (OwnThread.isCurrent() || !LockRank.noneHeld()) {
      throw new IllegalStateException("the removal of " + what + " can't be awaited here");
    }
    Thread me = Thread.currentThread();
    for (; ; ) {
      sync.step();
      synchronized (this) {
        if (done) {
          break;
        }
        if (me.isInterrupted() || deadline <= sync.nanoTime()) {
          waiting.remove(me);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          return false;
        }
        waiting.add(me);
      }
      sync.parkUntil(deadline);
    }
    if (failure != null) {
      throw new IllegalStateException("the removal of " + what + " has failed", failure);
    }
    return true;
  }

  /// Has something run at the end: on the thread that ends it, or at once on this one.
  ///
  /// @param follower must not wait, and must not throw
  void atEnd(Runnable follower) {
    synchronized (this) {
      if (!done) {
        followers.add(follower);
        return;
      }
    }
    follower.run();
  }

  /// It has ended. The first call counts.
  void complete(@Nullable Throwable cause) {
    List<Runnable> told;
    synchronized (this) {
      if (done) {
        return;
      }
      failure = cause;
      done = true;
      waiting.wakeAll(sync);
      told = List.copyOf(followers);
      followers.clear();
    }
    told.forEach(Runnable::run);
  }

  /// What is removed, and whether it has gone.
  @Override
  public String toString() {
    return what + (done ? " is gone" : " is going");
  }
}
