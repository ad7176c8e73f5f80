package linedisc.ppp.auth;

/// A field with an octet in front that says how long it is, as in all packets of PAP and CHAP.
final class CountedField {
  private CountedField() {}

  /// Where the field ends that begins with its length octet at `offset`; -1 if it is not all there
  /// before `end`.
  static int end(byte[] buffer, int offset, int end) {
    if (offset >= end) {
      return -1;
    }
    int fieldEnd = offset + 1 + (buffer[offset] & 0xff);
    return fieldEnd <= end ? fieldEnd : -1;
  }

  /// The field alone; `content` has at most 255 octets.
  static byte[] of(byte[] content) {
    return of(content, new byte[0]);
  }

  /// The field and what follows it: Value-Size, Value and Name of CHAP's Challenge and Response.
  static byte[] of(byte[] content, byte[] rest) {
    byte[] field = new byte[1 + content.length + rest.length];
    field[0] = (byte) content.length;
    System.arraycopy(content, 0, field, 1, content.length);
    System.arraycopy(rest, 0, field, 1 + content.length, rest.length);
    return field;
  }
}
