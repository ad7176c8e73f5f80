package linedisc.slip.inet;

import static linedisc.slip.inet.NetworkOrder.get16;
import static linedisc.slip.inet.NetworkOrder.get64;
import static linedisc.slip.inet.NetworkOrder.get8;

/// The checksum of IPv4, TCP, UDP, ICMP and ICMPv6 (RFC 1071): the one's complement of the one's
/// complement sum of 16-bit words.
///
/// A sum is kept unfolded in a `long`, so that pieces (a pseudo header, then the data) can be added
/// one after the other; each piece but the last has an even length. [#of(long)] folds it.
public final class InternetChecksum {
  private InternetChecksum() {}

  /// Adds the words of `length` octets at `offset` to `sum`. An odd last octet counts as the high
  /// half of a word.
  ///
  /// @param sum what went before, 0 to begin
  /// @return the unfolded sum
  public static long add(long sum, byte[] b, int offset, int length) {
    int at = offset;
    int end = offset + length;
    // 2^16 is 1 in this arithmetic, so 32-bit words add up to the same; 2^31 octets can't overflow.
    for (; end - at >= Long.BYTES; at += Long.BYTES) {
      long word = get64(b, at);
      sum += (word >>> 32) + (word & 0xffff_ffffL);
    }
    for (; end - at >= Short.BYTES; at += Short.BYTES) {
      sum += get16(b, at);
    }
    return at < end ? sum + (get8(b, at) << 8) : sum;
  }

  /// Adds the pseudo header of TCP or UDP over IPv4 (RFC 9293 section 3.1).
  ///
  /// @param ip where the checked IPv4 header begins
  /// @param protocol the protocol number of the segment
  /// @param length octets of the segment, header included
  /// @return the unfolded sum
  public static long pseudoHeader4(byte[] b, int ip, int protocol, int length) {
    return add(0, b, ip + Ipv4.SOURCE, 8) + protocol + length;
  }

  /// Adds the pseudo header of an upper-layer packet over IPv6 (RFC 8200 section 8.1).
  ///
  /// @param ip where the checked IPv6 header begins
  /// @param protocol the protocol number of the upper layer
  /// @param length octets of the upper-layer packet, header included
  /// @return the unfolded sum
  public static long pseudoHeader6(byte[] b, int ip, int protocol, int length) {
    return add(0, b, ip + Ipv6.SOURCE, 2 * Ipv6.ADDRESS_LENGTH) + protocol + length;
  }

  /// Adds the pseudo header for whichever version the checked packet at `ip` has.
  static long pseudoHeader(byte[] b, int ip, int protocol, int length) {
    return Ip.version(b, ip) == Ipv4.VERSION
        ? pseudoHeader4(b, ip, protocol, length)
        : pseudoHeader6(b, ip, protocol, length);
  }

  /// Folds a sum to the 16-bit checksum: what goes into the field if the field was 0 while summing;
  /// 0 if the field was part of the sum and is right.
  public static int of(long sum) {
    long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
    folded = (folded >>> 16) + (folded & 0xffff);
    folded = (folded >>> 16) + (folded & 0xffff);
    folded = (folded >>> 16) + (folded & 0xffff);
    return (int) ~folded & 0xffff;
  }

  /// The checksum of `length` octets at `offset`.
  public static int of(byte[] b, int offset, int length) {
    return of(add(0, b, offset, length));
  }

  /// The checksum after one 16-bit word under it has changed (RFC 1624, equation 3).
  ///
  /// @param checksum the field as it was
  /// @param before the word as it was
  /// @param after the word as it is now
  public static int update(int checksum, int before, int after) {
    return of((~checksum & 0xffff) + (~before & 0xffff) + (long) after);
  }
}
