package linedisc.ppp.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The deadlines of one engine, one for each constant of an enum, whose comments say when each is
/// due.
///
/// Deadlines are nanoseconds of the caller's monotonic clock. Not thread-safe: the engine's caller
/// holds the lock.
///
/// @param <T> the timers
@SuppressWarnings("EnumOrdinal") // An array indexed by an enum is what this class is.
public final class TimerTable<T extends Enum<T>> {
  /// The deadline of a timer that is not running.
  public static final long NONE = Long.MAX_VALUE;

  private final T[] timers;
  private final long[] deadlines;

  /// No timer runs.
  ///
  /// @param timers all constants, as `values()` gives them
  public TimerTable(T[] timers) {
    this.timers = timers.clone();
    this.deadlines = new long[timers.length];
    Arrays.fill(deadlines, NONE);
  }

  /// Starts a timer, or moves its deadline.
  public void start(T timer, long deadline) {
    deadlines[timer.ordinal()] = deadline;
  }

  /// Stops a timer; one that does not run stays so.
  public void stop(T timer) {
    deadlines[timer.ordinal()] = NONE;
  }

  /// Stops all timers.
  public void stopAll() {
    Arrays.fill(deadlines, NONE);
  }

  /// Whether a timer runs, due or not.
  public boolean isRunning(T timer) {
    return deadlines[timer.ordinal()] != NONE;
  }

  /// The earliest deadline, or [#NONE].
  public long earliest() {
    long earliest = NONE;
    for (long deadline : deadlines) {
      earliest = Math.min(earliest, deadline);
    }
    return earliest;
  }

  /// Stops and returns the timer whose deadline passed first, or returns null when none is due.
  public @Nullable T expired(long now) {
    int first = 0;
    for (int i = 1; i < deadlines.length; i++) {
      if (deadlines[i] < deadlines[first]) {
        first = i;
      }
    }
    if (deadlines[first] > now || deadlines[first] == NONE) {
      return null;
    }
    deadlines[first] = NONE;
    return timers[first];
  }

  /// One timer of this table, for a part that need not know the others.
  public Timer timer(T timer) {
    return new Timer() {
      @Override
      public void start(long deadline) {
        TimerTable.this.start(timer, deadline);
      }

      @Override
      public void stop() {
        TimerTable.this.stop(timer);
      }
    };
  }

  /// A single timer. Its owner is told of the expiry by whoever looks after the table.
  public interface Timer {
    /// Starts it, or moves its deadline.
    ///
    /// @param deadline nanoseconds of the clock that the table's owner goes by
    void start(long deadline);

    /// Stops it, if it runs.
    void stop();
  }
}
