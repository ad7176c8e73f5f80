package linedisc.serial.life;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Stands around every native call on a descriptor, so that the close never runs beside one: a
/// descriptor that was closed and recycled would be read by the wrong reader.
///
/// Each call on the descriptor is one [#enter], the call, [#leave] (in `finally`). The closer calls
/// [#shut], makes blocked calls return by whatever means the descriptor has, and closes once
/// [#awaitEmpty] has said that nobody is inside.
public final class Gate {
  /// What a thread inside is doing.
  public enum Side {
    /// It may block until something arrives.
    READ(0),
    /// It may block until the line takes more; everything else that is done to a descriptor counts
    /// here too.
    WRITE(15);

    private final int shift;

    Side(int shift) {
      this.shift = shift;
    }

    private int one() {
      return 1 << shift;
    }
  }

  private static final int SHUT = 1 << 31;
  private static final int COUNT = (1 << 15) - 1;

  private final Sync sync;

  /// [#SHUT], and how many are inside on each side.
  private final AtomicInteger word = new AtomicInteger();

  private volatile @Nullable Thread closer;

  /// An open gate with nobody inside.
  public Gate(Sync sync) {
    this.sync = sync;
  }

  /// Goes in, unless the gate is shut. No lock may be held.
  ///
  /// @return false: it is shut, and the descriptor must not be used
  public boolean enter(Side side) {
    assert LockRank.noneHeld();
    for (; ; ) {
      int before = word.get();
      if (before < 0) {
        return false;
      }
      sync.step();
      if (word.compareAndSet(before, before + side.one())) {
        return true;
      }
    }
  }

  /// Goes out.
  public void leave(Side side) {
    sync.step();
    int after = word.addAndGet(-side.one());
    Thread thread = closer;
    if (after == SHUT && thread != null) {
      sync.unpark(thread);
    }
  }

  /// Lets nobody in any more.
  ///
  /// @return whether this call shut it
  public boolean shut() {
    sync.step();
    return word.getAndUpdate(w -> w | SHUT) >= 0;
  }

  /// Whether it is shut.
  public boolean isShut() {
    return word.get() < 0;
  }

  /// Whether somebody is inside.
  public boolean isInside(Side side) {
    return ((word.get() >>> side.shift) & COUNT) != 0;
  }

  /// Waits until nobody is inside of a gate that was [#shut]. One thread at a time, no lock held.
  ///
  /// @param nanos at most so long; [Sync#FOREVER]: no limit
  /// @return whether nobody is inside
  public boolean awaitEmpty(long nanos) {
    assert LockRank.noneHeld() && isShut();
    long deadline = nanos == Sync.FOREVER ? Sync.FOREVER : sync.nanoTime() + nanos;
    boolean interrupted = false;
    closer = Thread.currentThread();
    try {
      while (word.get() != SHUT) {
        if (deadline <= sync.nanoTime()) {
          return false;
        }
        sync.parkUntil(deadline);
        interrupted |= Thread.interrupted();
      }
      return true;
    } finally {
      closer = null;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
