package linedisc.serial.capture;

/// The octets that begin the entries of a `record` file.
final class RecordTag {
  static final int SENT = 1;
  static final int RECEIVED = 2;
  static final int END_OF_SENT = 3;
  static final int END_OF_RECEIVED = 4;
  static final int LONG_STEP = 5;
  static final int SHORT_STEP = 6;
  static final int START = 7;

  /// Most octets in one entry: its length has 16 bits.
  static final int MAX_OCTETS = 0xFFFF;

  private RecordTag() {}

  /// Whether an octet begins an entry.
  static boolean isTag(int octet) {
    return octet >= SENT && octet <= START;
  }
}
