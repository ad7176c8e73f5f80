package linedisc.ppp.hdlc;

import static linedisc.ppp.hdlc.HdlcEncoder.ADDRESS;
import static linedisc.ppp.hdlc.HdlcEncoder.CONTROL;
import static linedisc.ppp.hdlc.HdlcEncoder.LCP;
import static linedisc.ppp.hdlc.Transparency.CHANGE;
import static linedisc.ppp.hdlc.Transparency.CONTROLS;
import static linedisc.ppp.hdlc.Transparency.ESCAPE;
import static linedisc.ppp.hdlc.Transparency.FLAG;
import static linedisc.ppp.hdlc.Transparency.NO_CONTROLS;

import java.util.Objects;
import linedisc.slip.FrameBatch;
import linedisc.slip.octets.Words;

/// Takes PPP frames off an asynchronous line (RFC 1662, sections 3 and 4), in pieces of any size.
///
/// Only frames with a good FCS come out, as protocol field (two octets) and information: FF 03 and
/// FCS removed, a compressed protocol field expanded. Both compressions are accepted at any time,
/// as on Linux: real peers use them although they were rejected. A frame that does not come out was
/// damaged or is none of PPP's; it is counted once, under the reason, and the next good frame
/// carries [FrameBatch#AFTER_LOSS]. Two flags in a row are nothing at all.
///
/// Memory is bounded by the frame size given at construction. Belongs to one thread, the reader of
/// its line, counters included.
public final class HdlcDecoder {
  private static final int FCS_OCTETS = 2;

  /// A protocol field of one octet and the FCS.
  private static final int MIN_FRAME = 1 + FCS_OCTETS;

  /// Room behind the longest frame, because words are written whole.
  private static final int SLACK = 8;

  /// Mark of a word's first octet.
  private static final long FIRST = 0x80;

  /// A run of octets is dense if more than one in so many was escaped.
  private static final int DENSE = 16;

  /// The shortest run from which the next one is judged.
  private static final int JUDGED = 64;

  private final int maxFrame;
  private final boolean deposit;

  /// The most octets from the address to the FCS.
  private final int maxLength;

  /// The frame as it was sent, from the address to the FCS.
  private final byte[] frame;

  private int length;
  private boolean escaped;
  private boolean poisoned;
  private boolean loss;

  /// Whether the last run was dense. Then no word is looked at for being free of escapes, as that
  /// costs more when it can't be foretold than to treat each as if it had some.
  private boolean dense;

  private long frames;
  private long badFcs;
  private long aborts;
  private long runts;
  private long overruns;
  private long badHeaders;
  private long lineErrors;
  private long discardedControls;

  /// A decoder between two frames.
  ///
  /// @param maxFrame the longest frame that is accepted, in octets: two for the protocol field,
  ///   then the information; 2 to 65537
  public HdlcDecoder(int maxFrame) {
    this(maxFrame, Words.BIT_DEPOSIT);
  }

  HdlcDecoder(int maxFrame, boolean deposit) {
    if (maxFrame < 2 || maxFrame > 2 + 0xffff) {
      throw new IllegalArgumentException("maxFrame " + maxFrame);
    }
    this.maxFrame = maxFrame;
    this.deposit = deposit;
    maxLength = 2 + maxFrame + FCS_OCTETS;
    frame = new byte[maxLength + SLACK];
  }

  /// Decodes octets until they are used up, or `out` has no room for the frame that is complete, or
  /// an LCP packet has been taken: that one may change the receive map and other options before the
  /// next octet is looked at.
  ///
  /// @param in the caller's, not changed
  /// @param offset of the first octet
  /// @param end offset after the last one
  /// @param receiveMap control character n is dropped if bit n is set: [Framing#receiveMap()]
  /// @param out takes the frames; must be able to hold the longest one when empty
  /// @return the position reached, from where decoding goes on: `end`, or after an LCP packet, or
  ///   at the flag of a frame for which `out` must be emptied first
  public int decode(byte[] in, int offset, int end, int receiveMap, FrameBatch out) {
    Objects.checkFromToIndex(offset, end, in.length);
    if (out.buffer().length < maxFrame) {
      throw new IllegalArgumentException("batch smaller than a frame of " + maxFrame);
    }
    int at = offset;
    while (at < end) {
      if (in[at] == FLAG) {
        switch (endFrame(out)) {
          case NO_ROOM -> {
            return at;
          }
          case LCP_TAKEN -> {
            return at + 1;
          }
          case NEXT -> at++;
        }
      } else if (poisoned) {
        at++;
      } else {
        at = unstuff(in, at, end, receiveMap);
      }
    }
    return at;
  }

