package linedisc.ppp.ccp;

/// The sending end of a compression or encryption that CCP agreed on.
///
/// A *frame* here is the Protocol field, always two octets, high one first, and the information
/// field. Every network frame that is sent has to pass here, in the order of sending, also those
/// that come out unchanged: the other end keeps count.
///
/// Allocates nothing per frame. Not thread-safe: all calls under the lock of the port.
public interface PacketCompressor extends AutoCloseable {
  /// Octets by which a frame may grow. The MTU of the network protocols is that much below the
  /// peer's MRU, because a frame that must be encrypted can't be sent as it is.
  int expansion();

  /// Room that [#compress] needs in `destination` for a frame of this length; more than what it
  /// returns.
  int maxLength(int frameLength);

  /// Writes the frame as it is to be sent: compressed with the Protocol field 00FD, or as it was.
  ///
  /// @param frame the frame is from `offset` on, `length` octets, at least 3; not changed
  /// @param destination the caller's; another array than `frame`
  /// @return octets written
  int compress(byte[] frame, int offset, int length, byte[] destination, int destinationOffset);

  /// The other end has sent a Reset-Request. To be called when the Reset-Ack takes its place among
  /// the frames to be sent, not earlier: what comes after it is counted from anew (RFC 1979 section
  /// 2).
  void reset();

  /// What it has counted.
  CompressionStatistics statistics();

  /// Frees and wipes what it holds; it must not be used after that.
  @Override
  void close();
}
