package linedisc.serial.life;

import org.jspecify.annotations.Nullable;

/// A lock handed over first come, first served: the lock of one port, and with another rank that of
/// a table. A reader on an endless stream must not starve whoever removes its interface, and Java
/// monitors promise nothing here.
///
/// Not reentrant. Taking it can't be interrupted. A hand-over allocates nothing.
public final class PortLock {
  private final Sync sync;
  private final LockRank rank;
  private final WaitList waiting = new WaitList();
  private volatile @Nullable Thread owner;

  /// A free lock.
  public PortLock(Sync sync, LockRank rank) {
    this.sync = sync;
    this.rank = rank;
  }

  /// Takes the lock; waits for those who came before.
  public void lock() {
    rank.entered();
    sync.step();
    Thread me = Thread.currentThread();
    if (!acquire(me)) {
      awaitTurn(me);
    }
  }

  /// Gives the lock to the thread that has waited longest.
  public void unlock() {
    assert isHeld();
    Thread next = release();
    rank.leave();
    if (next != null) {
      sync.unpark(next);
    }
    sync.step();
  }

  /// Whether the current thread holds it.
  @SuppressWarnings("ReferenceEquality") // a thread is itself
  public boolean isHeld() {
    return owner == Thread.currentThread();
  }

  private synchronized boolean acquire(Thread me) {
    if (owner == null) {
      owner = me;
      return true;
    }
    waiting.add(me);
    return false;
  }

  private synchronized @Nullable Thread release() {
    Thread next = waiting.poll();
    owner = next;
    return next;
  }

  private void awaitTurn(Thread me) {
    boolean interrupted = false;
    while (!isHeld()) {
      sync.park(Sync.FOREVER);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      me.interrupt();
    }
  }
}
