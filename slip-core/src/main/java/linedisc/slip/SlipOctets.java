package linedisc.slip;

import static linedisc.slip.octets.Words.MARKS;

import linedisc.slip.octets.Words;

/// SLIP's special octets, and how to find and change them in a word.
final class SlipOctets {
  /// Ends a frame.
  static final int END = 0xc0;

  /// Announces that the next octet stands for END or ESC.
  static final int ESC = 0xdb;

  /// After ESC: stands for END.
  static final int ESC_END = 0xdc;

  /// After ESC: stands for ESC.
  static final int ESC_ESC = 0xdd;

  private static final int END_CHANGE = END ^ ESC_END;
  private static final int ESC_CHANGE = ESC ^ ESC_ESC;

  private SlipOctets() {}

  /// Marks END and ESC: octets with the highest bit set whose other seven bits are END's or ESC's.
  /// Adding 0x7f to seven bits leaves the eighth clear only if they are zero.
  static long marks(long word) {
    long high = word & MARKS;
    if (high == 0) {
      return 0; // Plain text, of which there is mostly a lot or none: the branch is foretold well.
    }
    long low = word & ~MARKS;
    long notEnd = (low ^ Words.all(END & 0x7f)) + ~MARKS;
    long notEsc = (low ^ Words.all(ESC & 0x7f)) + ~MARKS;
    return ~(notEnd & notEsc) & high;
  }

  /// Returns those marks of END and ESC that are ESC's: it is odd, END is even.
  static long escs(long word, long marks) {
    return marks & (word << 7);
  }

  /// Returns the word with END and ESC_END exchanged in the marked octets, and ESC and ESC_ESC.
  /// These two are odd as well, the others even.
  static long exchange(long word, long marks) {
    long ones = marks >>> 7;
    return word ^ (ones * END_CHANGE) ^ ((word & ones) * (END_CHANGE ^ ESC_CHANGE));
  }

  /// Returns whether one of the marked octets is neither ESC_END nor ESC_ESC, which differ in the
  /// lowest bit only.
  static boolean hasOthers(long word, long marks) {
    return ((word ^ Words.all(ESC_END)) & ~Words.ONES & Words.fill(marks)) != 0;
  }
}
