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

  private static final int SIX_BIT_BASE = 0x30;
  private static final int SIX_BIT_END = 0x70;

  private static final byte IP = 0x21;
  private static final byte VJ_COMPRESSED = 0x2d;
  private static final byte VJ_UNCOMPRESSED = 0x2f;

  /// Frames of a protocol as [End#protocol] names it. Those of CSLIP come as PPP would carry them.
  static WireFrames of(String protocol, byte[] octets) {
    return switch (protocol) {
      case "slip" -> ofSlip(octets);
      case "cslip", "adaptive" -> ofSlip(octets).vjAsPpp();
      case "slip6" -> ofSixBitSlip(octets);
      case "cslip6" -> ofSixBitSlip(octets).vjAsPpp();
      case "ppp" -> ofPpp(octets);
      default -> throw new IllegalArgumentException("unknown protocol " + protocol);
    };
  }

  /// How many of these frames, which are PPP's, hold a packet with a compressed TCP/IP header.
  long vjCompressed() {
    return frames.stream().filter(WireFrames::isVjCompressed).count();
  }

  private static boolean isVjCompressed(byte[] frame) {
    boolean addressed = frame.length > 1 && frame[0] == (byte) 0xff && frame[1] == 3;
    int at = addressed ? 2 : 0;
    at += at < frame.length && frame[at] == 0 ? 1 : 0;
    return at < frame.length && frame[at] == VJ_COMPRESSED;
  }

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

  /// Frames of Linux's SLIP in six bits an octet. What follows the last END is ignored.
  static WireFrames ofSixBitSlip(byte[] octets) {
    var frames = new ArrayList<byte[]>();
    int bad = 0;
    var frame = new ByteArrayOutputStream();
    int value = 0;
    int bits = 0;
    boolean broken = false;
    for (byte octet : octets) {
      if (octet == SIX_BIT_END) {
        if (broken) {
          bad++;
        } else if (frame.size() > 0) {
          frames.add(frame.toByteArray());
        }
        frame.reset();
        bits = 0;
        broken = false;
      } else {
        broken |= octet < SIX_BIT_BASE || octet > SIX_BIT_END;
        value = value << 6 | octet - SIX_BIT_BASE;
        bits += 6;
        if (bits >= 8) {
          bits -= 8;
          frame.write(value >>> bits);
        }
      }
    }
    return new WireFrames(frames, bad);
  }

  /// The frames of CSLIP as PPP would carry them: the type that CSLIP keeps in the first octet (RFC
  /// 1144 section 3.2.1) in PPP's protocol field (RFC 1332 section 4).
  WireFrames vjAsPpp() {
    var converted = new ArrayList<byte[]>();
    for (byte[] frame : frames) {
      byte[] ppp = new byte[frame.length + 2];
      System.arraycopy(frame, 0, ppp, 2, frame.length);
      if (frame[0] < 0) {
        ppp[1] = VJ_COMPRESSED;
        ppp[2] &= 0x7f;
      } else if (frame[0] >= 0x70) {
        ppp[1] = VJ_UNCOMPRESSED;
        ppp[2] ^= 0x30;
      } else {
        ppp[1] = IP;
      }
      converted.add(ppp);
    }
    return new WireFrames(converted, bad);
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
