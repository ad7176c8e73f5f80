package linedisc.slip.vj;

import static linedisc.slip.vj.VjFormat.NEW_A;
import static linedisc.slip.vj.VjFormat.NEW_C;
import static linedisc.slip.vj.VjFormat.NEW_I;
import static linedisc.slip.vj.VjFormat.NEW_S;
import static linedisc.slip.vj.VjFormat.NEW_U;
import static linedisc.slip.vj.VjFormat.NEW_W;
import static linedisc.slip.vj.VjFormat.PUSH;
import static linedisc.slip.vj.VjFormat.SPECIAL_D;
import static linedisc.slip.vj.VjFormat.SPECIAL_I;
import static linedisc.slip.vj.VjFormat.STRIDE;

import java.util.Arrays;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;

/// The sending end of RFC 1144 (section 3.2.3).
///
/// Packets must be compressed in the order in which they are sent. Not thread-safe: belongs to the
/// lock of its port. Allocates nothing after construction.
public final class VjCompressor {
  private static final int FLAGS_THAT_MATTER = Tcp.SYN | Tcp.FIN | Tcp.RST | Tcp.ACK;
  private static final int NO_SLOT = -1;

  private final boolean compressSlotId;

  /// The last header sent of each slot, [VjFormat#STRIDE] apart.
  private final byte[] headers;

  /// Source and destination address of each slot.
  private final long[] addresses;

  /// Source and destination port of each slot.
  private final int[] ports;

  /// When each slot was last used, counted in packets; 0 = empty.
  private final long[] lastUse;

  private long uses;
  private int lastSlot = NO_SLOT;
  private VjType type = VjType.IP;

  private long compressed;
  private long uncompressed;
  private long plainTcp;
  private long misses;

  /// A compressor that remembers nothing yet.
  ///
  /// @param slots connections to remember, 1 to 256; no more than the peer has
  /// @param compressSlotId whether the slot may be left out when it is that of the packet before.
  ///   Only for lines whose receiver notices lost frames (RFC 1332 section 4.1); SLIP always does
  ///   it
  public VjCompressor(int slots, boolean compressSlotId) {
    this.compressSlotId = compressSlotId;
    headers = new byte[VjFormat.checkSlots(slots) * STRIDE];
    addresses = new long[slots];
    ports = new int[slots];
    lastUse = new long[slots];
  }

  /// Compresses one packet, or copies it. What there is now in `target` has the type [#type()].
  ///
  /// @param packet holds the packet, not changed
  /// @param length octets of the packet, no more than its total length says: a packet with
  ///   something behind it is copied as it is
  /// @param target gets the frame; room for `length` octets, not overlapping the packet
  /// @return octets written, at most `length`
  public int compress(byte[] packet, int offset, int length, byte[] target, int targetOffset) {
    if (Ipv4.check(packet, offset, length) != length
        || Ipv4.protocol(packet, offset) != Ip.TCP
        || Ipv4.isFragment(packet, offset)) {
      return send(VjType.IP, packet, offset, length, target, targetOffset);
    }
    int tcp = offset + Ipv4.headerLength(packet, offset);
    int tcpHeader = Tcp.check(packet, tcp, length - (tcp - offset));
    if (tcpHeader < 0
        || (Tcp.controlBits(packet, tcp) & FLAGS_THAT_MATTER) != Tcp.ACK
        // The far end computes this checksum anew: it would make a damaged header look right.
        || !Ipv4.isHeaderIntact(packet, offset)) {
      plainTcp++;
      return send(VjType.IP, packet, offset, length, target, targetOffset);
    }
    int header = tcp - offset + tcpHeader;
    int slot = find(packet, offset, tcp);
    int written = NO_SLOT;
    if (slot < 0) {
      misses++;
      slot = takeOldest(packet, offset, tcp);
    } else {
      written = compress(slot, packet, offset, tcp, header, length, target, targetOffset);
    }
    lastUse[slot] = ++uses;
    lastSlot = slot;
    System.arraycopy(packet, offset, headers, slot * STRIDE, header);
    if (written > 0) {
      compressed++;
      type = VjType.COMPRESSED_TCP;
      return written;
    }
    uncompressed++;
    send(VjType.UNCOMPRESSED_TCP, packet, offset, length, target, targetOffset);
    Ipv4.setProtocol(target, targetOffset, slot);
    return length;
  }

