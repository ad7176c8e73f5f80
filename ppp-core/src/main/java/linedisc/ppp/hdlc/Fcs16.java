package linedisc.ppp.hdlc;

import java.util.Objects;
import linedisc.slip.octets.Words;

/// The 16-bit frame check sequence (RFC 1662, appendix C.2): what is left of the frame, taken as a
/// polynomial over GF(2) with the first octet's lowest bit as its highest coefficient, divided by
/// P = x^16 + x^12 + x^5 + 1.
///
/// The register starts as [#INITIAL]; its complement goes on the line after the last octet, low octet
/// first. Run over a good frame with its FCS, the register ends as [#GOOD].
///
/// **Folding.** A table look-up for each octet has to wait for the one before. Folding doesn't: over
/// GF(2) squaring a polynomial only spreads it, so
///
///     P^4  = x^64  + x^48  + x^20 + 1
///     P^8  = x^128 + x^96  + x^40 + 1
///     P^16 = x^256 + x^192 + x^80 + 1
///
/// and all of these are 0 modulo P. By the last one, whatever stands in the message may be taken away
/// there and added (XORed) 256 - 192 = 64, 256 - 80 = 176 and 256 bits further on: 8, 22 and 32 octets.
/// A word treated so only touches the next four words, and those can be four variables. When all but the last four
/// words are gone, P^8 takes away two more (it moves them by 4, 11 and 16 octets), P^4 another one (16, 44
/// and 64 bits), and eight look-ups finish the last. Zeros in front of a message change nothing if the
/// register is zero, so a length that is no multiple of eight is made up there.
public final class Fcs16 {
  /// The register before the first octet.
  public static final int INITIAL = 0xffff;

  /// The register after a good frame and its FCS.
  public static final int GOOD = 0xf0b8;

  private static final int POLYNOMIAL = 0x8408;

  /// Entry 256 n + o: the register after octet o and n zero octets, from a register of zero.
  private static final char[] TABLE = table();

  private Fcs16() {}

  private static char[] table() {
    char[] table = new char[8 * 256];
    for (int octet = 0; octet < 256; octet++) {
      int register = octet;
      for (int n = 0; n < 8; n++) {
        for (int bit = 0; bit < 8; bit++) {
          register = (register & 1) != 0 ? (register >>> 1) ^ POLYNOMIAL : register >>> 1;
        }
        table[256 * n + octet] = (char) register;
      }
    }
    return table;
  }

  /// Runs one octet through the register.
  ///
  /// @param register [#INITIAL], or what an earlier call returned
  /// @param octet its low eight bits count
  /// @return the register after it, 16 bits
  public static int update(int register, int octet) {
    return (register >>> 8) ^ TABLE[(register ^ octet) & 0xff];
  }

  /// Runs octets through the register.
  ///
  /// @param register [#INITIAL], or what an earlier call returned
  /// @param buffer the caller's, not changed
  /// @return the register after them, 16 bits
  public static int update(int register, byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    int end = offset + length;
    if (length < 8) {
      for (int at = offset; at < end; at++) {
        register = update(register, buffer[at]);
      }
      return register;
    }
    // The last four words, folded so far. The odd octets come first, with zeros before them.
    long a = 0;
    long b = 0;
    long c = 0;
    long carry = register;
    int odd = length & 7;
    if (odd != 0) {
      c = (Words.get(buffer, offset) ^ carry) << (64 - 8 * odd);
      carry >>>= 8 * odd;
    }
    int at = offset + odd;
    long d = Words.get(buffer, at) ^ carry ^ c;
    for (at += 8; at < end; at += 8) {
      long word = Words.get(buffer, at) ^ a ^ ((b >>> 16) | (c << 48)) ^ d;
      a = b;
      b = c;
      c = d;
      d = word;
    }
    // Only words before the last four had to go: take back what these gave each other.
    d ^= c ^ (b << 48) ^ (a >>> 16);
    c ^= b ^ (a << 48);
    b ^= a;
    // P^8 moves the first two of them into the others, P^4 the third into the last.
    a ^= a << 32;
    b ^= (a >>> 32) ^ (a << 24);
    c ^= a ^ (a >>> 40);
    b ^= b << 32;
    c ^= (b >>> 32) ^ (b << 24);
    d ^= b ^ (b >>> 40);
    c ^= (c << 16) ^ (c << 44);
    c ^= c << 32;
    d ^= c ^ (c >>> 48) ^ (c >>> 20);
    return (TABLE[7 * 256 + (int) (d & 0xff)] ^ TABLE[6 * 256 + (int) ((d >>> 8) & 0xff)])
        ^ (TABLE[5 * 256 + (int) ((d >>> 16) & 0xff)] ^ TABLE[4 * 256 + (int) ((d >>> 24) & 0xff)])
        ^ ((TABLE[3 * 256 + (int) ((d >>> 32) & 0xff)] ^ TABLE[2 * 256 + (int) ((d >>> 40) & 0xff)])
            ^ (TABLE[256 + (int) ((d >>> 48) & 0xff)] ^ TABLE[(int) (d >>> 56)]));
  }
}
