package linedisc.serial.life;

/// Knows whether the current thread works for the ports and tables: a reader, a writer, the
/// [Clock], the [Reaper]. Such a thread must never wait for a removal, since the removal may be
/// waiting for it.
public final class OwnThread {
  private OwnThread() {}

  /// Whether the current thread works for us.
  public static boolean isCurrent() {
    return Held.current().own;
  }

  /// Begins work for a port on a thread that somebody else may have started.
  ///
  /// @return what [#leave] wants back
  public static boolean enter() {
    Held held = Held.current();
    boolean before = held.own;
    held.own = true;
    return before;
  }

  /// Ends what [#enter] began.
  public static void leave(boolean before) {
    Held.current().own = before;
  }

  /// Runs the body of a thread of our own.
  public static void run(Runnable body) {
    boolean before = enter();
    try {
      body.run();
    } finally {
      leave(before);
    }
  }
}
