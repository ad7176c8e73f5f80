package linedisc.serial.port;

import java.util.concurrent.TimeUnit;

/// Counts the native calls under way on a device, so that it is never closed beside one.
///
/// A descriptor number that was closed is given out again at once: a read or write still under way
/// would then go to a stranger's file.
final class Gate {
  private int inside;
  private boolean shut;

  /// Before a native call.
  ///
  /// @return false: the gate is shut, and the call must not be made
  synchronized boolean enter() {
    if (shut) {
      return false;
    }
    inside++;
    return true;
  }

  /// After a native call for which [#enter] said true.
  synchronized void exit() {
    inside--;
    if (inside == 0 && shut) {
      notifyAll();
    }
  }

  /// Lets nobody in any more.
  synchronized void shut() {
    shut = true;
  }

  /// Waits until nobody is inside.
  ///
  /// @param nanos the longest wait
  /// @return whether nobody is
  synchronized boolean awaitEmpty(long nanos) {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    while (inside > 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return inside == 0;
  }
}
