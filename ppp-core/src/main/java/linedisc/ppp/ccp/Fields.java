package linedisc.ppp.ccp;

/// The fields of two octets, high one first, that follow the Protocol field of a compressed frame.
final class Fields {
  private Fields() {}

  static int get16(byte[] buffer, int offset) {
    return (buffer[offset] & 0xff) << 8 | (buffer[offset + 1] & 0xff);
  }

  static void put16(int value, byte[] buffer, int offset) {
    buffer[offset] = (byte) (value >>> 8);
    buffer[offset + 1] = (byte) value;
  }
}
