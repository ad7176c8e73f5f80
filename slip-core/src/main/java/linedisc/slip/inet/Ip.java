package linedisc.slip.inet;

import static linedisc.slip.inet.NetworkOrder.get8;

/// What the two versions of the Internet Protocol have in common.
public final class Ip {
  /// What a `check` returns instead of a length.
  public static final int MALFORMED = -1;

  /// Protocol number of ICMP.
  public static final int ICMP = 1;

  /// Protocol number of TCP.
  public static final int TCP = 6;

  /// Protocol number of UDP.
  public static final int UDP = 17;

  /// Protocol number (Next Header) of ICMPv6.
  public static final int ICMPV6 = 58;

  private Ip() {}

  /// The version field: the first nibble, whatever it is.
  public static int version(byte[] b, int offset) {
    return get8(b, offset) >> 4;
  }

  /// Checks the fixed header of an IPv4 or IPv6 packet.
  ///
  /// @param length octets there are at `offset`
  /// @return octets of the packet, at most `length`; [#MALFORMED] if it is neither, or cut
  public static int check(byte[] b, int offset, int length) {
    if (length < 1) {
      return MALFORMED;
    }
    return switch (version(b, offset)) {
      case Ipv4.VERSION -> Ipv4.check(b, offset, length);
      case Ipv6.VERSION -> Ipv6.check(b, offset, length);
      default -> MALFORMED;
    };
  }

  /// Whether a packet asks for the fast queue: bit "low delay" of the IPv4 type of service (RFC 791
  /// section 3.1), or the same bit of the IPv6 traffic class. As BSD's sl(4) and ppp(4) choose;
  /// interactive programs set it, and so does the DSCP of telephony, EF.
  ///
  /// @param length octets there are at `offset`; the packet need not be checked
  public static boolean isLowDelay(byte[] b, int offset, int length) {
    if (check(b, offset, length) == MALFORMED) {
      return false;
    }
    int service =
        version(b, offset) == Ipv4.VERSION
            ? Ipv4.typeOfService(b, offset)
            : Ipv6.trafficClass(b, offset);
    return (service & Ipv4.LOW_DELAY) != 0;
  }
}
