package linedisc.ppp.hdlc;

import static linedisc.slip.octets.Words.MARKS;
import static linedisc.slip.octets.Words.ONES;

import linedisc.slip.octets.Stuffing;

/// The octets of octet-stuffed framing (RFC 1662, section 4.2), and how to find them in a word.
final class Transparency {
  /// The Flag Sequence.
  static final int FLAG = 0x7e;

  /// The Control Escape octet.
  static final int ESCAPE = 0x7d;

  /// What an escaped octet is XORed with.
  static final int CHANGE = 0x20;

  /// For stuffing whole words.
  static final long[] WORDS = Stuffing.wordTable(ESCAPE, CHANGE);

  /// Control characters, octets below 0x20, are special.
  static final long CONTROLS = 0x60 * ONES;

  /// They are not.
  static final long NO_CONTROLS = MARKS;

  private Transparency() {}

  // With the highest bit of each octet set, subtracting from an octet never borrows from the next;
  // that bit stays if the other seven are not below what is subtracted.

  /// Marks Control Escape and flags.
  static long flagsAndEscapes(long word) {
    long full = word | MARKS;
    return (full - ESCAPE * ONES) & ~(full - (FLAG + 1) * ONES) & ~word & MARKS;
  }

  /// Marks Control Escape, flags and control characters.
  static long all(long word) {
    long full = word | MARKS;
    long flagsAndEscapes = (full - ESCAPE * ONES) & ~(full - (FLAG + 1) * ONES);
    return ~(word | ((full - 0x20 * ONES) & ~flagsAndEscapes)) & MARKS;
  }

  /// Marks Control Escape, flags and, if wanted, control characters.
  ///
  /// @param controls [#CONTROLS] or [#NO_CONTROLS]
  static long special(long word, long controls) {
    // Of the sums the first is below 0x80 for control characters only, the second from Control
    // Escape on not, the third only behind the flag not. None carries into the next octet.
    long low = word & ~MARKS;
    return ~(((low + controls) ^ (low + 3 * ONES) ^ (low + ONES)) | word) & MARKS;
  }
}
