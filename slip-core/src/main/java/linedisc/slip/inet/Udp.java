package linedisc.slip.inet;

import static linedisc.slip.inet.NetworkOrder.get16;
import static linedisc.slip.inet.NetworkOrder.put16;

/// A UDP header (RFC 768): source port, destination port, length, checksum, two octets each.
///
/// `offset` is where the header begins, checked by [#check].
public final class Udp {
  /// Octets of the header.
  public static final int HEADER_LENGTH = 8;

  static final int DESTINATION_PORT = 2;
  static final int LENGTH = 4;
  static final int CHECKSUM = 6;

  private Udp() {}

  /// Checks the length field; not the checksum, see [#isIntact].
  ///
  /// @param length octets of IP payload at `offset`
  /// @return octets of header and data, at most `length`; [Ip#MALFORMED] if it is cut
  public static int check(byte[] b, int offset, int length) {
    if (length < HEADER_LENGTH) {
      return Ip.MALFORMED;
    }
    int total = get16(b, offset + LENGTH);
    return total >= HEADER_LENGTH && total <= length ? total : Ip.MALFORMED;
  }

  /// Whether the checksum is right. The sender of an IPv4 packet may do without and write 0; over
  /// IPv6 that is wrong (RFC 8200 section 8.1).
  ///
  /// @param ip where the checked IPv4 or IPv6 header begins
  public static boolean isIntact(byte[] b, int ip, int offset) {
    if (get16(b, offset + CHECKSUM) == 0) {
      return Ip.version(b, ip) == Ipv4.VERSION;
    }
    int length = get16(b, offset + LENGTH);
    long sum = InternetChecksum.pseudoHeader(b, ip, Ip.UDP, length);
    return InternetChecksum.of(InternetChecksum.add(sum, b, offset, length)) == 0;
  }

  /// Source port.
  public static int sourcePort(byte[] b, int offset) {
    return get16(b, offset);
  }

  /// Destination port.
  public static int destinationPort(byte[] b, int offset) {
    return get16(b, offset + DESTINATION_PORT);
  }

  /// Octets of header and data.
  public static int length(byte[] b, int offset) {
    return get16(b, offset + LENGTH);
  }

  /// Computes the checksum anew, once the data are in place. A sum of 0 is sent as ffff.
  ///
  /// @param ip where the checked IPv4 or IPv6 header begins
  public static void seal(byte[] b, int ip, int offset) {
    int length = length(b, offset);
    put16(b, offset + CHECKSUM, 0);
    long sum = InternetChecksum.pseudoHeader(b, ip, Ip.UDP, length);
    int checksum = InternetChecksum.of(InternetChecksum.add(sum, b, offset, length));
    put16(b, offset + CHECKSUM, checksum == 0 ? 0xffff : checksum);
  }

  /// Writes a header with checksum 0; [#seal] ends the work.
  ///
  /// @param offset where to write [#HEADER_LENGTH] octets
  /// @param data octets that follow the header
  /// @return octets written
  public static int write(byte[] b, int offset, int sourcePort, int destinationPort, int data) {
    put16(b, offset, sourcePort);
    put16(b, offset + DESTINATION_PORT, destinationPort);
    put16(b, offset + LENGTH, HEADER_LENGTH + data);
    put16(b, offset + CHECKSUM, 0);
    return HEADER_LENGTH;
  }
}
