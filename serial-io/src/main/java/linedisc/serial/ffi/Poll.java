package linedisc.serial.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// `poll(2)` on a few descriptors: one thread's waiting place. Not thread-safe.
///
/// See [poll](https://pubs.opengroup.org/onlinepubs/9799919799/functions/poll.html).
public final class Poll {
  /// There is something to read.
  public static final int IN = 1;

  /// There is room to write.
  public static final int OUT = 4;

  /// Always reported: something is wrong with the descriptor.
  public static final int ERR = 8;

  /// Always reported: the other side has gone.
  public static final int HUP = 16;

  // struct pollfd
  private static final int SIZE = 8;
  private static final int FD = 0;
  private static final int EVENTS = 4;
  private static final int REVENTS = 6;

  // The plain poll, not through Libc: its errno is of no interest.
  private static final MethodHandle POLL = Libc.function("poll");

  private final MemorySegment state;
  private final MemorySegment set;
  private final int count;

  /// A set of `count` places, all unused.
  public Poll(int count) {
    Arena arena = Arena.ofAuto();
    this.state = arena.allocate(Linker.Option.captureStateLayout());
    this.set = arena.allocate((long) SIZE * count, Integer.BYTES);
    this.count = count;
    for (int i = 0; i < count; i++) {
      watch(i, -1, 0);
    }
  }

  /// Sets what place `index` waits for.
  ///
  /// @param fd the descriptor; -1: the place is skipped
  /// @param events [#IN], [#OUT] or both
  public void watch(int index, int fd, int events) {
    set.set(JAVA_INT, (long) index * SIZE + FD, fd);
    set.set(JAVA_SHORT, (long) index * SIZE + EVENTS, (short) events);
    set.set(JAVA_SHORT, (long) index * SIZE + REVENTS, (short) 0);
  }

  /// Waits until a place has something to report; a signal may end the wait early.
  ///
  /// @param milliseconds the longest wait; -1: no limit
  public void await(int milliseconds) {
    int ready = Libc.call(POLL, state, set.address(), count, milliseconds, 0);
    if (ready <= 0) {
      for (int i = 0; i < count; i++) {
        set.set(JAVA_SHORT, (long) i * SIZE + REVENTS, (short) 0);
      }
    }
  }

  /// What the last wait found at place `index`: [#IN], [#OUT], [#ERR] and [#HUP].
  public int found(int index) {
    return set.get(JAVA_SHORT, (long) index * SIZE + REVENTS);
  }
}
