package linedisc.ppp.hdlc;

import static linedisc.ppp.hdlc.AsyncMap.ESCAPE;
import static linedisc.ppp.hdlc.AsyncMap.FLAG;
import static linedisc.ppp.hdlc.AsyncMap.TRANSPARENCY;

import java.util.Objects;

/// Puts PPP frames on an asynchronous line (RFC 1662, sections 3 and 4):
///
///     [7e]  ff 03  protocol  information  FCS  7e
///
/// Everything between the flags is octet-stuffed. Needs no state, so any thread may encode.
public final class HdlcEncoder {
  /// The Address field, All-Stations.
  static final int ADDRESS = 0xff;

  /// The Control field, Unnumbered Information.
  static final int CONTROL = 0x03;

  /// The protocol number of LCP.
  static final int LCP = 0xc021;

  private HdlcEncoder() {}

  /// Returns how much room [#encode] needs for a frame of `length` octets, protocol field included.
  public static int maxEncodedLength(int length) {
    return Math.addExact(Math.multiplyExact(2, length), 10);
  }

  /// Encodes one frame.
  ///
  /// @param frame the caller's, not changed: protocol field (two octets, most significant first),
  ///   then information
  /// @param offset of the protocol field
  /// @param length of both in octets, at least 2
  /// @param asDefault as if nothing had been negotiated: FF 03 present, protocol not compressed,
  ///   all control characters escaped. For LCP packets with the codes 1 to 7
  /// @param framing what has been negotiated
  /// @param leadingFlag whether to begin with a flag; without, the one that ended the frame before
  ///   serves (RFC 1662, section 4.4.2: only back to back)
  /// @param target the caller's, another array than `frame`; room for [#maxEncodedLength] octets,
  ///   of which those behind the returned length may be written over too
  /// @param targetOffset where the first octet goes
  /// @return the number of octets on the line
  public static int encode(
      byte[] frame,
      int offset,
      int length,
      boolean asDefault,
      Framing framing,
      boolean leadingFlag,
      byte[] target,
      int targetOffset) {
    if (length < 2) {
      throw new IllegalArgumentException("no protocol field in " + length + " octets");
    }
    Objects.checkFromIndexSize(offset, length, frame.length);
    Objects.checkFromIndexSize(targetOffset, maxEncodedLength(length), target.length);
    AsyncMap map = asDefault ? framing.sendMap().forNegotiation() : framing.sendMap();
    int from = offset;
    int end = offset + length;
    int to = targetOffset;
    int fcs = Fcs16.INITIAL;

    if (leadingFlag) {
      target[to++] = FLAG;
    }
    int protocol = ((frame[offset] & 0xff) << 8) | (frame[offset + 1] & 0xff);
    // LCP packets keep their address whatever was negotiated: RFC 1661, section 6.6.
    if (asDefault || !framing.addressControlCompression() || protocol == LCP) {
      fcs = Fcs16.update(Fcs16.update(fcs, ADDRESS), CONTROL);
      to = put(ADDRESS, map, target, to);
      to = put(CONTROL, map, target, to);
    }
    if (framing.protocolCompression() && !asDefault && protocol < 0x100) {
      from++;
    }
    fcs = Fcs16.update(fcs, frame, from, end - from) ^ 0xffff;
    while (from < end) {
      to = put(frame[from++] & 0xff, map, target, to);
    }
    to = put(fcs & 0xff, map, target, to);
    to = put(fcs >>> 8, map, target, to);
    target[to++] = FLAG;
    return to - targetOffset;
  }

  private static int put(int octet, AsyncMap map, byte[] target, int to) {
    if (map.escapes(octet)) {
      target[to++] = ESCAPE;
      octet ^= TRANSPARENCY;
    }
    target[to++] = (byte) octet;
    return to;
  }
}
