package linedisc.serial.forward;

import linedisc.slip.inet.InternetChecksum;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Ipv6;
import linedisc.slip.inet.Tcp;

/// Lowers the Maximum Segment Size option of a TCP connection's first segments to what a path has
/// room for (RFC 9293 section 3.7.1), and brings the checksum up to date (RFC 1624).
final class SegmentClamp {
  private SegmentClamp() {}

  /// Changes a checked packet, if it is a SYN that asks for longer segments. A checksum that was
  /// wrong stays wrong.
  ///
  /// @param b the packet from index 0
  /// @param mtu the smallest on the way, in octets
  static void apply(byte[] b, int length, int mtu) {
    boolean ipv4 = Ip.version(b, 0) == Ipv4.VERSION;
    int tcp = ipv4 ? Ipv4.headerLength(b, 0) : Ipv6.HEADER_LENGTH;
    int protocol = ipv4 ? Ipv4.protocol(b, 0) : Ipv6.nextHeader(b, 0);
    if (protocol != Ip.TCP || (ipv4 && Ipv4.isFragment(b, 0))) {
      return;
    }
    if (Tcp.check(b, tcp, length - tcp) == Ip.MALFORMED
        || (Tcp.controlBits(b, tcp) & Tcp.SYN) == 0) {
      return;
    }
    int room = mtu - (ipv4 ? Ipv4.HEADER_LENGTH : Ipv6.HEADER_LENGTH) - Tcp.HEADER_LENGTH;
    int at = Tcp.findMaximumSegmentSize(b, tcp);
    if (at >= 0) {
      lower(b, tcp, at, room);
    }
  }

  private static void lower(byte[] b, int tcp, int at, int room) {
    if (room <= 0 || word(b, at) <= room) {
      return;
    }
    // The option may begin anywhere; the words under the checksum begin at even places.
    int first = at - ((at - tcp) & 1);
    int last = at + 1 - ((at + 1 - tcp) & 1);
    int firstBefore = word(b, first);
    int lastBefore = word(b, last);
    b[at] = (byte) (room >>> 8);
    b[at + 1] = (byte) room;
    int checksum = InternetChecksum.update(Tcp.checksum(b, tcp), firstBefore, word(b, first));
    if (last != first) {
      checksum = InternetChecksum.update(checksum, lastBefore, word(b, last));
    }
    Tcp.setChecksum(b, tcp, checksum);
  }

  private static int word(byte[] b, int at) {
    return (b[at] & 0xff) << 8 | (b[at + 1] & 0xff);
  }
}
