package linedisc.serial.net;

/// Flags of an interface that change during its life.
public enum InterfaceFlag {
  /// Administratively up. An interface is up from the start, unless somebody takes it down: on BSD
  /// it is pppd that sets a ppp interface up, and that part is played here.
  UP(StateWord.UP),
  /// Bound, and at least one network protocol is open.
  RUNNING(StateWord.RUNNING),
  /// Survives its binding.
  STICKY(StateWord.STICKY),
  /// Known to the holder of its handle only.
  PRIVATE(StateWord.PRIVATE);

  private final long bit;

  InterfaceFlag(long bit) {
    this.bit = bit;
  }

  long bit() {
    return bit;
  }
}
