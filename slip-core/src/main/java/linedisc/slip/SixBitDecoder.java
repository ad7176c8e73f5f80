package linedisc.slip;

import static linedisc.slip.SixBitEncoder.BASE;
import static linedisc.slip.SixBitEncoder.END;
import static linedisc.slip.SlipDecoder.MIN_FRAME;

import java.util.Objects;

/// Takes 6-bit SLIP frames off the line (see [SixBitEncoder]), in pieces of any size. Octets that
/// are neither END nor data are ignored, whatever put them there; bits that don't fill an octet
/// before END are the filling. Otherwise as [SlipDecoder]: poisoned frames, runts, thread, memory.
public final class SixBitDecoder {
  private final byte[] frame;
  private int length;
  private int bits;
  private int pending;
  private boolean poisoned;
  private boolean loss;

  private long frames;
  private long runts;
  private long overruns;
  private long lineErrors;
  private long ends;

  /// A decoder between two frames.
  ///
  /// @param maxFrame the longest frame that is accepted, in octets, 3 to 65535
  public SixBitDecoder(int maxFrame) {
    if (maxFrame < MIN_FRAME || maxFrame > 0xffff) {
      throw new IllegalArgumentException("maxFrame " + maxFrame);
    }
    frame = new byte[maxFrame];
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
    if (out.buffer().length < frame.length) {
      throw new IllegalArgumentException("batch smaller than a frame of " + frame.length);
    }
    for (int at = offset; at < end; at++) {
      int octet = in[at] & 0xff;
      if (octet == END) {
        if (!endFrame(out)) {
          return at;
        }
      } else if (octet >= BASE && octet < END && !poisoned) {
        bits = (bits << 6) | (octet - BASE);
        pending += 6;
        if (pending >= 8) {
          pending -= 8;
          store(bits >>> pending);
        }
      }
    }
    return end;
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
    pending = 0;
    poisoned = false;
    return true;
  }

  /// Says that an octet between those decoded so far and those to come was damaged or lost (parity,
  /// framing, overrun): the frame being received is poisoned.
  public void lineError() {
    lineErrors++;
    poisoned = true;
  }

  /// Forgets the frame being received and any loss, as after a change of owner. Counters stay.
  public void reset() {
    length = 0;
    pending = 0;
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

  /// Returns how many line errors were reported.
  public long lineErrors() {
    return lineErrors;
  }

  /// Returns how many END octets were seen, which is what keepalive watches.
  public long ends() {
    return ends;
  }
}
