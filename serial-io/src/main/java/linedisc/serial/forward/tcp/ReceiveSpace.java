package linedisc.serial.forward.tcp;

/// What comes from the peer: the receive sequence space (RFC 9293 section 3.3.1), the octets that
/// wait to be read, and where they end.
final class ReceiveSpace {
  private final ReceiveBuffer buffer;

  /// Room that has grown by so much is told to the peer, and no less (section 3.8.6.2.2).
  private final int worthTelling;

  /// RCV.NXT.
  private int next;

  /// The right edge of the window that the peer knows of.
  private int edge;

  /// Where the peer's data end, once it has said so.
  private int end;

  private boolean ending;

  /// @param capacity octets of the buffer, and so the largest window
  /// @param segment octets of the longest segment that comes
  ReceiveSpace(int capacity, int segment) {
    buffer = new ReceiveBuffer(capacity);
    worthTelling = Math.min(capacity / 2, segment);
  }

  /// The peer's first octet of data will have this sequence number.
  void begin(int sequence) {
    next = sequence;
    edge = sequence;
  }

  /// RCV.NXT: what is awaited next.
  int next() {
    return next;
  }

  /// How many more octets there is room for.
  int room() {
    return buffer.room();
  }

  /// Takes octets in order out.
  ///
  /// @return how many
  int read(byte[] b, int offset, int length) {
    return buffer.read(b, offset, length);
  }

  /// Takes a segment's data, without those that have come before, those that there is no room for
  /// and those beyond the end.
  ///
  /// @param early how many octets are still awaited before them; negative: how many of them have
  ///   come before
  void put(int early, byte[] b, int offset, int data) {
    int known = Math.max(0, -early);
    int place = Math.max(0, early);
    int length = Math.min(data - known, room() - place);
    if (ending) {
      length = Math.min(length, end - next - place);
    }
    if (length > 0) {
      next += buffer.put(place, b, offset + known, length);
    }
  }

  /// The peer has said that its data end here; the first time counts.
  void endAt(int sequence) {
    if (!ending) {
      ending = true;
      end = sequence;
    }
  }

  /// Whether everything has come, up to the end, which then is taken as well. True once.
  boolean takeEnd() {
    if (!ending || next != end) {
      return false;
    }
    next++;
    return true;
  }

  /// Whether there is so much more room than the peer knows of that it is to be told.
  boolean hasNews() {
    return next + room() - edge >= worthTelling;
  }

  /// The window to announce, which never takes back what was given.
  int window() {
    if (hasNews()) {
      edge = next + room();
    }
    return Math.max(0, edge - next);
  }
}
