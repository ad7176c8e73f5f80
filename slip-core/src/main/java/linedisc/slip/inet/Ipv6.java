package linedisc.slip.inet;

import static linedisc.slip.inet.NetworkOrder.get16;
import static linedisc.slip.inet.NetworkOrder.get32;
import static linedisc.slip.inet.NetworkOrder.get64;
import static linedisc.slip.inet.NetworkOrder.get8;
import static linedisc.slip.inet.NetworkOrder.put16;
import static linedisc.slip.inet.NetworkOrder.put32;
import static linedisc.slip.inet.NetworkOrder.put64;
import static linedisc.slip.inet.NetworkOrder.put8;

/// An IPv6 header (RFC 8200 section 3); extension headers are not looked at.
///
/// `offset` is where the header begins, checked by [#check].
public final class Ipv6 {
  /// The version nibble.
  public static final int VERSION = 6;

  /// Octets of the header.
  public static final int HEADER_LENGTH = 40;

  /// Octets of an address.
  public static final int ADDRESS_LENGTH = 16;

  /// Least MTU of a link that carries IPv6 (RFC 8200 section 5).
  public static final int MIN_MTU = 1280;

  /// Offset of the source address.
  public static final int SOURCE = 8;

  /// Offset of the destination address.
  public static final int DESTINATION = 24;

  static final int PAYLOAD_LENGTH = 4;

  /// Where the next header's number stands.
  public static final int NEXT_HEADER = 6;

  static final int HOP_LIMIT = 7;

  private Ipv6() {}

  /// Checks version and length.
  ///
  /// @param length octets there are at `offset`
  /// @return octets of header and payload, at most `length`; [Ip#MALFORMED] if the packet is cut or
  ///   no IPv6
  public static int check(byte[] b, int offset, int length) {
    if (length < HEADER_LENGTH || Ip.version(b, offset) != VERSION) {
      return Ip.MALFORMED;
    }
    int total = HEADER_LENGTH + payloadLength(b, offset);
    return total <= length ? total : Ip.MALFORMED;
  }

  /// Traffic class, today DSCP and ECN.
  public static int trafficClass(byte[] b, int offset) {
    return get16(b, offset) >> 4 & 0xff;
  }

  /// Flow label.
  public static int flowLabel(byte[] b, int offset) {
    return get32(b, offset) & 0xf_ffff;
  }

  /// Octets that follow the header.
  public static int payloadLength(byte[] b, int offset) {
    return get16(b, offset + PAYLOAD_LENGTH);
  }

  /// Protocol number of what follows.
  public static int nextHeader(byte[] b, int offset) {
    return get8(b, offset + NEXT_HEADER);
  }

  /// Hop limit.
  public static int hopLimit(byte[] b, int offset) {
    return get8(b, offset + HOP_LIMIT);
  }

  /// Whether the destination is a multicast group (RFC 4291 section 2.7).
  public static boolean isMulticast(byte[] b, int offset) {
    return get8(b, offset + DESTINATION) == 0xff;
  }

  /// Swaps source and destination; upper-layer checksums stay right.
  public static void swapAddresses(byte[] b, int offset) {
    for (int at = 0; at < ADDRESS_LENGTH; at += Long.BYTES) {
      long source = get64(b, offset + SOURCE + at);
      put64(b, offset + SOURCE + at, get64(b, offset + DESTINATION + at));
      put64(b, offset + DESTINATION + at, source);
    }
  }

  /// Counts the hop limit down by one, as a router does.
  ///
  /// @return whether the packet may go on; if not, it is unchanged
  public static boolean decrementHopLimit(byte[] b, int offset) {
    int limit = hopLimit(b, offset);
    if (limit <= 1) {
      return false;
    }
    put8(b, offset + HOP_LIMIT, limit - 1);
    return true;
  }

  /// Sets the hop limit.
  public static void setHopLimit(byte[] b, int offset, int hopLimit) {
    put8(b, offset + HOP_LIMIT, hopLimit);
  }

  /// Writes a header with flow label 0.
  ///
  /// @param offset where to write [#HEADER_LENGTH] octets
  /// @param source 16 octets, from index 0
  /// @param destination 16 octets, from index 0
  /// @param payload octets that follow the header, up to 65535
  /// @return octets written
  public static int write(
      byte[] b,
      int offset,
      int trafficClass,
      int hopLimit,
      int nextHeader,
      byte[] source,
      byte[] destination,
      int payload) {
    put32(b, offset, VERSION << 28 | trafficClass << 20);
    put16(b, offset + PAYLOAD_LENGTH, payload);
    put8(b, offset + NEXT_HEADER, nextHeader);
    put8(b, offset + HOP_LIMIT, hopLimit);
    System.arraycopy(source, 0, b, offset + SOURCE, ADDRESS_LENGTH);
    System.arraycopy(destination, 0, b, offset + DESTINATION, ADDRESS_LENGTH);
    return HEADER_LENGTH;
  }
}