  private int send(
      VjType as, byte[] packet, int offset, int length, byte[] target, int targetOffset) {
    type = as;
    System.arraycopy(packet, offset, target, targetOffset, length);
    return length;
  }

  private int find(byte[] packet, int ip, int tcp) {
    long address = addresses(packet, ip);
    int port = Tcp.ports(packet, tcp);
    if (lastSlot >= 0 && isUsedBy(lastSlot, address, port)) {
      return lastSlot;
    }
    for (int slot = 0; slot < addresses.length; slot++) {
      if (isUsedBy(slot, address, port)) {
        return slot;
      }
    }
    return NO_SLOT;
  }

  private boolean isUsedBy(int slot, long address, int port) {
    return addresses[slot] == address && ports[slot] == port && lastUse[slot] != 0;
  }

  private static long addresses(byte[] packet, int ip) {
    return ((long) Ipv4.source(packet, ip) << 32) | (Ipv4.destination(packet, ip) & 0xffff_ffffL);
  }

  private int takeOldest(byte[] packet, int ip, int tcp) {
    int oldest = 0;
    for (int slot = 1; slot < lastUse.length; slot++) {
      if (lastUse[slot] < lastUse[oldest]) {
        oldest = slot;
      }
    }
    addresses[oldest] = addresses(packet, ip);
    ports[oldest] = Tcp.ports(packet, tcp);
    return oldest;
  }

  /// Writes what has changed since the last packet of `slot`, and the data.
  ///
  /// @return octets written, or -1 if the packet must go uncompressed
  private int compress(
      int slot,
      byte[] packet,
      int ip,
      int tcp,
      int header,
      int length,
      byte[] target,
      int targetOffset) {
    int oldIp = slot * STRIDE;
    int oldTcp = oldIp + (tcp - ip);
    if (!isSameConnection(packet, ip, tcp, header, oldIp, oldTcp)) {
      return NO_SLOT;
    }
    boolean slotGiven = !compressSlotId || slot != lastSlot;
    int checksum = targetOffset + (slotGiven ? 2 : 1);
    int deltas = checksum + 2;
    int at = deltas;
    int changes = 0;

    int control = Tcp.controlBits(packet, tcp);
    if ((control & Tcp.URG) != 0) {
      at = encode(target, at, Tcp.urgentPointer(packet, tcp));
      changes |= NEW_U;
    } else if (Tcp.urgentPointer(packet, tcp) != Tcp.urgentPointer(headers, oldTcp)
        || (Tcp.controlBits(headers, oldTcp) & Tcp.URG) != 0) {
      // Most receivers leave URG as it was in the special cases; and see VjDecompressor.
      return NO_SLOT;
    }
    int window = Tcp.window(packet, tcp) - Tcp.window(headers, oldTcp) & 0xffff;
    if (window != 0) {
      at = encode(target, at, window);
      changes |= NEW_W;
    }
    int ack = Tcp.acknowledgment(packet, tcp) - Tcp.acknowledgment(headers, oldTcp);
    if (ack != 0) {
      if (ack >>> 16 != 0) {
        return NO_SLOT;
      }
      at = encode(target, at, ack);
      changes |= NEW_A;
    }
    int sequence = Tcp.sequence(packet, tcp) - Tcp.sequence(headers, oldTcp);
    if (sequence != 0) {
      if (sequence >>> 16 != 0) {
        return NO_SLOT;
      }
      at = encode(target, at, sequence);
      changes |= NEW_S;
    }

    int oldData = Ipv4.totalLength(headers, oldIp) - header;
    switch (changes) {
      case 0 -> {
        // Data after a bare acknowledgment. Anything else is sent again, or probes the window:
        // perhaps because the far end has lost its place, so it gets the whole header.
        if (oldData != 0 || length == header) {
          return NO_SLOT;
        }
      }
      // Can't be told from the special cases.
      case SPECIAL_I, SPECIAL_D -> {
        return NO_SLOT;
      }
      case NEW_S -> {
        if (sequence == oldData) {
          changes = SPECIAL_D;
          at = deltas;
        }
      }
      case NEW_S | NEW_A -> {
        if (sequence == oldData && ack == oldData) {
          changes = SPECIAL_I;
          at = deltas;
        }
      }
      default -> {}
    }
    int identification =
        Ipv4.identification(packet, ip) - Ipv4.identification(headers, oldIp) & 0xffff;
    if (identification != 1) {
      at = encode(target, at, identification);
      changes |= NEW_I;
    }
    if ((control & Tcp.PSH) != 0) {
      changes |= PUSH;
    }
    if (slotGiven) {
      changes |= NEW_C;
      target[targetOffset + 1] = (byte) slot;
    }
    target[targetOffset] = (byte) changes;
    put16(target, checksum, Tcp.checksum(packet, tcp));
    int data = length - header;
    System.arraycopy(packet, ip + header, target, at, data);
    return at + data - targetOffset;
  }

