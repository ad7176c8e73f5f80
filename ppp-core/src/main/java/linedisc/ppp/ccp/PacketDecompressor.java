package linedisc.ppp.ccp;

/// The receiving end of a compression or encryption that CCP agreed on. Frames are as in
/// [PacketCompressor]; every network frame that is received has to pass here, in the order of
/// arrival.
///
/// Whatever the peer sends costs bounded work and never throws: errors are results. Allocates
/// nothing per frame, but where the data are broken. Not thread-safe: all calls under the lock of
/// the port.
public interface PacketDecompressor extends AutoCloseable {
  /// The frame is dropped; nothing else is to be done.
  int DROPPED = -1;

  /// The frame is dropped, and a Reset-Request is to be sent if none is under way.
  int RESET_NEEDED = -2;

  /// The frame is dropped, and there is no hope: CCP is to be closed, and where encryption is
  /// required, the link.
  int BROKEN = -3;

  /// Expands the information field of a frame with the Protocol field 00FD.
  ///
  /// @param buffer the field is from `offset` on, `length` octets; not changed
  /// @param destination where the frame goes, Protocol field first; the caller's, another array
  ///   than `buffer`
  /// @param destinationEnd what is written ends before it; so it is the limit to what a frame can
  ///   be blown up to
  /// @return octets written, or one of the constants
  int decompress(
      byte[] buffer,
      int offset,
      int length,
      byte[] destination,
      int destinationOffset,
      int destinationEnd);

  /// Takes note of a frame that was not compressed.
  ///
  /// @return whether it may pass: no, if it had to be encrypted
  boolean passUncompressed(byte[] frame, int offset, int length);

  /// The Reset-Ack to our Reset-Request has come.
  void reset();

  /// Whether frames are dropped until a reset.
  boolean isWaitingForReset();

  /// What it has counted.
  CompressionStatistics statistics();

  /// Frees and wipes what it holds; it must not be used after that.
  @Override
  void close();
}
