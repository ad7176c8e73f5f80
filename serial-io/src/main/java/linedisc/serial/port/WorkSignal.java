package linedisc.serial.port;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What one writer thread parks on: raised by anybody, at any time, never lost.
final class WorkSignal {
  private volatile boolean raised;
  private volatile @Nullable Thread waiter;

  /// Makes the present or next [#await] return.
  void raise() {
    if (!raised) {
      raised = true;
      LockSupport.unpark(waiter);
    }
  }

  /// Waits until raised, and takes the signal back. One thread only.
  ///
  /// @param nanos the longest wait; [Long#MAX_VALUE]: no limit
  void await(long nanos) {
    long start = System.nanoTime();
    waiter = Thread.currentThread();
    while (!raised) {
      long left = nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - start);
      if (left <= 0) {
        break;
      }
      LockSupport.parkNanos(this, left);
      // An interrupt means nothing here, and would make each park return at once.
      Thread.interrupted();
    }
    waiter = null;
    raised = false;
  }
}
