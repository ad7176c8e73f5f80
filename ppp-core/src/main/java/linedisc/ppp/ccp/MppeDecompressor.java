package linedisc.ppp.ccp;

import linedisc.ppp.wire.PppProtocol;

/// MPPE, the receiving end (RFC 3078). The packet is drawn at [MppeCompressor].
///
/// A packet whose count lies up to [#WINDOW] ahead of the last one is taken as the first after a
/// loss. The others are late, or forged to make us change keys for nothing; dropping them bounds
/// the work for one packet, and lets late ones pass by without harm.
///
/// MPPE has no check of its own: with a wrong key every packet comes out as rubbish. So what can't
/// be right adds to a score of errors, what can be right halves it, and when the score is full the
/// link is beyond help.
final class MppeDecompressor implements PacketDecompressor {
  /// Half the range of the count.
  static final int WINDOW = 2048;

  private static final int GRAVE = 100;
  private static final int FULL = 1600;

  private final MppeSession session;
  private final MppeMode mode;
  private final CompressionStatistics statistics = new CompressionStatistics();
  private int count = MppeCompressor.COUNT_MASK;
  private boolean lost;
  private int score;

  MppeDecompressor(MppeSession session, MppeMode mode) {
    this.session = session;
    this.mode = mode;
  }

  @Override
  public int decompress(
      byte[] buffer,
      int offset,
      int length,
      byte[] destination,
      int destinationOffset,
      int destinationEnd) {
    if (length <= MppeCompressor.HEADER) {
      return error(GRAVE);
    }
    int header = Fields.get16(buffer, offset);
    boolean flushed = (header & MppeCompressor.FLUSHED) != 0;
    int dataLength = length - MppeCompressor.HEADER;
    boolean fits = dataLength < destinationEnd - destinationOffset;
    if ((header & MppeCompressor.ENCRYPTED) == 0 || !fits) {
      return error(GRAVE);
    }
    int sync =
        mode == MppeMode.STATELESS
            ? synchronizeStateless(header & MppeCompressor.COUNT_MASK, flushed)
            : synchronizeStateful(header & MppeCompressor.COUNT_MASK, flushed);
    if (sync < 0) {
      return sync;
    }
    return decrypt(
        buffer, offset + MppeCompressor.HEADER, dataLength, destination, destinationOffset);
  }

  /// Section 8.1: as many new keys as packets have been sent since the last one that came.
  private int synchronizeStateless(int received, boolean flushed) {
    int ahead = (received - count) & MppeCompressor.COUNT_MASK;
    if (!flushed) {
      return error(GRAVE);
    }
    if (ahead == 0 || ahead > WINDOW) {
      statistics.late++;
      return score(1, DROPPED);
    }
    for (int i = 0; i < ahead; i++) {
      session.changeKey();
    }
    count = received;
    return 0;
  }

  /// Section 8.2. A FLUSHED packet is always a new beginning; without it only the next in sequence
  /// is of use.
  private int synchronizeStateful(int received, boolean flushed) {
    boolean next = received == ((count + 1) & MppeCompressor.COUNT_MASK);
    if (!flushed && (lost || !next)) {
      if (!lost) {
        statistics.errors++;
      }
      lost = true;
      return RESET_NEEDED;
    }
    while (count != received) {
      count = (count + 1) & MppeCompressor.COUNT_MASK;
      if (MppeCompressor.isFlag(count)) {
        session.changeKey();
      }
    }
    if (flushed && !MppeCompressor.isFlag(received)) {
      MppeCompressor.flush(session, mode);
    }
    if (lost || !next) {
      statistics.resets++;
    }
    lost = false;
    return 0;
  }

  /// The Protocol field may be compressed; it comes out as two octets.
  private int decrypt(
      byte[] buffer, int offset, int length, byte[] destination, int destinationOffset) {
    Rc4 tables = session.tables();
    int first = tables.crypt(buffer[offset]);
    int at = destinationOffset;
    if ((first & 1) != 0) {
      destination[at++] = 0;
    }
    destination[at++] = (byte) first;
    tables.crypt(buffer, offset + 1, length - 1, destination, at);
    int frameLength = at + length - 1 - destinationOffset;
    boolean plausible =
        frameLength >= PppProtocol.FIELD_LENGTH
            && MppeCompressor.encrypts(PppProtocol.read(destination, destinationOffset));
    if (!plausible) {
      lost = mode != MppeMode.STATELESS;
      statistics.errors++;
      return score(GRAVE, lost ? RESET_NEEDED : DROPPED);
    }
    score >>= 1;
    statistics.compressed(frameLength, length + MppeCompressor.HEADER + PppProtocol.FIELD_LENGTH);
    return frameLength;
  }

  private int error(int weight) {
    statistics.errors++;
    return score(weight, DROPPED);
  }

  private int score(int weight, int result) {
    score = Math.min(score + weight, FULL);
    return score == FULL ? BROKEN : result;
  }

  /// Nothing that has to be encrypted may come in clear: whoever can put frames on the line could
  /// otherwise leave the encryption out.
  @Override
  public boolean passUncompressed(byte[] frame, int offset, int length) {
    if (MppeCompressor.encrypts(PppProtocol.read(frame, offset))) {
      statistics.plaintext++;
      return false;
    }
    return true;
  }

  /// Nothing: it is the FLUSHED bit that says where the new beginning is.
  @Override
  public void reset() {}

  @Override
  public boolean isWaitingForReset() {
    return lost;
  }

  @Override
  public CompressionStatistics statistics() {
    return statistics;
  }

  @Override
  public void close() {
    session.wipe();
  }
}
