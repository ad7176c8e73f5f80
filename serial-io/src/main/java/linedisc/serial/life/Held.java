package linedisc.serial.life;

/// What the current thread holds and what it is. Only its own thread ever looks at it.
final class Held {
  private static final ThreadLocal<Held> CURRENT = ThreadLocal.withInitial(Held::new);

  /// Ranks of the locks held, a bit each, the inner the higher.
  int ranks;

  /// Whether the thread is one of ours, or at the moment works for us.
  boolean own;

  private Held() {}

  static Held current() {
    return CURRENT.get();
  }
}
