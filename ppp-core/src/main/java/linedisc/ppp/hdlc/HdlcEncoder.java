package linedisc.ppp.hdlc;

import static linedisc.ppp.hdlc.Transparency.FLAG;
import static linedisc.slip.octets.Words.BIT_DEPOSIT;

import java.util.Objects;
import linedisc.slip.octets.Stuffing;
import linedisc.slip.octets.Words;

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

  private static final int FCS_OCTETS = 2;

  /// Room behind the frame, because words are written whole.
  private static final int SLACK = 12;

  /// What stands behind the FCS in the last word.
  private static final long PADDING = 0x4040_4040_4040_0000L;

  /// The FCS register after address and control.
  private static final int AFTER_ADDRESS =
      Fcs16.update(Fcs16.update(Fcs16.INITIAL, ADDRESS), CONTROL);

  private HdlcEncoder() {}

  /// Returns how much room [#encode] needs for a frame of `length` octets, protocol field included.
  public static int maxEncodedLength(int length) {
    return Math.addExact(Math.multiplyExact(2, length), 10 + SLACK);
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
    return encode(
        frame, offset, length, asDefault, framing, leadingFlag, target, targetOffset, BIT_DEPOSIT);
  }

  static int encode(
      byte[] frame,
      int offset,
      int length,
      boolean asDefault,
      Framing framing,
      boolean leadingFlag,
      byte[] target,
      int targetOffset,
      boolean deposit) {
    AsyncMap map = asDefault ? framing.sendMap().forNegotiation() : framing.sendMap();
    int[] octets = map.octets();
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
      fcs = AFTER_ADDRESS;
      to = Stuffing.putOctet(octets, ADDRESS, target, to);
      to = Stuffing.putOctet(octets, CONTROL, target, to);
    }
    if (framing.protocolCompression() && !asDefault && protocol < 0x100) {
      from++;
    }
    fcs = Fcs16.update(fcs, frame, from, end - from) ^ 0xffff;

    // The octets after the last whole word go with the FCS.
    boolean alone = ((end - from) & 7) == 7;
    if (deposit && end >= 8 && map.isNone()) {
      to = stuffTransparent(frame, from, end, fcs, target, to);
    } else if (deposit && end >= 8 && map.isDefault()) {
      to = stuffDefault(frame, from, end, fcs, target, to);
    } else {
      to = stuffByMap(frame, from, end, map, target, to);
      to = Stuffing.putOctet(octets, fcs, target, to);
      alone = true;
    }
    if (alone) {
      to = Stuffing.putOctet(octets, fcs >>> 8, target, to);
    }
    target[to++] = FLAG;
    return to - targetOffset;
  }

  // The two maps that nearly all links use have a loop each: the marks are what these loops spend
  // most of their time on.

  private static int stuffTransparent(
      byte[] source, int from, int end, int fcs, byte[] target, int to) {
    for (; from <= end - 8; from += 8) {
      long word = Words.get(source, from);
      long marks = Transparency.flagsAndEscapes(word);
      if (marks == 0) {
        Words.put(target, to, word);
        to += 8;
      } else {
        to = Stuffing.putWord(Transparency.WORDS, word, marks, target, to);
      }
    }
    long last = last(source, from, end, fcs);
    long marks = Transparency.flagsAndEscapes(last);
    to = Stuffing.putWord(Transparency.WORDS, last, marks, target, to);
    return to - padding(from, end);
  }

  private static int stuffDefault(
      byte[] source, int from, int end, int fcs, byte[] target, int to) {
    for (; from <= end - 8; from += 8) {
      long word = Words.get(source, from);
      long marks = Transparency.all(word);
      if (marks == 0) {
        Words.put(target, to, word);
        to += 8;
      } else {
        to = Stuffing.putWord(Transparency.WORDS, word, marks, target, to);
      }
    }
    long last = last(source, from, end, fcs);
    to = Stuffing.putWord(Transparency.WORDS, last, Transparency.all(last), target, to);
    return to - padding(from, end);
  }

  /// Returns a word of the up to seven octets from `from` to `end`, then the FCS or, after seven,
  /// the first octet of it, then padding that is never escaped.
  ///
  /// @param end at least 8
  private static long last(byte[] source, int from, int end, int fcs) {
    // What is in front of `from` is shifted out. In two steps: by 64 is by 0.
    int rest = 8 * (end - from);
    long octets = (Words.get(source, end - 8) >>> 1) >>> (63 - rest);
    return octets | ((fcs | PADDING) << rest);
  }

  /// Returns how many octets of padding [#last] has put in.
  private static int padding(int from, int end) {
    return Math.max(0, 8 - FCS_OCTETS - (end - from));
  }

  private static int stuffByMap(
      byte[] source, int from, int end, AsyncMap map, byte[] target, int to) {
    int[] octets = map.octets();
    for (; from <= end - 8; from += 8) {
      long word = Words.get(source, from);
      if (map.candidates(word) == 0) {
        Words.put(target, to, word);
        to += 8;
      } else {
        to = Stuffing.putOctets(octets, source, from, from + 8, target, to);
      }
    }
    return Stuffing.putOctets(octets, source, from, end, target, to);
  }
}
