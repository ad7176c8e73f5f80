package linedisc.slip;

import static linedisc.slip.SlipOctets.END;
import static linedisc.slip.SlipOctets.ESC;
import static linedisc.slip.SlipOctets.ESC_END;
import static linedisc.slip.SlipOctets.ESC_ESC;

import java.util.Arrays;
import java.util.Objects;
import linedisc.slip.octets.Stuffing;
import linedisc.slip.octets.Words;

/// Puts packets on the line as SLIP frames (RFC 1055): END, the packet with END and ESC replaced by
/// two octets each, END.
///
/// The END in front of every packet is Phil Karn's, from the RFC: it ends whatever noise the
/// receiver has gathered while the line was idle, and costs a receiver nothing, as empty frames are
/// no frames. It is always sent, as on Linux; no state is needed, so any thread may encode.
public final class SlipEncoder {
  private static final long[] WORDS = Stuffing.wordTable(ESC, 0);
  private static final int[] OCTETS = octets();

  private SlipEncoder() {}

  private static int[] octets() {
    int[] table = new int[256];
    Arrays.setAll(table, Stuffing::plain);
    table[END] = Stuffing.escaped(ESC, ESC_END);
    table[ESC] = Stuffing.escaped(ESC, ESC_ESC);
    return table;
  }

  /// Returns how much room [#encode] needs for a packet of `length` octets.
  public static int maxEncodedLength(int length) {
    return Math.addExact(Math.multiplyExact(2, length), 2);
  }

  /// Encodes one packet. An empty one becomes a lone END, which is what outfill sends.
  ///
  /// @param source the caller's, not changed
  /// @param offset of the packet's first octet
  /// @param length of the packet in octets
  /// @param target the caller's, another array than `source`; room for [#maxEncodedLength] octets,
  ///   of which those behind the returned length may be written over too
  /// @param targetOffset where the first END goes
  /// @return the number of octets on the line
  public static int encode(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    Objects.checkFromIndexSize(offset, length, source.length);
    Objects.checkFromIndexSize(targetOffset, maxEncodedLength(length), target.length);
    return encode(source, offset, length, target, targetOffset, Words.BIT_DEPOSIT);
  }

  static int encode(
      byte[] source, int offset, int length, byte[] target, int targetOffset, boolean deposit) {
    int from = offset;
    int end = offset + length;
    int to = targetOffset;
    target[to++] = (byte) END;
    if (length == 0) {
      return 1;
    }
    int whole = length & -8;
    to = stuffWords(source, from, whole, target, to, deposit);
    from += whole;
    to = Stuffing.putOctets(OCTETS, source, from, end, target, to);
    target[to++] = (byte) END;
    return to - targetOffset;
  }

  /// Stuffs `octets` octets, eight at a time. The loop counts from zero, for then the compiler
  /// unrolls it.
  private static int stuffWords(
      byte[] source, int from, int octets, byte[] target, int to, boolean deposit) {
    for (int at = 0; at < octets; at += 8) {
      long word = Words.get(source, from + at);
      long marks = SlipOctets.marks(word);
      if (marks == 0) {
        Words.put(target, to, word);
        to += 8;
      } else if (deposit) {
        to = Stuffing.putWord(WORDS, SlipOctets.exchange(word, marks), marks, target, to);
      } else {
        to = Stuffing.putOctets(OCTETS, source, from + at, from + at + 8, target, to);
      }
    }
    return to;
  }
}
