package linedisc.ppp.ccp;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import linedisc.ppp.wire.PppProtocol;

/// PPP Deflate, the receiving end (RFC 1979). The packet is drawn at [DeflateCompressor].
///
/// After an error all compressed frames are dropped until the reset (section 2). If that does not
/// help several times on end, the two ends don't mean the same by Deflate.
final class DeflateDecompressor implements PacketDecompressor {
  private static final int MAX_FAILURES = 8;
  private static final int MAX_STORED = 0xffff;
  private static final byte[] TRAILER = {0, 0, (byte) 0xff, (byte) 0xff};

  private final Inflater inflater = new Inflater(true);
  private final CompressionStatistics statistics = new CompressionStatistics();
  private final byte[] storedHeader = new byte[5];
  private final byte[] discard = new byte[512];
  private int sequence;
  private boolean failed;
  private int failures;

  @Override
  public int decompress(
      byte[] buffer,
      int offset,
      int length,
      byte[] destination,
      int destinationOffset,
      int destinationEnd) {
    if (failed) {
      statistics.errors++;
      return RESET_NEEDED;
    }
    if (length <= DeflateCompressor.HEADER || Fields.get16(buffer, offset) != sequence) {
      return fail();
    }
    sequence = (sequence + 1) & DeflateCompressor.SEQUENCE_MASK;
    int frameLength =
        inflate(
            buffer,
            offset + DeflateCompressor.HEADER,
            length - DeflateCompressor.HEADER,
            destination,
            destinationOffset,
            destinationEnd);
    boolean plausible =
        frameLength >= PppProtocol.FIELD_LENGTH
            && DeflateCompressor.compresses(PppProtocol.read(destination, destinationOffset));
    if (!plausible) {
      return lost();
    }
    failures = 0;
    statistics.compressed(frameLength, length + PppProtocol.FIELD_LENGTH);
    return frameLength;
  }

  /// A packet was lost, as can be seen before inflating.
  private int fail() {
    statistics.errors++;
    failed = true;
    return RESET_NEEDED;
  }

  /// The history is no longer what the other end believes.
  private int lost() {
    failures++;
    fail();
    return failures >= MAX_FAILURES ? BROKEN : RESET_NEEDED;
  }

  /// Inflates one packet to a frame and returns its length; -1 if it is broken or does not fit. The
  /// first octet tells whether the Protocol field is compressed.
  private int inflate(
      byte[] buffer, int offset, int length, byte[] destination, int start, int end) {
    try {
      inflater.setInput(buffer, offset, length);
      if (start == end || inflater.inflate(destination, start, 1) != 1) {
        return -1;
      }
      int at = start + 1;
      if ((destination[start] & 1) != 0) {
        if (at == end) {
          return -1;
        }
        destination[at++] = destination[start];
        destination[start] = 0;
      }
      at = drain(destination, at, end);
      if (at < 0) {
        return -1;
      }
      // The empty block adds nothing, unless the packet was cut short.
      inflater.setInput(TRAILER, 0, TRAILER.length);
      boolean whole = drain(destination, at, end) == at && !inflater.finished();
      return whole ? at - start : -1;
    } catch (DataFormatException e) {
      return -1;
    }
  }

  /// Inflates the whole input to `destination` from `at` on; returns where it ended, -1 if it goes
  /// on past `end`.
  private int drain(byte[] destination, int at, int end) throws DataFormatException {
    int position = at;
    while (position < end) {
      int inflated = inflater.inflate(destination, position, end - position);
      position += inflated;
      if (inflated == 0) {
        return inflater.needsInput() ? position : -1;
      }
    }
    boolean more = inflater.inflate(discard, 0, 1) != 0 || !inflater.needsInput();
    return more ? -1 : position;
  }

  /// The frame becomes part of the history as if it had come as a stored block.
  @Override
  public boolean passUncompressed(byte[] frame, int offset, int length) {
    int protocol = PppProtocol.read(frame, offset);
    if (failed || !DeflateCompressor.compresses(protocol)) {
      return true;
    }
    statistics.uncompressed();
    sequence = (sequence + 1) & DeflateCompressor.SEQUENCE_MASK;
    int skip = protocol <= 0xff ? 1 : 0;
    if (!store(frame, offset + skip, length - skip)) {
      lost();
    }
    return true;
  }

  private boolean store(byte[] frame, int offset, int length) {
    if (length > MAX_STORED) {
      return false;
    }
    // RFC 1951 section 3.2.4: no last block, no compression; length and its complement, low octet
    // first.
    storedHeader[1] = (byte) length;
    storedHeader[2] = (byte) (length >>> 8);
    storedHeader[3] = (byte) ~length;
    storedHeader[4] = (byte) (~length >>> 8);
    try {
      inflater.setInput(storedHeader, 0, storedHeader.length);
      int written = skipOutput();
      inflater.setInput(frame, offset, length);
      written += skipOutput();
      return written == length;
    } catch (DataFormatException e) {
      return false;
    }
  }

  private int skipOutput() throws DataFormatException {
    int total = 0;
    for (int n = inflater.inflate(discard); n > 0; n = inflater.inflate(discard)) {
      total += n;
    }
    return total;
  }

  @Override
  public void reset() {
    inflater.reset();
    sequence = 0;
    failed = false;
    statistics.resets++;
  }

  @Override
  public boolean isWaitingForReset() {
    return failed;
  }

  @Override
  public CompressionStatistics statistics() {
    return statistics;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