  /// Adds octets to the frame, up to a flag, `end`, or what poisons the frame. Returns where that
  /// is.
  private int unstuff(byte[] in, int at, int end, int receiveMap) {
    long controls = receiveMap == 0 ? NO_CONTROLS : CONTROLS;
    int stop;
    do {
      at = unstuffRuns(in, at, end, controls);
      at = unstuffToFlag(in, at, end, controls);
      stop = Math.min(at + 8, end);
      at = unstuffOctets(in, at, stop, receiveMap);
    } while (at == stop && at < end);
    return at;
  }

  /// Adds words to the frame, up to one that must be looked at octet by octet: because it holds a
  /// flag, control characters that may have to be dropped or a doubled Control Escape, or may not
  /// fit. Returns where that is.
  private int unstuffRuns(byte[] in, int at, int end, long controls) {
    int room;
    int run;
    do {
      int before = length;
      // A word adds eight octets at most.
      room = Math.min(end - at, maxLength - before) & -8;
      run = unstuffWords(in, at, room, controls);
      at += run;
      if (run >= JUDGED) {
        dense = run - (length - before) > run / DENSE;
      }
    } while (run == room && room > 0);
    return at;
  }

  /// Adds `octets` octets as words, or fewer: see above. Returns how many.
  ///
  /// The loop counts from zero, for then the compiler unrolls it.
  private int unstuffWords(byte[] in, int from, int octets, long controls) {
    byte[] target = frame;
    boolean look = !dense;
    boolean deposit = this.deposit;
    int to = length;
    long pending = escaped ? 1 : 0;
    int at = 0;
    for (; at < octets; at += 8) {
      long word = Words.get(in, from + at);
      long special = Transparency.special(word, controls);
      if (look && (special | pending) == 0) {
        Words.put(target, to, word);
        to += 8;
      } else {
        // Of the special octets Control Escape is odd, the flag even, and bit 6 is clear in the
        // others. From here on marks are an octet's lowest bit.
        long marks = special >>> 7;
        long escapes = marks & word & (word >>> 6);
        long behind = escapes << 8;
        long changed = behind | pending;
        if (!deposit || ((marks ^ escapes) | (escapes & changed)) != 0) {
          break;
        }
        Words.put(target, to, Long.compress(word ^ (changed << 5), ~(behind - escapes)));
        to += 8 - Long.bitCount(escapes);
        pending = escapes >>> 56;
      }
    }
    length = to;
    escaped = pending != 0;
    return at;
  }

  /// Adds the octets of a word that are in front of a flag, if there is one and they are as simple
  /// as those that [#unstuffWords] adds. Returns where the flag is, or `at`.
  private int unstuffToFlag(byte[] in, int at, int end, long controls) {
    if (!deposit || at > end - 8 || length > maxLength - 8) {
      return at;
    }
    long word = Words.get(in, at);
    long marks = Transparency.special(word, controls);
    long escapes = marks & (word << 7) & (word << 1);
    long flag = Long.lowestOneBit(marks ^ escapes);
    long front = (flag >>> 7) - 1;
    escapes &= front;
    long changed = (escapes << 8) | (escaped ? FIRST : 0);
    if ((flag & (word << 1)) == 0 || (escapes & changed) != 0) {
      return at;
    }
    long octets = Long.compress(word ^ (changed >>> 2), front & ~Words.fill(escapes));
    Words.put(frame, length, octets);
    int count = Long.bitCount(front) >>> 3;
    length += count - Long.bitCount(escapes);
    escaped = (changed & flag) != 0;
    return at + count;
  }

