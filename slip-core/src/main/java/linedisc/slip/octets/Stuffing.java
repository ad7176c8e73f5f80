package linedisc.slip.octets;

import static linedisc.slip.octets.Words.MARKS;

/// Stuffs octets: puts an escape octet before some and changes those. Two ways, both without a
/// branch on the data: by words, for those that hold a few kinds of octets to be escaped, and by
/// octets, for any map.
public final class Stuffing {
  /// Cells of a row: where the octets of a word go among the first eight of the result, what is
  /// XORed there; the same for the up to eight octets after them.
  private static final int ROW = 8;

  private static final int LENGTH_SHIFT = 16;

  private Stuffing() {}

  /// Returns the table for [#putWord]: a row for each of the 256 ways to mark a word.
  ///
  /// @param change what each escaped octet is XORed with
  public static long[] wordTable(int escape, int change) {
    long[] table = new long[256 * ROW];
    for (int marked = 0; marked < 256; marked++) {
      int at = 0;
      for (int octet = 0; octet < 8; octet++) {
        if ((marked & (1 << octet)) != 0) {
          table[cell(marked, at) + 1] |= (long) escape << (8 * at);
          at++;
          table[cell(marked, at) + 1] |= (long) change << (8 * at);
        }
        table[cell(marked, at)] |= 0xffL << (8 * at);
        at++;
      }
      table[ROW * marked + 4] = Long.bitCount(table[ROW * marked]) & 63;
    }
    return table;
  }

  private static int cell(int marked, int at) {
    return ROW * marked + 2 * (at >>> 3);
  }

  /// Writes a word with its marked octets stuffed.
  ///
  /// @param table from [#wordTable]
  /// @param marks which octets to stuff; bits that are no marks don't matter
  /// @param target room for 16 octets at `at`; those behind the result may be written over
  /// @return where the next octet goes
  public static int putWord(long[] table, long word, long marks, byte[] target, int at) {
    int marked = (int) Long.compress(marks, MARKS) & 0xff;
    int row = ROW * marked;
    Words.put(target, at, Long.expand(word, table[row]) ^ table[row + 1]);
    long rest = word >>> table[row + 4];
    Words.put(target, at + 8, Long.expand(rest, table[row + 2]) ^ table[row + 3]);
    return at + 8 + Integer.bitCount(marked);
  }

  /// Returns the entry for an octet that is sent as it is, for a table of 256 for [#putOctets].
  public static int plain(int octet) {
    return (1 << LENGTH_SHIFT) | octet;
  }

  /// Returns the entry for an octet that is sent as two others, for a table of 256 for
  /// [#putOctets].
  public static int escaped(int escape, int changed) {
    return (2 << LENGTH_SHIFT) | (changed << 8) | escape;
  }

  /// Writes octets as a table says.
  ///
  /// @param target room for two octets for each; those behind the result may be written over
  /// @return where the next octet goes
  public static int putOctets(
      int[] table, byte[] source, int from, int end, byte[] target, int at) {
    while (from < end) {
      at = putOctet(table, source[from++], target, at);
    }
    return at;
  }

  /// Writes one octet as a table says.
  ///
  /// @param octet its low eight bits count
  /// @param target room for two octets at `at`
  /// @return where the next octet goes
  public static int putOctet(int[] table, int octet, byte[] target, int at) {
    int entry = table[octet & 0xff];
    Words.putPair(target, at, entry);
    return at + (entry >>> LENGTH_SHIFT);
  }
}
