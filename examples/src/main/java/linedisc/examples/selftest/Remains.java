package linedisc.examples.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The threads and descriptors that this process has.
///
/// @param threads those that are not the virtual machine's own
/// @param descriptors how many; -1: this system does not tell
record Remains(Set<Thread> threads, long descriptors) {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /// Those of now.
  static Remains now() {
    var threads = new HashSet<Thread>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!isOfTheMachine(thread)) {
        threads.add(thread);
      }
    }
    return new Remains(threads, countDescriptors());
  }

  /// Carriers of virtual threads and the like are of classes of `java.base`, others in the topmost
  /// group.
  private static boolean isOfTheMachine(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    boolean ordinary =
        thread.getClass().equals(Thread.class)
            || !thread.getClass().getModule().equals(Object.class.getModule());
    return !ordinary || group == null || group.getParent() == null;
  }

  private static long countDescriptors() {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.count();
    } catch (IOException e) {
      return -1;
    }
  }

  /// Names of the threads that there are now and were not before.
  List<String> newThreads(Remains before) {
    return threads.stream()
        .filter(thread -> !before.threads.contains(thread))
        .map(Thread::getName)
        .sorted()
        .toList();
  }

  /// How many more descriptors there are now than before.
  long newDescriptors(Remains before) {
    return Math.max(0, descriptors - before.descriptors);
  }
}
