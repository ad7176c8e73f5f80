package linedisc.ppp.ccp;

import java.util.zip.Deflater;
import linedisc.ppp.wire.PppProtocol;

/// PPP Deflate, the sending end (RFC 1979).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |     PPP Protocol (00FD)       |           Sequence            |
/// +-------------------------------+-------------------------------+
/// |   Data: Protocol field (compressed) and information, deflated, without the last 00 00 FF FF
/// ```
///
/// Frames with a Protocol field above 3FFF, or 00FB or 00FD, are not compressed and not counted. A
/// frame that would not get shorter goes as it is, counted, and becomes part of the history all the
/// same.
///
/// The JDK's deflater always uses a window of 32 KiB. The other end may have a smaller one; then
/// the history is dropped whenever it would outgrow that window, and a single frame that does not
/// fit it goes as it is. So nothing ever refers further back than the other end remembers.
final class DeflateCompressor implements PacketCompressor {
  static final int HEADER = 2;
  static final int SEQUENCE_MASK = 0xffff;

  /// The empty stored block that each packet ends with, and that is not sent (RFC 1979 section
  /// 2.1).
  static final int TRAILER = 4;

  static final int MAX_WINDOW_BITS = 15;

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final CompressionStatistics statistics = new CompressionStatistics();
  private final int window;
  private final boolean limited;
  private int sequence;
  private int history;

  /// @param windowBits binary logarithm of the other end's window, 8 to 15
  DeflateCompressor(int windowBits) {
    window = 1 << windowBits;
    limited = windowBits < MAX_WINDOW_BITS;
  }

  @Override
  public int expansion() {
    return 0;
  }

  /// What the deflater may need at worst, with room to spare: a deflater that has filled its room
  /// may have more, and begins another block to say that it has not.
  @Override
  public int maxLength(int frameLength) {
    return frameLength + (frameLength >>> 3) + 64;
  }

  @Override
  public int compress(
      byte[] frame, int offset, int length, byte[] destination, int destinationOffset) {
    int protocol = PppProtocol.read(frame, offset);
    int written = 0;
    if (compresses(protocol)) {
      // The Protocol field is compressed whether or not LCP agreed on that (section 2.1).
      int skip = protocol <= 0xff ? 1 : 0;
      int room = maxLength(length);
      written = deflate(frame, offset + skip, length - skip, destination, destinationOffset, room);
      if (written >= length) {
        written = 0;
      }
      if (written == 0) {
        statistics.uncompressed();
      } else {
        statistics.compressed(length, written);
      }
    }
    if (written == 0) {
      System.arraycopy(frame, offset, destination, destinationOffset, length);
      return length;
    }
    return written;
  }

  static boolean compresses(int protocol) {
    return protocol <= 0x3fff && protocol != 0x00fd && protocol != 0x00fb;
  }

  /// The compressed frame; 0 if there is none.
  private int deflate(
      byte[] frame, int offset, int length, byte[] destination, int destinationOffset, int room) {
    int number = sequence;
    sequence = (sequence + 1) & SEQUENCE_MASK;
    if (limited) {
      if (history + length > window) {
        deflater.reset();
        history = 0;
      }
      if (length > window) {
        return 0;
      }
      history += length;
    }
    int at = destinationOffset + PppProtocol.FIELD_LENGTH + HEADER;
    int end = destinationOffset + room;
    deflater.setInput(frame, offset, length);
    int deflated = deflater.deflate(destination, at, end - at, Deflater.SYNC_FLUSH);
    if (deflated == end - at) {
      // Can't be, by maxLength; but half a packet would derail the other end.
      deflater.reset();
      history = 0;
      return 0;
    }
    PppProtocol.write(PppProtocol.COMPRESSED, destination, destinationOffset);
    Fields.put16(number, destination, destinationOffset + PppProtocol.FIELD_LENGTH);
    return PppProtocol.FIELD_LENGTH + HEADER + deflated - TRAILER;
  }

  @Override
  public void reset() {
    deflater.reset();
    sequence = 0;
    history = 0;
    statistics.resets++;
  }

  @Override
  public CompressionStatistics statistics() {
    return statistics;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
