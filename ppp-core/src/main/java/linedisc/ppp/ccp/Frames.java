package linedisc.ppp.ccp;

/// The Protocol field of frames, two octets, high one first.
final class Frames {
  static final int PROTOCOL_LENGTH = 2;
  static final int COMPRESSED = 0x00fd;

  private Frames() {}

  static int protocol(byte[] frame, int offset) {
    return (frame[offset] & 0xff) << 8 | (frame[offset + 1] & 0xff);
  }

  static void put16(int value, byte[] frame, int offset) {
    frame[offset] = (byte) (value >>> 8);
    frame[offset + 1] = (byte) value;
  }
}