  /// Whether nothing differs but what the deltas can say. The RFC's code lets changes of the
  /// control bits that came later (ECE, CWR) and of the reserved ones slip through.
  private boolean isSameConnection(
      byte[] packet, int ip, int tcp, int header, int oldIp, int oldTcp) {
    return packet[ip] == headers[oldIp]
        && Ipv4.typeOfService(packet, ip) == Ipv4.typeOfService(headers, oldIp)
        && Ipv4.flagsAndOffset(packet, ip) == Ipv4.flagsAndOffset(headers, oldIp)
        && Ipv4.timeToLive(packet, ip) == Ipv4.timeToLive(headers, oldIp)
        && ((Tcp.offsetAndControlBits(packet, tcp) ^ Tcp.offsetAndControlBits(headers, oldTcp))
                & ~(Tcp.PSH | Tcp.URG))
            == 0
        && Arrays.equals(
            packet, ip + Ipv4.HEADER_LENGTH, tcp, headers, oldIp + Ipv4.HEADER_LENGTH, oldTcp)
        && Arrays.equals(
            packet,
            tcp + Tcp.HEADER_LENGTH,
            ip + header,
            headers,
            oldTcp + Tcp.HEADER_LENGTH,
            oldIp + header);
  }

  private static int encode(byte[] target, int at, int number) {
    if (number > 0 && number < 256) {
      target[at] = (byte) number;
      return at + 1;
    }
    target[at] = 0;
    put16(target, at + 1, number);
    return at + 3;
  }

  private static void put16(byte[] b, int at, int value) {
    b[at] = (byte) (value >> 8);
    b[at + 1] = (byte) value;
  }

  /// The type of what [#compress] has written last.
  public VjType type() {
    return type;
  }

  /// Forgets all connections, because frames have not reached the line or the line is another one:
  /// the next packet of each goes uncompressed. Counters stay.
  public void reset() {
    Arrays.fill(lastUse, 0);
    lastSlot = NO_SLOT;
  }

  /// TCP packets sent compressed.
  public long compressed() {
    return compressed;
  }

  /// TCP packets sent uncompressed, to be remembered.
  public long uncompressed() {
    return uncompressed;
  }

  /// TCP packets sent as they are, because they can't be compressed.
  public long plainTcp() {
    return plainTcp;
  }

  /// Packets of connections that had no slot.
  public long misses() {
    return misses;
  }
}
