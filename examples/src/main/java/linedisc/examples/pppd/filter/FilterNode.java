package linedisc.examples.pppd.filter;

import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Ipv6;

/// A compiled expression. Packets have passed the check of their IP header.
sealed interface FilterNode {
  /// Offset of the fragment, in eights of octets.
  int FRAGMENT_OFFSET = 0x1FFF;

  /// The extension header of a fragment (RFC 8200, section 4.5).
  int IPV6_FRAGMENT = 44;

  /// Octets of the extension header of a fragment.
  int IPV6_FRAGMENT_LENGTH = 8;

  /// Whether the packet matches.
  boolean matches(byte[] b, int offset, int length, boolean outbound);

  /// Every packet.
  record All() implements FilterNode {
    @Override
    public boolean matches(byte[] b, int offset, int length, boolean outbound) {
      return true;
    }
  }

  /// Both.
  record And(FilterNode left, FilterNode right) implements FilterNode {
    @Override
    public boolean matches(byte[] b, int offset, int length, boolean outbound) {
      return left.matches(b, offset, length, outbound)
          && right.matches(b, offset, length, outbound);
    }
  }

  /// Either.
  record Or(FilterNode left, FilterNode right) implements FilterNode {
    @Override
    public boolean matches(byte[] b, int offset, int length, boolean outbound) {
      return left.matches(b, offset, length, outbound)
          || right.matches(b, offset, length, outbound);
    }
  }

  /// Not that.
  record Not(FilterNode node) implements FilterNode {
    @Override
    public boolean matches(byte[] b, int offset, int length, boolean outbound) {
      return !node.matches(b, offset, length, outbound);
    }
  }

  /// The packet's way.
  record Way(boolean out) implements FilterNode {
    @Override
    public boolean matches(byte[] b, int offset, int length, boolean outbound) {
      return out == outbound;
    }
  }

  /// The version of IP.
  record Version(int version) implements FilterNode {
    @Override
    public boolean matches(byte[] b, int offset, int length, boolean outbound) {
      return Ip.version(b, offset) == version;
    }
  }

  /// The protocol in IP.
  record Protocol(int number) implements FilterNode {
    @Override
    public boolean matches(byte[] b, int offset, int length, boolean outbound) {
      return protocol(b, offset, length) == number;
    }
  }

  /// Which of two ends must fit.
  enum Side {
    SOURCE,
    DESTINATION,
    EITHER,
    BOTH;

    boolean join(boolean source, boolean destination) {
      return switch (this) {
        case SOURCE -> source;
        case DESTINATION -> destination;
        case EITHER -> source || destination;
        case BOTH -> source && destination;
      };
    }
  }

  /// IPv4 addresses of a network.
  record Net4(Side side, int base, int mask) implements FilterNode {
    @Override
    public boolean matches(byte[] b, int offset, int length, boolean outbound) {
      return Ip.version(b, offset) == Ipv4.VERSION
          && side.join(
              (Ipv4.source(b, offset) & mask) == base,
              (Ipv4.destination(b, offset) & mask) == base);
    }
  }

  /// IPv6 addresses of a network; upper and lower half.
  record Net6(Side side, long upper, long lower, long upperMask, long lowerMask)
      implements FilterNode {
    @Override
    public boolean matches(byte[] b, int offset, int length, boolean outbound) {
      return Ip.version(b, offset) == Ipv6.VERSION
          && side.join(fits(b, offset + Ipv6.SOURCE), fits(b, offset + Ipv6.DESTINATION));
    }

    private boolean fits(byte[] b, int at) {
      return (half(b, at) & upperMask) == upper && (half(b, at + 8) & lowerMask) == lower;
    }

    private static long half(byte[] b, int at) {
      long half = 0;
      for (int i = 0; i < 8; i++) {
        half = half << 8 | (b[at + i] & 0xFF);
      }
      return half;
    }
  }

  /// Ports of TCP, UDP and SCTP. A fragment that is not the first has none.
  ///
  /// @param low the lowest
  /// @param high the highest
  record Port(Side side, int low, int high) implements FilterNode {
    @Override
    public boolean matches(byte[] b, int offset, int length, boolean outbound) {
      int at = ports(b, offset, length);
      return at >= 0 && side.join(fits(b, at), fits(b, at + 2));
    }

    private boolean fits(byte[] b, int at) {
      int port = (b[at] & 0xFF) << 8 | (b[at + 1] & 0xFF);
      return port >= low && port <= high;
    }

    /// Where the two ports are, or -1.
    private static int ports(byte[] b, int offset, int length) {
      int protocol = protocol(b, offset, length);
      boolean has = protocol == Ip.TCP || protocol == Ip.UDP || protocol == Protocols.SCTP;
      int header;
      if (Ip.version(b, offset) == Ipv4.VERSION) {
        header = Ipv4.headerLength(b, offset);
        has &= (Ipv4.flagsAndOffset(b, offset) & FRAGMENT_OFFSET) == 0;
      } else {
        header = Ipv6.HEADER_LENGTH;
        if (Ipv6.nextHeader(b, offset) == IPV6_FRAGMENT) {
          int fragment = offset + header;
          header += IPV6_FRAGMENT_LENGTH;
          // The upper 13 bits of the third and fourth octet.
          has = has && b[fragment + 2] == 0 && (b[fragment + 3] & 0xF8) == 0;
        }
      }
      return has && header + 4 <= length ? offset + header : -1;
    }
  }

  /// The protocol's number, behind the header of a fragment too; -1 if it can't be seen.
  private static int protocol(byte[] b, int offset, int length) {
    if (Ip.version(b, offset) == Ipv4.VERSION) {
      return Ipv4.protocol(b, offset);
    }
    int next = Ipv6.nextHeader(b, offset);
    if (next != IPV6_FRAGMENT) {
      return next;
    }
    return length >= Ipv6.HEADER_LENGTH + IPV6_FRAGMENT_LENGTH
        ? b[offset + Ipv6.HEADER_LENGTH] & 0xFF
        : -1;
  }
}
