package linedisc.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/// What this process has used.
final class Meter {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private static final int CHUNK = 1 << 16;

  private Meter() {}

  /// CPU time of all threads, in nanoseconds.
  static long processNanos() {
    return SYSTEM.getProcessCpuTime();
  }

  /// CPU time of this thread, in nanoseconds.
  static long threadNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /// Octets that this thread has allocated.
  static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /// Platform threads that live.
  static int threads() {
    return THREADS.getThreadCount();
  }

  /// Has garbage pass through all of the heap that new objects are made in.
  static void fillNursery() {
    long before = collections();
    int octets = 0;
    while (collections() == before && octets >= 0) {
      octets += new byte[CHUNK].length;
    }
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  /// Octets on the heap that somebody still refers to.
  static long heap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
