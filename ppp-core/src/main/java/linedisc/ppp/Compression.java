package linedisc.ppp;

/// What a bundle does to network frames between the network protocols and the link: compression or
/// encryption as CCP agrees on them (RFC 1962). Frames are Protocol field and information.
interface Compression {
  /// Whether network packets must wait until this is agreed on.
  boolean holdsBack();

  /// Whether frames that are sent go through [#compress].
  boolean isSending();

  /// The most octets that a frame of this length becomes.
  int maxLength(int frameLength);

  /// Compresses one frame; the result is a frame too, perhaps the same.
  ///
  /// @return octets written
  int compress(byte[] frame, int offset, int length, byte[] dst, int dstOffset);

  /// Expands the information field of a compressed frame into a frame.
  ///
  /// @param afterLoss whether something was lost before this frame
  /// @return octets written, or -1 if it could not be expanded
  int decompress(
      byte[] buffer, int offset, int length, boolean afterLoss, byte[] dst, int dstOffset);

  /// A network frame came in that was not compressed; the history has to follow.
  ///
  /// @return whether the frame may pass
  boolean passUncompressed(byte[] frame, int offset, int length);
}
