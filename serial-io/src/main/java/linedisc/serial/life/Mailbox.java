package linedisc.serial.life;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A queue of letters to one or more threads, first in first out. Without a bound of its own: who
/// writes sees to it that no more letters exist than objects they are about.
public final class Mailbox<T> {
  private final Sync sync;
  private final ArrayDeque<T> letters = new ArrayDeque<>();
  private final WaitList readers = new WaitList();

  /// An empty mailbox.
  public Mailbox(Sync sync) {
    this.sync = sync;
  }

  /// Appends a letter. Any thread; a leaf, so under any lock.
  public void put(T letter) {
    synchronized (this) {
      assert LockRank.LEAF.enter();
      letters.add(letter);
      Thread reader = readers.poll();
      if (reader != null) {
        sync.unpark(reader);
      }
      assert LockRank.LEAF.leave();
    }
  }

  /// Takes the first letter; waits for one. No lock may be held. Interrupts don't end the wait.
  public T take() {
    assert LockRank.noneHeld();
    for (; ; ) {
      sync.step();
      T letter = pollOrEnlist();
      if (letter != null) {
        return letter;
      }
      sync.park(Sync.FOREVER);
      // A thread of ours has no use for an interrupt, and a park with one pending does not wait.
      boolean _ = Thread.interrupted();
    }
  }

  private synchronized @Nullable T pollOrEnlist() {
    T letter = letters.poll();
    if (letter == null) {
      readers.add(Thread.currentThread());
    } else {
      readers.remove(Thread.currentThread());
    }
    return letter;
  }
}
