package linedisc.slip;

/// SLIP an octet at a time, as obvious as can be: what the word-wise loops must agree with.
final class SlipByteLoop {
  private static final int END = 0xc0;
  private static final int ESC = 0xdb;
  private static final int ESC_END = 0xdc;
  private static final int ESC_ESC = 0xdd;

  private final byte[] frame;
  private int length;
  private boolean escaped;
  private boolean poisoned;
  private boolean loss;

  private long frames;
  private long runts;
  private long overruns;
  private long badEscapes;
  private long lineErrors;
  private long ends;

  SlipByteLoop(int maxFrame) {
    frame = new byte[maxFrame];
  }

  static int encode(byte[] source, int offset, int length, byte[] target, int targetOffset) {
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

  int decode(byte[] in, int offset, int end, FrameBatch out) {
    for (int at = offset; at < end; at++) {
      int octet = in[at] & 0xff;
      if (octet == END) {
        if (!endFrame(out)) {
          return at;
        }
      } else if (!poisoned) {
        unstuff(octet);
      }
    }
    return end;
  }

  private void unstuff(int octet) {
    if (escaped) {
      escaped = false;
      switch (octet) {
        case ESC_END -> store(END);
        case ESC_ESC -> store(ESC);
        default -> {
          badEscapes++;
          poisoned = true;
        }
      }
    } else if (octet == ESC) {
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

  private boolean endFrame(FrameBatch out) {
    if (escaped) {
      badEscapes++;
      poisoned = true;
    }
    if (poisoned) {
      loss = true;
    } else if (length >= 3) {
      if (!out.add(frame, 0, length, loss ? FrameBatch.AFTER_LOSS : 0)) {
        return false;
      }
      loss = false;
      frames++;
    } else if (length > 0) {
      runts++;
    }
    ends++;
    length = 0;
    escaped = false;
    poisoned = false;
    return true;
  }

  void lineError() {
    lineErrors++;
    poisoned = true;
    escaped = false;
  }

  /// As [#counters(SlipDecoder)].
  String counters() {
    return counters(frames, runts, overruns, badEscapes, lineErrors, ends);
  }

  static String counters(SlipDecoder decoder) {
    return counters(
        decoder.frames(),
        decoder.runts(),
        decoder.overruns(),
        decoder.badEscapes(),
        decoder.lineErrors(),
        decoder.ends());
  }

  private static String counters(
      long frames, long runts, long overruns, long badEscapes, long lineErrors, long ends) {
    return "frames %d, runts %d, overruns %d, bad escapes %d, line errors %d, ends %d"
        .formatted(frames, runts, overruns, badEscapes, lineErrors, ends);
  }
}
