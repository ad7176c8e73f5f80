package linedisc.slip;

import java.util.Objects;

/// Puts packets on the line as 6-bit SLIP frames, Linux's slip6: printable octets only, for lines
/// that pass nothing else.
///
///     END  data ...  END        END = 0x70, data = 0x30 to 0x6f, six bits each: value + 0x30
///
/// The packet's bits go most significant first; the last data octet is filled up with zero bits on
/// the right. Nothing needs to be escaped. Needs no state, so any thread may encode.
public final class SixBitEncoder {
  /// Begins and ends a frame.
  static final int END = 0x70;

  /// Added to six bits to make a data octet; END is the first octet above the data.
  static final int BASE = 0x30;

  private SixBitEncoder() {}

  /// Returns how much room [#encode] needs for a packet of `length` octets.
  public static int maxEncodedLength(int length) {
    return Math.addExact(Math.ceilDiv(Math.multiplyExact(8, length), 6), 2);
  }

  /// Encodes one packet. An empty one becomes a lone END, which is what outfill sends.
  ///
  /// @param source the caller's, not changed
  /// @param offset of the packet's first octet
  /// @param length of the packet in octets
  /// @param target the caller's, another array than `source`; room for [#maxEncodedLength] octets
  /// @param targetOffset where the first END goes
  /// @return the number of octets on the line
  public static int encode(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    Objects.checkFromIndexSize(offset, length, source.length);
    Objects.checkFromIndexSize(targetOffset, maxEncodedLength(length), target.length);
    int to = targetOffset;
    target[to++] = END;
    if (length == 0) {
      return 1;
    }
    int bits = 0;
    int pending = 0;
    for (int from = offset; from < offset + length; from++) {
      bits = (bits << 8) | (source[from] & 0xff);
      pending += 8;
      while (pending >= 6) {
        pending -= 6;
        target[to++] = (byte) (BASE + ((bits >>> pending) & 0x3f));
      }
    }
    if (pending > 0) {
      target[to++] = (byte) (BASE + ((bits << (6 - pending)) & 0x3f));
    }
    target[to++] = END;
    return to - targetOffset;
  }
}
