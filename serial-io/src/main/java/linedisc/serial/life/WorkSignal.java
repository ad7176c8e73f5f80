package linedisc.serial.life;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Tells one thread that there is work: a permit, not a pulse, so that a signal given while nobody
/// waits is not lost. Signals that nobody has taken yet count as one.
public final class WorkSignal {
  private final Sync sync;

  private final AtomicBoolean permit = new AtomicBoolean();
  private volatile @Nullable Thread waiter;

  /// No signal given.
  public WorkSignal(Sync sync) {
    this.sync = sync;
  }

  /// Gives the signal. Any thread, no lock held; cheap when it has been given already.
  public void signal() {
    sync.step();
    if (permit.get() || permit.getAndSet(true)) {
      return;
    }
    Thread thread = waiter;
    if (thread != null) {
      sync.unpark(thread);
    }
  }

  /// Waits for a signal and takes it. One thread only; an interrupt ends the wait and stays set.
  ///
  /// @param nanos at most so long; [Sync#FOREVER]: no limit
  /// @return whether there was a signal
  public boolean await(long nanos) {
    assert LockRank.noneHeld();
    if (permit.getAndSet(false)) {
      return true;
    }
    long deadline = nanos == Sync.FOREVER ? Sync.FOREVER : sync.nanoTime() + nanos;
    waiter = Thread.currentThread();
    try {
      while (!permit.getAndSet(false)) {
        if (deadline <= sync.nanoTime() || Thread.currentThread().isInterrupted()) {
          return false;
        }
        sync.parkUntil(deadline);
      }
      return true;
    } finally {
      waiter = null;
    }
  }
}
