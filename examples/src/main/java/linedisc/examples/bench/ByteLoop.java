package linedisc.examples.bench;

import java.util.Arrays;

/// The loops as the RFCs' appendices have them, an octet at a time with a table of 256 entries for
/// the FCS: what one gets without thinking about it.
public final class ByteLoop implements Loops {
  private static final int FLAG = 0x7e;
  private static final int ESCAPE = 0x7d;
  private static final int INITIAL_FCS = 0xffff;
  private static final int GOOD_FCS = 0xf0b8;
  private static final int END = 0xc0;
  private static final int ESC = 0xdb;
  private static final int ESC_END = 0xdc;
  private static final int ESC_ESC = 0xdd;
  private static final int ROOM = 4000;
  private static final char[] FCS = table();

  private final byte[] buffer = new byte[ROOM];

  /// The loops.
  public ByteLoop() {}

  private static char[] table() {
    char[] table = new char[256];
    for (int octet = 0; octet < 256; octet++) {
      int value = octet;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 1) != 0 ? (value >>> 1) ^ 0x8408 : value >>> 1;
      }
      table[octet] = (char) value;
    }
    return table;
  }

  /// What the packets of a sample look like on a line, PPP.
  static byte[] hdlcLine(Sample sample) {
    byte[] line = new byte[sample.count * (2 * sample.frameLength() + 10)];
    int at = 0;
    for (int i = 0; i < sample.count; i++) {
      at =
          frame(
              sample.frames, i * sample.frameLength(), sample.frameLength(), map(sample), line, at);
    }
    return Arrays.copyOf(line, at);
  }

  /// What the packets of a sample look like on a line, SLIP.
  static byte[] slipLine(Sample sample) {
    byte[] line = new byte[sample.count * (2 * sample.mix.length() + 2)];
    int at = 0;
    for (int i = 0; i < sample.count; i++) {
      at = slipFrame(sample.packets, i * sample.mix.length(), sample.mix.length(), line, at);
    }
    return Arrays.copyOf(line, at);
  }

  @Override
  public String name() {
    return "Java, byte loop";
  }

  // ---- PPP

  @Override
  public int fcs(Sample sample) {
    int length = sample.mix.length();
    int sum = 0;
    for (int i = 0; i < sample.count; i++) {
      sum += fcs(sample.packets, i * length, length);
    }
    return sum;
  }

  private static int fcs(byte[] octets, int from, int length) {
    int fcs = INITIAL_FCS;
    for (int at = from; at < from + length; at++) {
      fcs = (fcs >>> 8) ^ FCS[(fcs ^ octets[at]) & 0xff];
    }
    return fcs;
  }

  @Override
  public int hdlcEncode(Sample sample) {
    int length = sample.frameLength();
    boolean[] map = map(sample);
    int total = 0;
    for (int i = 0; i < sample.count; i++) {
      total += frame(sample.frames, i * length, length, map, buffer, 0);
    }
    return total;
  }

  private static boolean[] map(Sample sample) {
    boolean[] map = new boolean[256];
    for (int octet = 0; octet < 32; octet++) {
      map[octet] = (sample.mix.accm() & (1 << octet)) != 0;
    }
    map[FLAG] = true;
    map[ESCAPE] = true;
    return map;
  }

  private static int frame(
      byte[] frames, int from, int length, boolean[] map, byte[] target, int to) {
    target[to++] = FLAG;
    int fcs = INITIAL_FCS;
    fcs = (fcs >>> 8) ^ FCS[(fcs ^ 0xff) & 0xff];
    to = put(0xff, map, target, to);
    fcs = (fcs >>> 8) ^ FCS[(fcs ^ 0x03) & 0xff];
    to = put(0x03, map, target, to);
    for (int at = from; at < from + length; at++) {
      int octet = frames[at] & 0xff;
      fcs = (fcs >>> 8) ^ FCS[(fcs ^ octet) & 0xff];
      to = put(octet, map, target, to);
    }
    fcs ^= 0xffff;
    to = put(fcs & 0xff, map, target, to);
    to = put(fcs >>> 8, map, target, to);
    target[to++] = FLAG;
    return to;
  }

  private static int put(int octet, boolean[] map, byte[] target, int to) {
    if (map[octet]) {
      target[to++] = ESCAPE;
      octet ^= 0x20;
    }
    target[to++] = (byte) octet;
    return to;
  }

  @Override
  public int hdlcDecode(Sample sample) {
    byte[] frame = buffer;
    int accm = sample.mix.accm();
    int total = 0;
    int length = 0;
    boolean escaped = false;
    for (byte next : sample.hdlcLine) {
      int octet = next & 0xff;
      if (octet == FLAG) {
        if (!escaped && length >= 4 && fcs(frame, 0, length) == GOOD_FCS) {
          total += length - 4;
        }
        length = 0;
        escaped = false;
      } else if (octet == ESCAPE && !escaped) {
        escaped = true;
      } else if ((octet >= 0x20 || (accm & (1 << octet)) == 0) && length < ROOM) {
        frame[length++] = (byte) (escaped ? octet ^ 0x20 : octet);
        escaped = false;
      }
    }
    return total;
  }

  // ---- SLIP

  @Override
  public int slipEncode(Sample sample) {
    int length = sample.mix.length();
    int total = 0;
    for (int i = 0; i < sample.count; i++) {
      total += slipFrame(sample.packets, i * length, length, buffer, 0);
    }
    return total;
  }

  private static int slipFrame(byte[] packets, int from, int length, byte[] target, int to) {
    target[to++] = (byte) END;
    for (int at = from; at < from + length; at++) {
      switch (packets[at] & 0xff) {
        case END -> {
          target[to++] = (byte) ESC;
          target[to++] = (byte) ESC_END;
        }
        case ESC -> {
          target[to++] = (byte) ESC;
          target[to++] = (byte) ESC_ESC;
        }
        default -> target[to++] = packets[at];
      }
    }
    target[to++] = (byte) END;
    return to;
  }

  @Override
  public int slipDecode(Sample sample) {
    byte[] frame = buffer;
    int total = 0;
    int length = 0;
    boolean escaped = false;
    for (byte next : sample.slipLine) {
      int octet = next & 0xff;
      switch (octet) {
        case END -> {
          total += length > 2 ? length : 0;
          length = 0;
          escaped = false;
        }
        case ESC -> escaped = true;
        default -> {
          if (escaped) {
            octet = octet == ESC_END ? END : octet == ESC_ESC ? ESC : octet;
            escaped = false;
          }
          if (length < ROOM) {
            frame[length++] = (byte) octet;
          }
        }
      }
    }
    return total;
  }
}
