package linedisc.serial.net;

/// What happens to packets of one network protocol that are to be sent: BSD's NPMODE.
public enum NetworkMode {
  /// They go out.
  PASS(0),
  /// They are dropped without a word.
  DROP(1),
  /// The sender gets ENETDOWN.
  ERROR(2),
  /// They wait, a bounded number of them, until the mode changes: for dialling on demand.
  QUEUE(3);

  private static final NetworkMode[] BY_CODE = values();

  private final int code;

  NetworkMode(int code) {
    this.code = code;
  }

  /// Two bits.
  int code() {
    return code;
  }

  static NetworkMode of(int code) {
    return BY_CODE[code];
  }
}
