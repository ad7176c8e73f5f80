package linedisc.serial.capture;

import java.util.HexFormat;
import linedisc.ppp.hdlc.Fcs16;

/// A recording shown as PPP frames: stuffing undone, FCS checked, each direction for itself.
///
/// A frame longer than the buffer is cut and said to be; a recording without a single flag costs no
/// more memory than any other.
final class PacketDump implements RecordHandler {
  private static final int FLAG = 0x7E;
  private static final int ESCAPE = 0x7D;
  private static final int COMPLEMENT = 0x20;
  private static final int FCS_LENGTH = 2;

  /// Octets of a frame that are kept, at least.
  private static final int LEAST_CAPACITY = 8192;

  /// Address, control, protocol and FCS, with room to see that a frame is too long.
  private static final int OVERHEAD = 16;

  private static final String CONTINUED = "    ";

  private static final class Frame {
    final byte[] octets;
    int length;
    boolean escaped;
    boolean tooLong;

    Frame(int capacity) {
      octets = new byte[capacity];
    }

    void add(int octet) {
      if (length < octets.length) {
        octets[length++] = (byte) octet;
      } else {
        tooLong = true;
      }
    }

    void clear() {
      length = 0;
      escaped = false;
      tooLong = false;
    }
  }

  private final DumpText text;
  private final Frame sent;
  private final Frame received;

  PacketDump(DumpText text) {
    this.text = text;
    int capacity = Math.max(LEAST_CAPACITY, text.style.mru() + OVERHEAD);
    sent = new Frame(capacity);
    received = new Frame(capacity);
  }

  @Override
  public void start(long epochSeconds) {
    text.start(epochSeconds);
  }

  @Override
  public void elapsed(long tenths) {
    text.elapsed(tenths);
  }

  @Override
  public void octets(Direction direction, byte[] buffer, int offset, int length) {
    Direction shown = text.shown(direction);
    text.count(shown, length);
    Frame frame = frame(shown);
    for (int i = offset; i < offset + length; i++) {
      int octet = buffer[i] & 0xFF;
      if (octet == FLAG) {
        show(shown, frame);
        frame.clear();
      } else if (frame.escaped) {
        frame.escaped = false;
        frame.add(octet ^ COMPLEMENT);
      } else if (octet == ESCAPE) {
        frame.escaped = true;
      } else {
        frame.add(octet);
      }
    }
  }

  private Frame frame(Direction shown) {
    return shown == Direction.SENT ? sent : received;
  }

  private void show(Direction shown, Frame frame) {
    if (frame.length == 0) {
      return;
    }
    String lead = DumpText.label(shown);
    if (frame.escaped) {
      text.out.print(lead + " aborted packet:\n     ");
      lead = CONTINUED;
    }
    if (frame.tooLong) {
      text.out.print(lead + " over-long packet truncated:\n     ");
      lead = CONTINUED;
    }
    if (frame.length <= FCS_LENGTH) {
      text.out.print(lead + " short packet [" + frame.length + " bytes]:");
      for (int i = 0; i < frame.length; i++) {
        text.out.print(" " + HexFormat.of().toHexDigits(frame.octets[i]));
      }
      text.out.print("\n");
      return;
    }
    int end = frame.length - FCS_LENGTH;
    int information = end - headerLength(frame.octets, end);
    if (information > text.style.mru()) {
      text.out.print("     ERROR: length (" + information + ") > MRU (" + text.style.mru() + ")\n");
    }
    for (int done = 0; done < end; done += DumpText.ROW) {
      text.out.print(lead + " ");
      text.row(frame.octets, done, Math.min(end - done, DumpText.ROW));
      lead = CONTINUED;
    }
    int residue = Fcs16.update(Fcs16.INITIAL, frame.octets, 0, frame.length);
    if (residue != Fcs16.GOOD) {
      text.out.print("     BAD FCS: (residue = " + Integer.toHexString(residue) + ")\n");
    }
  }

  /// Octets of address, control and protocol, compressed or not (RFC 1662, section 3.1; RFC 1661,
  /// section 6.5).
  private static int headerLength(byte[] frame, int end) {
    int at = end >= 2 && frame[0] == (byte) 0xFF && frame[1] == 0x03 ? 2 : 0;
    int protocolOctets = at < end && (frame[at] & 1) == 0 ? 2 : 1;
    return Math.min(at + protocolOctets, end);
  }

  @Override
  public void end(Direction direction) {
    Direction shown = text.shown(direction);
    text.out.print("end " + (shown == Direction.SENT ? "send" : "recv"));
    int kept = frame(shown).length;
    text.out.print(kept > 0 ? "  [" + kept + " bytes in incomplete packet]\n" : "\n");
  }

  @Override
  public void unknown(int tag) {
    text.unknown(tag);
  }

  @Override
  public void truncated() {
    text.out.print("EOF\n");
    incomplete("send", sent);
    incomplete("recv", received);
  }

  private void incomplete(String direction, Frame frame) {
    if (frame.length > 0) {
      text.out.print("[" + frame.length + " bytes in incomplete " + direction + " packet]\n");
    }
  }
}
