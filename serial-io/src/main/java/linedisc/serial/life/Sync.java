package linedisc.serial.life;

import java.time.Duration;

/// What threads need of the world in order to wait for each other: time, parking, new threads.
///
/// All locks, queues and mailboxes of this module are made of these methods and of short
/// `synchronized` sections that contain none of them; so whoever implements this interface decides
/// which thread goes next wherever two of them can meet.
public interface Sync {
  /// No limit of time, for [#park] and for deadlines.
  long FOREVER = Long.MAX_VALUE;

  /// The one of production: [System#nanoTime], platform threads, parking by the JDK.
  static Sync system() {
    return SystemSync.INSTANCE;
  }

  /// Nanoseconds of a clock that never goes back.
  long nanoTime();

  /// The moment `limit` from now; [#FOREVER] when that is too far away to matter.
  default long deadline(Duration limit) {
    long now = nanoTime();
    boolean far = limit.toSeconds() > Integer.MAX_VALUE;
    return far ? FOREVER : now + Math.max(0, limit.toNanos());
  }

  /// Parks until `deadline` at most.
  ///
  /// @param deadline in [#nanoTime]; [#FOREVER]: no limit
  default void parkUntil(long deadline) {
    if (deadline == FOREVER) {
      park(FOREVER);
    } else {
      long left = deadline - nanoTime();
      if (left > 0) {
        park(left);
      }
    }
  }

  /// Waits until somebody calls [#unpark] for this thread (or did since it last parked), until
  /// `nanos` have passed, or until it is interrupted. May return for no reason at all, so it stands
  /// in a loop. No lock may be held.
  ///
  /// @param nanos at most so long; [#FOREVER]: no limit
  void park(long nanos);

  /// Ends the [#park] that `thread` is in, or makes its next one return at once.
  void unpark(Thread thread);

  /// Starts one of our own threads: a daemon that [OwnThread] knows as such.
  Thread start(String name, Runnable body);

  /// A place where another thread may as well go first. Does nothing in production; stands before
  /// each atomic step on which threads race, never inside a `synchronized` section.
  void step();
}
