package linedisc.serial.tty;

/// The states of a port.
public enum PortState {
  /// There is no descriptor any more.
  CLOSED,
  /// The transport is being started.
  OPENING,
  /// Usable, no interface bound.
  OPEN,
  /// Usable, an interface bound.
  BOUND,
  /// Hung up or unplugged; its closer is about to close it.
  GONE,
  /// Its closer closes it.
  CLOSING,
  /// A native write has not come back, so it can't be closed; its closer tries again until it can.
  ZOMBIE;

  /// Whether it carries octets.
  public boolean isUsable() {
    return this == OPEN || this == BOUND;
  }
}
