package linedisc.examples.selftest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/// How much slower this machine is for us than one of our own, so that a caller who was given no
/// processor is not taken for one who was not woken. Measured are
///
/// - while other programs keep the processors busy: the share of time that is left to us, and how
///   many threads stand in line for each processor (`/proc/stat`; elsewhere nobody else is
///   assumed),
/// - delays of two threads that have nothing to do with interfaces: one sleeps for a millisecond,
///   again and again, and then wakes the other.
final class Stalls implements AutoCloseable {
  private static final long TICK = 1_000_000;
  private static final long NOTEWORTHY = 2_000_000;
  private static final long MEMORY = 10_000_000_000L;
  private static final long SAMPLE = 200_000_000;
  private static final double SATURATED = 0.9;

  /// Who has more than this of the processors has them to himself.
  private static final double ALONE = 0.95;

  /// From a destroy to the wake-up of a caller, so many threads may have to wait for a processor:
  /// the one that destroys, one that has the port's lock, the Reaper, the caller.
  private static final int THREADS_INVOLVED = 4;

  /// A thread was late, or, with a factor, all were slow.
  private record Stall(long end, long nanos, double factor) {}

  private final Deque<Stall> stalls = new ArrayDeque<>();
  private final long wakeupLimit;
  private final Thread sleeper;
  private final Thread woken;

  /// When the sleeper wants to go on.
  private volatile long due = System.nanoTime() + TICK;

  /// Since when the other one should be awake; 0: it need not.
  private volatile long called;

  private volatile boolean closed;

  /// How long a caller may take to wake up, in nanoseconds, if nothing else holds it up.
  long wakeupLimit() {
    return wakeupLimit;
  }

  /// @param wakeupLimit how long a caller may take to wake up, in nanoseconds
  Stalls(long wakeupLimit) {
    this.wakeupLimit = wakeupLimit;
    woken = Thread.ofPlatform().daemon().name("selftest-woken").start(this::answer);
    sleeper = Thread.ofPlatform().daemon().name("selftest-sleeper").start(this::tick);
  }

  /// How long something may take here that began at `since`, has just ended, and takes at most
  /// `nanos` on a machine of its own.
  ///
  /// @param since in `System.nanoTime`
  long allowance(long nanos, long since) {
    long now = System.nanoTime();
    long asked = called;
    long longest = Math.max(0, Math.max(now - due, asked == 0 ? 0 : now - asked));
    double factor = 1;
    synchronized (stalls) {
      for (Stall stall : stalls) {
        if (stall.end - since >= 0) {
          longest = Math.max(longest, stall.nanos);
        }
        if (stall.end - since >= -2 * SAMPLE) {
          factor = Math.max(factor, stall.factor);
        }
      }
    }
    return (long) (nanos * factor) + THREADS_INVOLVED * longest;
  }

  private void tick() {
    Usage before = Usage.now();
    while (!closed) {
      due = System.nanoTime() + TICK;
      LockSupport.parkNanos(TICK);
      noteDelay(due);
      if (called == 0) {
        called = System.nanoTime();
        LockSupport.unpark(woken);
      }
      if (System.nanoTime() - before.at >= SAMPLE) {
        Usage present = Usage.now();
        note(new Stall(present.at, 0, present.slowdownSince(before)));
        before = present;
      }
    }
  }

  private void answer() {
    while (!closed) {
      long since = called;
      if (since == 0) {
        LockSupport.park();
      } else {
        noteDelay(since);
        called = 0;
      }
    }
  }

  private void noteDelay(long wanted) {
    long now = System.nanoTime();
    if (now - wanted >= NOTEWORTHY) {
      note(new Stall(now, now - wanted, 1));
    }
  }

  private void note(Stall stall) {
    synchronized (stalls) {
      stalls.addLast(stall);
      while (stall.end - stalls.getFirst().end > MEMORY) {
        stalls.removeFirst();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(sleeper);
    LockSupport.unpark(woken);
  }

  /// What the processors have done so far.
  ///
  /// @param at in `System.nanoTime`
  /// @param ours time that this process had, in nanoseconds
  /// @param busy clock ticks of all processors that were not idle
  /// @param all clock ticks of all processors
  /// @param running threads of all programs that run or could
  private record Usage(long at, long ours, long busy, long all, long running) {
    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;

    static Usage now() {
      long at = System.nanoTime();
      long ours = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
      long idle = 0;
      long all = 0;
      long running = 0;
      try {
        for (String line : Files.readAllLines(STATISTICS, US_ASCII)) {
          String[] words = line.split(" +", -1);
          if (words[0].equals("cpu")) {
            for (int i = 1; i < words.length && i <= STEAL; i++) {
              long ticks = Long.parseLong(words[i]);
              all += ticks;
              idle += i == IDLE || i == IO_WAIT ? ticks : 0;
            }
          } else if (words[0].equals("procs_running")) {
            running = Long.parseLong(words[1]);
          }
        }
      } catch (IOException | NumberFormatException e) {
        return new Usage(at, ours, 0, 0, 0);
      }
      return new Usage(at, ours, all - idle, all, running);
    }

    /// How many times longer than alone something may have taken.
    double slowdownSince(Usage before) {
      int processors = Runtime.getRuntime().availableProcessors();
      double saturation = (double) (busy - before.busy) / Math.max(1, all - before.all);
      double share = (double) (ours - before.ours) / ((double) (at - before.at) * processors);
      if (saturation < SATURATED || share > ALONE) {
        return 1;
      }
      double inLine = (double) Math.max(running, before.running) / processors;
      return Math.max(inLine, 1 / Math.max(share, 0.01));
    }
  }
}
