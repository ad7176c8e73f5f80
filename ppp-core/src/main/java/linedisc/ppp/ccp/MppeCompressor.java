package linedisc.ppp.ccp;

import linedisc.ppp.wire.PppProtocol;

/// MPPE, the sending end (RFC 3078).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-+-+-+-+-----------------------+
/// |     PPP Protocol (00FD)       |A|B|C|D|    Coherency Count    |
/// +-------------------------------+-+-+-+-+-----------------------+
/// |      Encrypted Data: Protocol field and information ...
/// ```
///
/// A (FLUSHED): the tables were started anew for this packet. D: the packet is encrypted. Frames
/// with a Protocol field outside of 0021 to 00FA are not encrypted (section 3).
final class MppeCompressor implements PacketCompressor {
  static final int FIRST_PROTOCOL = 0x0021;
  static final int LAST_PROTOCOL = 0x00fa;
  static final int FLUSHED = 0x8000;
  static final int ENCRYPTED = 0x1000;
  static final int COUNT_MASK = 0x0fff;
  static final int HEADER = 2;

  private final MppeSession session;
  private final MppeMode mode;
  private final CompressionStatistics statistics = new CompressionStatistics();
  // The first packet has the count 0.
  private int count = COUNT_MASK;
  private boolean resetAsked;

  MppeCompressor(MppeSession session, MppeMode mode) {
    this.session = session;
    this.mode = mode;
  }

  @Override
  public int expansion() {
    return PppProtocol.FIELD_LENGTH + HEADER;
  }

  @Override
  public int maxLength(int frameLength) {
    return frameLength + expansion();
  }

  @Override
  public int compress(
      byte[] frame, int offset, int length, byte[] destination, int destinationOffset) {
    if (!encrypts(PppProtocol.read(frame, offset))) {
      System.arraycopy(frame, offset, destination, destinationOffset, length);
      return length;
    }
    count = (count + 1) & COUNT_MASK;
    int header = ENCRYPTED | count;
    if (mode == MppeMode.STATELESS || isFlag(count)) {
      session.changeKey();
      header |= FLUSHED;
    } else if (resetAsked) {
      flush(session, mode);
      statistics.resets++;
      header |= FLUSHED;
    }
    resetAsked = false;
    PppProtocol.write(PppProtocol.COMPRESSED, destination, destinationOffset);
    Fields.put16(header, destination, destinationOffset + PppProtocol.FIELD_LENGTH);
    session.tables().crypt(frame, offset, length, destination, destinationOffset + expansion());
    statistics.compressed(length, length + expansion());
    return length + expansion();
  }

  static boolean encrypts(int protocol) {
    return protocol >= FIRST_PROTOCOL && protocol <= LAST_PROTOCOL;
  }

  /// Section 7.2: a "flag" packet has a new key.
  static boolean isFlag(int count) {
    return (count & 0xff) == 0xff;
  }

  /// What a FLUSHED packet means for the tables in the stateful modes.
  static void flush(MppeSession session, MppeMode mode) {
    if (mode == MppeMode.STATEFUL_LINUX) {
      session.changeKey();
    } else {
      session.initializeTables();
    }
  }

  @Override
  public void reset() {
    resetAsked = mode != MppeMode.STATELESS;
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
