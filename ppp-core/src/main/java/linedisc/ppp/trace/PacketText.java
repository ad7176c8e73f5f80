package linedisc.ppp.trace;

/// A packet on its way into words: the octets that are left of it, and the text so far. Reading
/// never goes past the end; the text never grows past what the packet's length allows.
final class PacketText {
  private static final int MAX_HEX = 32;
  private static final int MAX_STRING = 256;
  private static final String HIDDEN = "<hidden>";

  private final byte[] buffer;
  private final StringBuilder text = new StringBuilder();
  private int at;
  private int end;

  PacketText(byte[] buffer, int offset, int length) {
    this.buffer = buffer;
    this.at = offset;
    this.end = offset + length;
  }

  byte[] buffer() {
    return buffer;
  }

  /// Where the octets that are left begin.
  int offset() {
    return at;
  }

  /// How many octets are left.
  int left() {
    return end - at;
  }

  /// Leaves only the next octets to be read.
  ///
  /// @return the end before, for [#widen]
  int narrow(int octets) {
    int before = end;
    end = at + octets;
    return before;
  }

  /// Goes on after octets that [#narrow] had left.
  void widen(int before) {
    at = end;
    end = before;
  }

  /// The octet that comes `index` octets later, without going there.
  int peek(int index) {
    return buffer[at + index] & 0xff;
  }

  /// Whether a field comes next that has its length in one octet in front.
  boolean hasCounted() {
    return left() > 0 && peek(0) < left();
  }

  int u8() {
    return buffer[at++] & 0xff;
  }

  int u16() {
    return u8() << 8 | u8();
  }

  int u32() {
    return u16() << 16 | u16();
  }

  void skip(int octets) {
    at += octets;
  }

  PacketText append(String words) {
    text.append(words);
    return this;
  }

  /// The next octets in hexadecimal, a blank before each; many are cut.
  PacketText hex(int octets) {
    int shown = Math.min(octets, MAX_HEX);
    for (int i = 0; i < shown; i++) {
      text.append(' ');
      digits(buffer[at + i]);
    }
    if (shown < octets) {
      text.append(" ...");
    }
    at += octets;
    return this;
  }

  /// The next octets, 255 at most, in hexadecimal without blanks.
  PacketText digits(int octets) {
    for (int i = 0; i < octets; i++) {
      digits(buffer[at + i]);
    }
    at += octets;
    return this;
  }

  private void digits(byte octet) {
    text.append(Character.forDigit(octet >> 4 & 0xf, 16))
        .append(Character.forDigit(octet & 0xf, 16));
  }

  /// The next octets as a string in quotes, with an escape for whatever a terminal might act upon.
  PacketText string(int octets) {
    text.append('"');
    for (int i = 0; i < Math.min(octets, MAX_STRING); i++) {
      int octet = buffer[at + i] & 0xff;
      switch (octet) {
        case '"', '\\' -> text.append('\\').append((char) octet);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (octet >= 0x20 && octet < 0x7f) {
            text.append((char) octet);
          } else {
            text.append(String.format("\\%03o", octet));
          }
        }
      }
    }
    text.append(octets > MAX_STRING ? "\"..." : "\"");
    at += octets;
    return this;
  }

  /// A sign in place of the octets that are left, if there are any.
  PacketText hideRest() {
    if (left() > 0) {
      text.append(' ').append(HIDDEN);
      at = end;
    }
    return this;
  }

  /// A sign in place of the next octets.
  PacketText hide(int octets) {
    text.append(HIDDEN);
    at += octets;
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
