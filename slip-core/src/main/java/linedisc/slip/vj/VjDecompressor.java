package linedisc.slip.vj;

import static linedisc.slip.vj.VjFormat.MAX_HEADER;
import static linedisc.slip.vj.VjFormat.NEW_A;
import static linedisc.slip.vj.VjFormat.NEW_C;
import static linedisc.slip.vj.VjFormat.NEW_I;
import static linedisc.slip.vj.VjFormat.NEW_S;
import static linedisc.slip.vj.VjFormat.NEW_U;
import static linedisc.slip.vj.VjFormat.NEW_W;
import static linedisc.slip.vj.VjFormat.PUSH;
import static linedisc.slip.vj.VjFormat.SPECIALS;
import static linedisc.slip.vj.VjFormat.SPECIAL_D;
import static linedisc.slip.vj.VjFormat.SPECIAL_I;
import static linedisc.slip.vj.VjFormat.STRIDE;

import java.util.Arrays;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;

/// The receiving end of RFC 1144 (section 3.2.4).
///
/// After a loss it *tosses* compressed packets that don't give their slot, for they may have been
/// meant for the slot of the packet that was lost. It begins in that state.
///
/// Beyond the RFC it checks the TCP checksum of each packet it rebuilds. If that is wrong, a change
/// was damaged or a frame was lost unnoticed, and on a line without a check of its own there is no
/// other sign of it: the packet is not delivered, and its slot is forgotten until a whole header
/// comes, which the sender's retransmission brings. What gets through is what a sum of 16-bit words
/// lets through (an acknowledgment too low by what the window is too high), and the one field that
/// it doesn't cover, the IP identification.
///
/// Not thread-safe: belongs to the lock of its port. Allocates nothing after construction.
public final class VjDecompressor {
  /// What [#decompress] returns when there is nothing to deliver.
  public static final int NOTHING = -1;

  /// How much longer than its frame a packet can get.
  public static final int MAX_GROWTH = MAX_HEADER;

  private static final int NO_SLOT = -1;

  /// The last header received of each slot, [VjFormat#STRIDE] apart.
  private final byte[] headers;

  /// Octets of each header, 0 for an empty slot.
  private final int[] headerLengths;

  private int lastSlot = NO_SLOT;
  private boolean tossing = true;

  // Where in the frame the next octet is read, and where the frame ends.
  private int at;
  private int end;

  private long compressed;
  private long uncompressed;
  private long errors;
  private long tossed;
  private long mismatches;

  /// A decompressor that remembers nothing yet.
  ///
  /// @param slots connections to remember, 1 to 256; no fewer than the peer uses
  public VjDecompressor(int slots) {
    headers = new byte[VjFormat.checkSlots(slots) * STRIDE];
    headerLengths = new int[slots];
  }

  /// Rebuilds the packet that a frame holds.
  ///
  /// @param type what the line says the frame holds
  /// @param frame holds the frame, not changed. Its bits that SLIP has for the type are ignored:
  ///   the highest of a compressed packet, the first four of an uncompressed one
  /// @param target gets the packet, if there is room; `length` + [#MAX_GROWTH] is enough. Not
  ///   overlapping the frame
  /// @return octets of the packet, or [#NOTHING]: the frame was wrong, and has been counted
  public int decompress(
      VjType type, byte[] frame, int offset, int length, byte[] target, int targetOffset) {
    return switch (type) {
      case IP -> copy(frame, offset, length, target, targetOffset);
      case UNCOMPRESSED_TCP -> remember(frame, offset, length, target, targetOffset);
      case COMPRESSED_TCP -> rebuild(frame, offset, length, target, targetOffset);
    };
  }

  private int copy(byte[] frame, int offset, int length, byte[] target, int targetOffset) {
    if (length > target.length - targetOffset) {
      return error();
    }
    System.arraycopy(frame, offset, target, targetOffset, length);
    return length;
  }

  private int remember(byte[] frame, int offset, int length, byte[] target, int targetOffset) {
    if (length < Ipv4.HEADER_LENGTH || length > target.length - targetOffset) {
      return error();
    }
    System.arraycopy(frame, offset, target, targetOffset, length);
    int slot = Ipv4.protocol(target, targetOffset);
    target[targetOffset] = (byte) ((Ipv4.VERSION << 4) | (target[targetOffset] & 0xf));
    Ipv4.setProtocol(target, targetOffset, Ip.TCP);
    int total = Ipv4.check(target, targetOffset, length);
    if (slot >= headerLengths.length
        || total < 0
        || !Ipv4.isHeaderIntact(target, targetOffset)
        || Ipv4.isFragment(target, targetOffset)) {
      return error();
    }
    int ipHeader = Ipv4.headerLength(target, targetOffset);
    int tcpHeader = Tcp.check(target, targetOffset + ipHeader, total - ipHeader);
    if (tcpHeader < 0) {
      return error();
    }
    uncompressed++;
    lastSlot = slot;
    tossing = false;
    headerLengths[slot] = ipHeader + tcpHeader;
    System.arraycopy(target, targetOffset, headers, slot * STRIDE, ipHeader + tcpHeader);
    return deliver(target, targetOffset, targetOffset + ipHeader, total);
  }

