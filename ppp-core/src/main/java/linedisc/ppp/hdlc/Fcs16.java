package linedisc.ppp.hdlc;

import java.util.Objects;

/// The 16-bit frame check sequence (RFC 1662, appendix C.2), polynomial x^16 + x^12 + x^5 + 1,
/// least significant bit first.
///
/// The register starts as [#INITIAL]; its complement goes on the line after the last octet, low
/// octet first. Run over a good frame with its FCS, the register ends as [#GOOD].
public final class Fcs16 {
  /// The register before the first octet.
  public static final int INITIAL = 0xffff;

  /// The register after a good frame and its FCS.
  public static final int GOOD = 0xf0b8;

  private static final int POLYNOMIAL = 0x8408;
  private static final char[] TABLE = table();

  private Fcs16() {}

  private static char[] table() {
    char[] table = new char[256];
    for (int octet = 0; octet < 256; octet++) {
      int register = octet;
      for (int bit = 0; bit < 8; bit++) {
        register = (register & 1) != 0 ? (register >>> 1) ^ POLYNOMIAL : register >>> 1;
      }
      table[octet] = (char) register;
    }
    return table;
  }

  /// Runs octets through the register.
  ///
  /// @param register [#INITIAL], or what an earlier call returned
  /// @param buffer the caller's, not changed
  /// @return the register after them, 16 bits
  public static int update(int register, byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    for (int at = offset; at < offset + length; at++) {
      register = update(register, buffer[at]);
    }
    return register;
  }

  /// Runs one octet through the register.
  ///
  /// @param octet its low eight bits count
  /// @return the register after it, 16 bits
  public static int update(int register, int octet) {
    return (register >>> 8) ^ TABLE[(register ^ octet) & 0xff];
  }
}
