package linedisc.serial.life;

/// The order in which locks are taken: a thread takes only locks of a rank below all it holds.
///
/// The order is asserted (`-ea`) each time. Under a lock of any rank no native code runs, no
/// foreign code, and nothing waits.
public enum LockRank {
  /// The lock of the interface table.
  TABLE(1),
  /// The lock of one port: what splserial() was. Never two of them.
  PORT(2),
  /// The lock of a bundle of several links.
  BUNDLE(4),
  /// A queue, a tap's ring, an event queue: short `synchronized` sections that call nobody.
  LEAF(8);

  private final int bit;

  LockRank(int bit) {
    this.bit = bit;
  }

  /// Whether the current thread holds no lock of ours.
  public static boolean noneHeld() {
    return Held.current().ranks == 0;
  }

  /// For `assert`: enters a section of this rank.
  ///
  /// @return true
  /// @throws AssertionError when a lock of this rank or of one below is held
  public boolean enter() {
    Held held = Held.current();
    if (held.ranks >= bit) {
      throw new AssertionError(this + " lock taken with locks " + held.ranks + " held");
    }
    held.ranks |= bit;
    return true;
  }

  /// For `assert`: leaves the section that [#enter] entered.
  ///
  /// @return true
  public boolean leave() {
    Held.current().ranks &= ~bit;
    return true;
  }

  /// As [#enter], but only asserting: what is held must be known in production too, for
  /// [Removal#await].
  void entered() {
    Held held = Held.current();
    assert held.ranks < bit : this + " lock taken with locks " + held.ranks + " held";
    held.ranks |= bit;
  }
}
