package linedisc.serial.capture;

/// What a `record` file holds, entry by entry, in the file's order.
public interface RecordHandler {
  /// A recording begins.
  ///
  /// @param epochSeconds since 1970-01-01T00:00Z, 0..2^32-1
  void start(long epochSeconds);

  /// Octets crossed the line.
  ///
  /// @param buffer the reader's; valid during the call
  /// @param length 0..65535
  void octets(Direction direction, byte[] buffer, int offset, int length);

  /// One direction has come to its end.
  void end(Direction direction);

  /// Time passed since the recording began or since the last such entry.
  ///
  /// @param tenths of a second, 0..2^32-1
  void elapsed(long tenths);

  /// An octet that begins no entry; reading goes on at the next one.
  ///
  /// @param tag its value, 0..255
  void unknown(int tag);

  /// The file ended inside an entry. What there was of its octets has been handed over.
  void truncated();
}
