package linedisc.ppp.ccp;

import java.lang.management.ManagementFactory;

/// How much this thread allocates.
public final class Allocation {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /// Octets that a run of the task allocates, once it has been run often enough to be warm.
  public static long of(Runnable task) {
    for (int i = 0; i < 3000; i++) {
      task.run();
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      task.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
