package linedisc.slip;

import static linedisc.slip.SlipOctets.END;
import static linedisc.slip.SlipOctets.ESC;
import static linedisc.slip.SlipOctets.ESC_END;
import static linedisc.slip.SlipOctets.ESC_ESC;

import java.util.Objects;
import linedisc.slip.octets.Words;

/// Takes SLIP frames (RFC 1055) off the line, in pieces of any size.
///
/// SLIP has no check sequence, so whatever proves that a frame is damaged is used: a frame that is
/// too long, that met a line error, or that holds an ESC followed by anything but ESC_END and
/// ESC_ESC (END included) is *poisoned*: dropped whole, up to its END. A sender that follows the
/// RFC never sends such an ESC, so an octet was lost or changed there. (The RFC's sample code,
/// Linux and the BSDs keep the unknown octet and hand on a packet that nobody sent; behind a Van
/// Jacobson decompressor that would also spoil the packets after it.) The next good frame carries
/// [FrameBatch#AFTER_LOSS].
///
/// Frames of one or two octets are line noise before a leading END: dropped and counted, but no
/// loss. Empty frames are nothing at all.
///
/// Memory is bounded by the frame size given at construction. Belongs to one thread, the reader of
/// its line, counters included.
public final class SlipDecoder {
  /// The shortest frame that is taken for a packet; Linux and the BSDs agree.
  static final int MIN_FRAME = 3;

  /// Room behind the longest frame, because words are written whole.
  private static final int SLACK = 8;

  /// Mark of a word's first octet.
  private static final long FIRST = 0x80;

  private final int maxFrame;
  private final boolean deposit;
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

  /// A decoder between two frames.
  ///
  /// @param maxFrame the longest frame that is accepted, in octets, 3 to 65535
  public SlipDecoder(int maxFrame) {
    this(maxFrame, Words.BIT_DEPOSIT);
  }

  SlipDecoder(int maxFrame, boolean deposit) {
    if (maxFrame < MIN_FRAME || maxFrame > 0xffff) {
      throw new IllegalArgumentException("maxFrame " + maxFrame);
    }
    this.maxFrame = maxFrame;
    this.deposit = deposit;
    frame = new byte[maxFrame + SLACK];
  }

  /// Decodes octets until they are used up or `out` has no room for the frame that is complete.
  ///
  /// @param in the caller's, not changed
  /// @param offset of the first octet
  /// @param end offset after the last one
  /// @param out takes the frames; must be able to hold the longest one when empty
  /// @return the position reached: `end`, or else the END of a frame for which `out` must be
  ///   emptied before decoding goes on from there
  public int decode(byte[] in, int offset, int end, FrameBatch out) {
    Objects.checkFromToIndex(offset, end, in.length);
    if (out.buffer().length < maxFrame) {
      throw new IllegalArgumentException("batch smaller than a frame of " + maxFrame);
    }
    int at = offset;
    while (at < end) {
      if (in[at] == (byte) END) {
        if (!endFrame(out)) {
          break;
        }
        at++;
      } else if (poisoned) {
        at++;
      } else {
        at = unstuff(in, at, end);
      }
    }
    return at;
  }

  /// Adds octets to the frame, up to an END, `end`, or what poisons the frame. Returns where that
  /// is.
  private int unstuff(byte[] in, int at, int end) {
    int stop;
    do {
      at = unstuffWords(in, at, end);
      stop = Math.min(at + 8, end);
      at = unstuffOctets(in, at, stop);
    } while (at == stop && at < end);
    return at;
  }

  /// Adds words to the frame, up to one that must be looked at octet by octet: because it holds an
  /// END or an ESC before anything but ESC_END and ESC_ESC, or may not fit. Returns where that is.
  private int unstuffWords(byte[] in, int at, int end) {
    byte[] target = frame;
    int to = length;
    long pending = escaped ? FIRST : 0;
    // A word adds eight octets at most, so the frame can't overflow before `last`.
    int last = at + Math.min(end - at, maxFrame - to) - 8;
    for (; at <= last; at += 8) {
      long word = Words.get(in, at);
      long marks = SlipOctets.marks(word);
      if ((marks | pending) == 0) {
        Words.put(target, to, word);
        to += 8;
      } else {
        long escs = SlipOctets.escs(word, marks);
        long changed = (escs << 8) | pending;
        if (!deposit || escs != marks || SlipOctets.hasOthers(word, changed)) {
          break;
        }
        word = SlipOctets.exchange(word, changed);
        Words.put(target, to, Long.compress(word, ~Words.fill(escs)));
        to += 8 - Long.bitCount(escs);
        pending = escs >>> 56;
      }
    }
    length = to;
    escaped = pending != 0;
    return at;
  }

  /// Adds octets one by one, up to an END, `end`, or what poisons the frame. Returns where that is.
  private int unstuffOctets(byte[] in, int at, int end) {
    for (; at < end; at++) {
      int octet = in[at] & 0xff;
      if (octet == END) {
        break;
      }
      if (escaped) {
        escaped = false;
        if (octet != ESC_END && octet != ESC_ESC) {
          badEscapes++;
          poisoned = true;
          break;
        }
        octet = octet == ESC_END ? END : ESC;
      } else if (octet == ESC) {
        escaped = true;
        continue;
      }
      if (length == maxFrame) {
        overruns++;
        poisoned = true;
        break;
      }
      frame[length++] = (byte) octet;
    }
    return at;
  }

  private boolean endFrame(FrameBatch out) {
    if (escaped) {
      badEscapes++;
      poisoned = true;
    }
    if (poisoned) {
      loss = true;
    } else if (length >= MIN_FRAME) {
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

  /// Says that an octet between those decoded so far and those to come was damaged or lost (parity,
  /// framing, overrun): the frame being received is poisoned.
  public void lineError() {
    lineErrors++;
    poisoned = true;
    escaped = false;
  }

  /// Forgets the frame being received and any loss, as after a change of owner. Counters stay.
  public void reset() {
    length = 0;
    escaped = false;
    poisoned = false;
    loss = false;
  }

  /// Returns how many frames were handed out.
  public long frames() {
    return frames;
  }

  /// Returns how many frames were dropped as shorter than three octets, empty ones not counted.
  public long runts() {
    return runts;
  }

  /// Returns how many frames were dropped as too long.
  public long overruns() {
    return overruns;
  }

  /// Returns how many frames were dropped for an ESC followed by neither ESC_END nor ESC_ESC.
  public long badEscapes() {
    return badEscapes;
  }

  /// Returns how many line errors were reported.
  public long lineErrors() {
    return lineErrors;
  }

  /// Returns how many END octets were seen, which is what keepalive watches.
  public long ends() {
    return ends;
  }
}
