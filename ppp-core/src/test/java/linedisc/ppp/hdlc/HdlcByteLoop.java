package linedisc.ppp.hdlc;

import java.util.Arrays;
import linedisc.slip.FrameBatch;

/// HDLC-like framing an octet at a time, as obvious as can be: what the word-wise loops must agree
/// with.
final class HdlcByteLoop {
  private static final int FLAG = 0x7e;
  private static final int ESCAPE = 0x7d;
  private static final int LCP = 0xc021;

  private final int maxFrame;
  private final byte[] frame;
  private int length;
  private boolean escaped;
  private boolean poisoned;
  private boolean loss;

  private long frames;
  private long badFcs;
  private long aborts;
  private long runts;
  private long overruns;
  private long badHeaders;
  private long lineErrors;
  private long discardedControls;

  HdlcByteLoop(int maxFrame) {
    this.maxFrame = maxFrame;
    frame = new byte[2 + maxFrame + 2];
  }

  // ---- FCS

  /// A bit at a time, as the division is written.
  static int fcs(int register, byte[] buffer, int offset, int length) {
    for (int at = offset; at < offset + length; at++) {
      register ^= buffer[at] & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        register = (register & 1) != 0 ? (register >>> 1) ^ 0x8408 : register >>> 1;
      }
    }
    return register;
  }

  // ---- encoding

  static int encode(
      byte[] source, boolean asDefault, Framing framing, boolean leadingFlag, byte[] target) {
    AsyncMap map = framing.sendMap();
    int protocol = ((source[0] & 0xff) << 8) | (source[1] & 0xff);
    boolean address = asDefault || !framing.addressControlCompression() || protocol == LCP;
    int from = !asDefault && framing.protocolCompression() && protocol < 0x100 ? 1 : 0;
    byte[] body = new byte[(address ? 2 : 0) + source.length - from];
    if (address) {
      body[0] = (byte) 0xff;
      body[1] = 0x03;
    }
    System.arraycopy(source, from, body, address ? 2 : 0, source.length - from);
    int fcs = fcs(0xffff, body, 0, body.length) ^ 0xffff;
    int to = 0;
    if (leadingFlag) {
      target[to++] = FLAG;
    }
    for (byte octet : body) {
      to = put(octet & 0xff, map, asDefault, target, to);
    }
    to = put(fcs & 0xff, map, asDefault, target, to);
    to = put(fcs >>> 8, map, asDefault, target, to);
    target[to++] = FLAG;
    return to;
  }

  private static int put(int octet, AsyncMap map, boolean asDefault, byte[] target, int to) {
    if (map.escapes(octet) || (asDefault && octet < 0x20)) {
      target[to++] = ESCAPE;
      octet ^= 0x20;
    }
    target[to++] = (byte) octet;
    return to;
  }

  /// Makes a good frame of octets on the line, whatever they are, by sending the FCS of what a
  /// receiver makes of them: nobody would send most of these, but each octet stored counts.
  ///
  /// @param body without flags, and not ending in Control Escape
  static byte[] seal(byte[] body, int receiveMap) {
    HdlcByteLoop receiver = new HdlcByteLoop(body.length);
    for (byte octet : body) {
      receiver.unstuff(octet & 0xff, receiveMap);
    }
    int fcs = fcs(0xffff, receiver.frame, 0, receiver.length) ^ 0xffff;
    byte[] line = Arrays.copyOf(body, body.length + 5);
    int to = put(fcs & 0xff, AsyncMap.DEFAULT, true, line, body.length);
    to = put(fcs >>> 8, AsyncMap.DEFAULT, true, line, to);
    line[to++] = FLAG;
    return Arrays.copyOf(line, to);
  }

  // ---- decoding

  int decode(byte[] in, int offset, int end, int receiveMap, FrameBatch out) {
    for (int at = offset; at < end; at++) {
      int octet = in[at] & 0xff;
      if (octet == FLAG) {
        long before = frames;
        if (!endFrame(out)) {
          return at;
        }
        if (frames > before && isLcp(out, out.count() - 1)) {
          return at + 1;
        }
      } else if (!poisoned) {
        unstuff(octet, receiveMap);
      }
    }
    return end;
  }

  private static boolean isLcp(FrameBatch out, int index) {
    int at = out.offset(index);
    return (out.buffer()[at] & 0xff) == 0xc0 && out.buffer()[at + 1] == 0x21;
  }

  private void unstuff(int octet, int receiveMap) {
    if (octet < 0x20 && ((receiveMap >>> octet) & 1) != 0) {
      discardedControls++;
    } else if (escaped) {
      escaped = false;
      store(octet ^ 0x20);
    } else if (octet == ESCAPE) {
      escaped = true;
    } else {
      store(octet);
    }
  }

  private void store(int octet) {
    if (length == frame.length) {
      overruns++;
      poisoned = true;
    } else {
      frame[length++] = (byte) octet;
    }
  }

  /// Returns false if the batch has no room.
  private boolean endFrame(FrameBatch out) {
    if (poisoned) {
      loss = true;
    } else if (escaped) {
      aborts++;
      loss = true;
    } else if (length > 0 && length < 3) {
      runts++;
      loss = true;
    } else if (length > 0 && fcs(0xffff, frame, 0, length) != 0xf0b8) {
      badFcs++;
      loss = true;
    } else if (length > 0 && !deliver(out)) {
      return false;
    }
    length = 0;
    escaped = false;
    poisoned = false;
    return true;
  }

  private boolean deliver(FrameBatch out) {
    int end = length - 2;
    int at = 0;
    if ((frame[0] & 0xff) == 0xff) {
      if (end < 2 || frame[1] != 0x03) {
        badHeaders++;
        loss = true;
        return true;
      }
      at = 2;
    }
    boolean compressed = at < end && (frame[at] & 1) != 0;
    if (end - at < (compressed ? 1 : 2)) {
      runts++;
      loss = true;
      return true;
    }
    int octets = end - at + (compressed ? 1 : 0);
    if (octets > maxFrame) {
      overruns++;
      loss = true;
      return true;
    }
    byte[] whole = new byte[octets];
    System.arraycopy(frame, at, whole, compressed ? 1 : 0, end - at);
    if (!out.add(whole, 0, octets, loss ? FrameBatch.AFTER_LOSS : 0)) {
      return false;
    }
    loss = false;
    frames++;
    return true;
  }

  void lineError() {
    lineErrors++;
    poisoned = true;
    escaped = false;
  }

  long frames() {
    return frames;
  }

  /// As [#counters(HdlcDecoder)].
  String counters() {
    return "frames %d, FCS %d, aborts %d, runts %d, overruns %d, headers %d, line %d, controls %d"
        .formatted(
            frames, badFcs, aborts, runts, overruns, badHeaders, lineErrors, discardedControls);
  }

  static String counters(HdlcDecoder of) {
    return "frames %d, FCS %d, aborts %d, runts %d, overruns %d, headers %d, line %d, controls %d"
        .formatted(
            of.frames(),
            of.badFcs(),
            of.aborts(),
            of.runts(),
            of.overruns(),
            of.badHeaders(),
            of.lineErrors(),
            of.discardedControls());
  }
}