  private int rebuild(byte[] frame, int offset, int length, byte[] target, int ip) {
    at = offset;
    end = offset + length;
    if (length < VjFormat.MIN_COMPRESSED) {
      return error();
    }
    int changes = frame[at++];
    if ((changes & NEW_C) != 0) {
      int slot = frame[at++] & 0xff;
      if (slot >= headerLengths.length) {
        return error();
      }
      lastSlot = slot;
      tossing = headerLengths[slot] == 0;
    }
    if (tossing) {
      tossed++;
      return NOTHING;
    }
    int header = headerLengths[lastSlot];
    if (end - at < 2 || header > target.length - ip) {
      return error();
    }
    // The new header is made in the target: if the frame proves to be cut, the old one still holds.
    System.arraycopy(headers, lastSlot * STRIDE, target, ip, header);
    int tcp = ip + Ipv4.headerLength(target, ip);
    boolean endsUrgent = change(changes, frame, target, ip, tcp, header);
    int data = end - at;
    int total = header + data;
    if (data < 0 || total > Ipv4.MAX_LENGTH || total > target.length - ip) {
      return error();
    }
    compressed++;
    Ipv4.setTotalLength(target, ip, total);
    Ipv4.seal(target, ip);
    System.arraycopy(target, ip, headers, lastSlot * STRIDE, header);
    System.arraycopy(frame, at, target, ip + header, data);
    return endsUrgent ? mismatch() : deliver(target, ip, tcp, total);
  }

  /// Changes the header at `ip` as the frame from `at` on says.
  ///
  /// @return whether urgent data end but the urgent pointer stays. No sender does that, they all
  ///   reset the pointer and so send a whole header. Who has missed that, and with it one octet of
  ///   urgent data, is wrong in the sequence number by what the pointer makes up for
  private boolean change(int changes, byte[] frame, byte[] target, int ip, int tcp, int header) {
    Tcp.setChecksum(target, tcp, get16(frame, at));
    at += 2;
    boolean wasUrgent = (Tcp.controlBits(target, tcp) & Tcp.URG) != 0;
    int flags = Tcp.controlBits(target, tcp) & ~(Tcp.PSH | Tcp.URG);
    int sequence = 0;
    int acknowledgment = 0;
    switch (changes & SPECIALS) {
      case SPECIAL_I -> {
        sequence = Ipv4.totalLength(target, ip) - header;
        acknowledgment = sequence;
      }
      case SPECIAL_D -> sequence = Ipv4.totalLength(target, ip) - header;
      default -> {
        if ((changes & NEW_U) != 0) {
          flags |= Tcp.URG;
          Tcp.setUrgentPointer(target, tcp, number(frame));
        }
        if ((changes & NEW_W) != 0) {
          Tcp.setWindow(target, tcp, Tcp.window(target, tcp) + number(frame));
        }
        if ((changes & NEW_A) != 0) {
          acknowledgment = number(frame);
        }
        if ((changes & NEW_S) != 0) {
          sequence = number(frame);
        }
      }
    }
    int identification = (changes & NEW_I) == 0 ? 1 : number(frame);
    if ((changes & PUSH) != 0) {
      flags |= Tcp.PSH;
    }
    Tcp.setSequence(target, tcp, Tcp.sequence(target, tcp) + sequence);
    Tcp.setAcknowledgment(target, tcp, Tcp.acknowledgment(target, tcp) + acknowledgment);
    Tcp.setControlBits(target, tcp, flags);
    Ipv4.setIdentification(target, ip, Ipv4.identification(target, ip) + identification);
    return wasUrgent && (flags & Tcp.URG) == 0 && Tcp.urgentPointer(target, tcp) != 0;
  }

  /// Reads the number at `at`. One that is cut reads as 0 and leaves `at` beyond the end.
  private int number(byte[] frame) {
    int from = at;
    at += from < end && frame[from] == 0 ? 3 : 1;
    if (at > end) {
      return 0;
    }
    return at - from == 1 ? frame[from] & 0xff : get16(frame, from + 1);
  }

  private static int get16(byte[] b, int at) {
    return ((b[at] & 0xff) << 8) | (b[at + 1] & 0xff);
  }

  private int deliver(byte[] packet, int ip, int tcp, int total) {
    // With a source route the checksum is over the last destination, not the next one.
    boolean fits =
        Ipv4.hasSourceRoute(packet, ip) || Tcp.isIntact(packet, ip, tcp, total - (tcp - ip));
    return fits ? total : mismatch();
  }

  /// What is remembered in the last slot, or what has just come for it, is wrong.
  private int mismatch() {
    mismatches++;
    headerLengths[lastSlot] = 0;
    toss();
    return NOTHING;
  }

  private int error() {
    errors++;
    toss();
    return NOTHING;
  }

  /// Says that something was lost or damaged before the next frame: a bad frame check, a line
  /// error, a frame dropped.
  public void toss() {
    tossing = true;
  }

  /// Forgets all connections, because the line is another one. Counters stay.
  public void reset() {
    Arrays.fill(headerLengths, 0);
    lastSlot = NO_SLOT;
    tossing = true;
  }

  /// Compressed packets rebuilt.
  public long compressed() {
    return compressed;
  }

  /// Uncompressed packets remembered.
  public long uncompressed() {
    return uncompressed;
  }

  /// Frames that were cut, had a header that can't be, or a slot out of range.
  public long errors() {
    return errors;
  }

  /// Compressed packets dropped because their slot, or what it should hold, is not known.
  public long tossed() {
    return tossed;
  }

  /// Packets not delivered because their TCP checksum was wrong or their urgent pointer stale.
  public long mismatches() {
    return mismatches;
  }
}
