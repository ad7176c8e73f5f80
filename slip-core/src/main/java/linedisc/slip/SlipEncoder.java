package linedisc.slip;

import java.util.Objects;

/// Puts packets on the line as SLIP frames (RFC 1055): END, the packet with END and ESC replaced by
/// two octets each, END.
///
/// The END in front of every packet is Phil Karn's, from the RFC: it ends whatever noise the
/// receiver has gathered while the line was idle, and costs a receiver nothing, as empty frames are
/// no frames. It is always sent, as on Linux; no state is needed, so any thread may encode.
public final class SlipEncoder {
  /// Ends a frame.
  static final int END = 0xc0;

  /// Announces that the next octet stands for END or ESC.
  static final int ESC = 0xdb;

  /// After ESC: stands for END.
  static final int ESC_END = 0xdc;

  /// After ESC: stands for ESC.
  static final int ESC_ESC = 0xdd;

  private SlipEncoder() {}

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
    int to = targetOffset;
    target[to++] = (byte) END;
    if (length == 0) {
      return 1;
    }
    for (int from = offset; from < offset + length; from++) {
      int octet = source[from] & 0xff;
      if (octet == END) {
        target[to++] = (byte) ESC;
        target[to++] = (byte) ESC_END;
      } else if (octet == ESC) {
        target[to++] = (byte) ESC;
        target[to++] = (byte) ESC_ESC;
      } else {
        target[to++] = (byte) octet;
      }
    }
    target[to++] = (byte) END;
    return to - targetOffset;
  }
}
