package linedisc.examples.interop;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes recorded octets apart into frames, written from the RFCs for this purpose alone: what
/// linedisc sends must not be read by linedisc's own decoders only.
///
/// @param frames what stood between two flags or END octets, unescaped; of PPP without the FCS
/// @param bad frames that a receiver would have had to throw away
record WireFrames(List<byte[]> frames, int bad) {
  private static final int FLAG = 0x7e;
  private static final int CONTROL_ESCAPE = 0x7d;

  private static final int END = 0xc0;
  private static final int ESC = 0xdb;
  private static final int ESC_END = 0xdc;
  private static final int ESC_ESC = 0xdd;

  /// Frames of PPP in HDLC-like framing with a 16-bit FCS (RFC 1662). What follows the last flag is
  /// ignored.
  static WireFrames ofPpp(byte[] octets) {
    var frames = new ArrayList<byte[]>();
    int bad = 0;
    var frame = new ByteArrayOutputStream();
    boolean escaped = false;
    for (byte signed : octets) {
      int octet = signed & 0xff;
      if (octet == FLAG) {
        byte[] content = frame.toByteArray();
        frame.reset();
        if (content.length > 0 || escaped) {
          if (!escaped && content.length >= 4 && fcs16(content) == 0xf0b8) {
            frames.add(Arrays.copyOf(content, content.length - 2));
          } else {
            bad++;
          }
        }
        escaped = false;
      } else if (octet == CONTROL_ESCAPE) {
        escaped = true;
      } else {
        frame.write(escaped ? octet ^ 0x20 : octet);
        escaped = false;
      }
    }
    return new WireFrames(frames, bad);
  }

  /// Frames of SLIP (RFC 1055). What follows the last END is ignored.
  static WireFrames ofSlip(byte[] octets) {
    var frames = new ArrayList<byte[]>();
    int bad = 0;
    var frame = new ByteArrayOutputStream();
    boolean escaped = false;
    boolean broken = false;
    for (byte signed : octets) {
      int octet = signed & 0xff;
      if (octet == END) {
        if (broken || escaped) {
          bad++;
        } else if (frame.size() > 0) {
          frames.add(frame.toByteArray());
        }
        frame.reset();
        escaped = false;
        broken = false;
      } else if (octet == ESC) {
        broken |= escaped;
        escaped = true;
      } else {
        broken |= escaped && octet != ESC_END && octet != ESC_ESC;
        frame.write(!escaped ? octet : octet == ESC_END ? END : ESC);
        escaped = false;
      }
    }
    return new WireFrames(frames, bad);
  }

  /// RFC 1662 C.2, bit by bit.
  private static int fcs16(byte[] octets) {
    int fcs = 0xffff;
    for (byte octet : octets) {
      fcs ^= octet & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        fcs = (fcs & 1) != 0 ? fcs >>> 1 ^ 0x8408 : fcs >>> 1;
      }
    }
    return fcs;
  }
}
