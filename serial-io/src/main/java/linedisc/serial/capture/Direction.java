package linedisc.serial.capture;

/// Which way octets went, as seen from this end of the line.
public enum Direction {
  /// From the line.
  RECEIVED,
  /// To the line.
  SENT;

  /// The same traffic as the other end of the line sees it.
  public Direction opposite() {
    return this == SENT ? RECEIVED : SENT;
  }
}