  /// Adds octets one by one, up to a flag, `end`, or what poisons the frame. Returns where that is.
  private int unstuffOctets(byte[] in, int at, int end, int receiveMap) {
    for (; at < end; at++) {
      int octet = in[at] & 0xff;
      if (octet == FLAG) {
        break;
      }
      if (octet < 0x20 && (receiveMap & (1 << octet)) != 0) {
        discardedControls++;
        continue;
      }
      if (escaped) {
        escaped = false;
        octet ^= CHANGE;
      } else if (octet == ESCAPE) {
        escaped = true;
        continue;
      }
      if (length == maxLength) {
        overruns++;
        poisoned = true;
        break;
      }
      frame[length++] = (byte) octet;
    }
    return at;
  }

  private enum Outcome {
    NEXT,
    LCP_TAKEN,
    NO_ROOM
  }

  private Outcome endFrame(FrameBatch out) {
    Outcome outcome = Outcome.NEXT;
    if (poisoned) {
      loss = true;
    } else if (escaped) {
      aborts++;
      loss = true;
    } else if (length > 0) {
      outcome = verify(out);
      if (outcome == Outcome.NO_ROOM) {
        return outcome;
      }
    }
    length = 0;
    escaped = false;
    poisoned = false;
    return outcome;
  }

  private Outcome verify(FrameBatch out) {
    if (length < MIN_FRAME) {
      runts++;
      loss = true;
      return Outcome.NEXT;
    }
    if (Fcs16.update(Fcs16.INITIAL, frame, 0, length) != Fcs16.GOOD) {
      badFcs++;
      loss = true;
      return Outcome.NEXT;
    }
    int end = length - FCS_OCTETS;
    int at = 0;
    if ((frame[0] & 0xff) == ADDRESS) {
      if (end < 2 || frame[1] != CONTROL) {
        badHeaders++;
        loss = true;
        return Outcome.NEXT;
      }
      at = 2;
    }
    // Protocol numbers are odd and their first octet is even, so an odd one stands alone.
    boolean compressed = at < end && (frame[at] & 1) != 0;
    int protocolOctets = compressed ? 1 : 2;
    if (end - at < protocolOctets) {
      runts++;
      loss = true;
      return Outcome.NEXT;
    }
    int protocol =
        compressed ? frame[at] & 0xff : ((frame[at] & 0xff) << 8) | (frame[at + 1] & 0xff);
    int information = at + protocolOctets;
    int octets = 2 + end - information;
    if (octets > maxFrame) {
      overruns++;
      loss = true;
      return Outcome.NEXT;
    }
    int to = out.claim(octets);
    if (to < 0) {
      return Outcome.NO_ROOM;
    }
    byte[] buffer = out.buffer();
    buffer[to] = (byte) (protocol >>> 8);
    buffer[to + 1] = (byte) protocol;
    System.arraycopy(frame, information, buffer, to + 2, octets - 2);
    out.commit(octets, loss ? FrameBatch.AFTER_LOSS : 0);
    loss = false;
    frames++;
    return protocol == LCP ? Outcome.LCP_TAKEN : Outcome.NEXT;
  }

  /// Says that an octet between those decoded so far and those to come was damaged or lost (parity,
  /// framing, overrun): everything up to the next flag is dropped.
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

  /// Returns how many frames were dropped for a bad FCS.
  public long badFcs() {
    return badFcs;
  }

  /// Returns how many frames their sender aborted: Control Escape directly before the flag.
  public long aborts() {
    return aborts;
  }

  /// Returns how many frames were dropped as too short to hold a protocol field and an FCS.
  public long runts() {
    return runts;
  }

  /// Returns how many frames were dropped as too long.
  public long overruns() {
    return overruns;
  }

  /// Returns how many frames with a good FCS were dropped for an address or control field that is
  /// not PPP's.
  public long badHeaders() {
    return badHeaders;
  }

  /// Returns how many line errors were reported.
  public long lineErrors() {
    return lineErrors;
  }

  /// Returns how many control characters were dropped as put in by the line.
  public long discardedControls() {
    return discardedControls;
  }
}
