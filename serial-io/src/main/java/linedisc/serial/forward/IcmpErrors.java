package linedisc.serial.forward;

import java.net.InetAddress;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.NetworkProtocol;
import linedisc.slip.inet.Icmp;
import linedisc.slip.inet.Icmpv6;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Ipv6;
import org.jspecify.annotations.Nullable;

/// Writes the ICMP error about a packet, where one may be sent at all.
final class IcmpErrors {
  /// What is wrong with a packet; each has a type and code of its own in ICMP and in ICMPv6.
  enum Reason {
    NO_ROUTE(
        Icmp.DESTINATION_UNREACHABLE,
        Icmp.NET_UNREACHABLE,
        Icmpv6.DESTINATION_UNREACHABLE,
        Icmpv6.NO_ROUTE),
    HOST_UNREACHABLE(
        Icmp.DESTINATION_UNREACHABLE,
        Icmp.HOST_UNREACHABLE,
        Icmpv6.DESTINATION_UNREACHABLE,
        Icmpv6.ADDRESS_UNREACHABLE),
    PROTOCOL_UNREACHABLE(
        Icmp.DESTINATION_UNREACHABLE,
        Icmp.PROTOCOL_UNREACHABLE,
        Icmpv6.PARAMETER_PROBLEM,
        Icmpv6.UNRECOGNIZED_NEXT_HEADER),
    PORT_UNREACHABLE(
        Icmp.DESTINATION_UNREACHABLE,
        Icmp.PORT_UNREACHABLE,
        Icmpv6.DESTINATION_UNREACHABLE,
        Icmpv6.PORT_UNREACHABLE),
    EXPIRED(Icmp.TIME_EXCEEDED, 0, Icmpv6.TIME_EXCEEDED, 0),
    TOO_BIG(Icmp.DESTINATION_UNREACHABLE, Icmp.FRAGMENTATION_NEEDED, Icmpv6.PACKET_TOO_BIG, 0);

    private final int type4;
    private final int code4;
    private final int type6;
    private final int code6;

    Reason(int type4, int code4, int type6, int code6) {
      this.type4 = type4;
      this.code4 = code4;
      this.type6 = type6;
      this.code6 = code6;
    }
  }

  /// The longest error, in octets.
  static final int MAX_LENGTH = Ipv6.MIN_MTU;

  private static final int TIME_TO_LIVE = 64;
  private static final int FRAGMENT_OFFSET = 0x1fff;

  private IcmpErrors() {}

  /// Writes the error about a checked packet.
  ///
  /// @param error where to, [#MAX_LENGTH] octets
  /// @param in the interface that the packet came in by: the error comes from its address
  /// @param mtu for [Reason#TOO_BIG]
  /// @return its length; 0: no error may be sent about this packet (RFC 1122 section 3.2.2, RFC
  ///   4443 section 2.4), or there is no address to send it from
  static int write(byte[] error, byte[] b, int offset, NetInterface in, Reason reason, int mtu) {
    return Ip.version(b, offset) == Ipv4.VERSION
        ? write4(error, b, offset, in, reason, mtu)
        : write6(error, b, offset, in, reason, mtu);
  }

  private static int write4(
      byte[] error, byte[] b, int offset, NetInterface in, Reason reason, int mtu) {
    InetAddress from = local(in, NetworkProtocol.IPV4);
    int source = Ipv4.source(b, offset);
    int header = Ipv4.headerLength(b, offset);
    boolean laterFragment = (Ipv4.flagsAndOffset(b, offset) & FRAGMENT_OFFSET) != 0;
    boolean oneHost = source != 0 && isUnicast(source) && isUnicast(Ipv4.destination(b, offset));
    if (from == null || laterFragment || !oneHost) {
      return 0;
    }
    if (Ipv4.protocol(b, offset) == Ip.ICMP
        && (Ipv4.totalLength(b, offset) == header || Icmp.isError(b, offset + header))) {
      return 0;
    }
    int rest = reason == Reason.TOO_BIG ? mtu : 0;
    int length =
        Icmp.writeError(error, Ipv4.HEADER_LENGTH, reason.type4, reason.code4, rest, b, offset);
    byte[] local = from.getAddress();
    int address = 0;
    for (byte octet : local) {
      address = address << 8 | (octet & 0xff);
    }
    Ipv4.write(error, 0, 0, 0, TIME_TO_LIVE, Ip.ICMP, address, source, length);
    return Ipv4.HEADER_LENGTH + length;
  }

  private static int write6(
      byte[] error, byte[] b, int offset, NetInterface in, Reason reason, int mtu) {
    InetAddress from = local(in, NetworkProtocol.IPV6);
    if (from == null || Ipv6.isMulticast(b, offset) || isUnspecifiedOrMulticastSource(b, offset)) {
      return 0;
    }
    if (Ipv6.nextHeader(b, offset) == Ip.ICMPV6
        && (Ipv6.payloadLength(b, offset) == 0 || Icmpv6.isError(b, offset + Ipv6.HEADER_LENGTH))) {
      return 0;
    }
    int rest =
        switch (reason) {
          case TOO_BIG -> mtu;
          case PROTOCOL_UNREACHABLE -> Ipv6.NEXT_HEADER;
          case NO_ROUTE, HOST_UNREACHABLE, PORT_UNREACHABLE, EXPIRED -> 0;
        };
    int length =
        Icmpv6.writeError(error, Ipv6.HEADER_LENGTH, reason.type6, reason.code6, rest, b, offset);
    byte[] to = new byte[Ipv6.ADDRESS_LENGTH];
    System.arraycopy(b, offset + Ipv6.SOURCE, to, 0, to.length);
    Ipv6.write(error, 0, 0, TIME_TO_LIVE, Ip.ICMPV6, from.getAddress(), to, length);
    Icmpv6.seal(error, 0, Ipv6.HEADER_LENGTH, length);
    return Ipv6.HEADER_LENGTH + length;
  }

  /// Neither multicast, class E nor broadcast, as far as the address alone tells.
  private static boolean isUnicast(int address) {
    return (address >>> 28) < 0xe;
  }

  private static boolean isUnspecifiedOrMulticastSource(byte[] b, int offset) {
    if (b[offset + Ipv6.SOURCE] == (byte) 0xff) {
      return true;
    }
    for (int i = 0; i < Ipv6.ADDRESS_LENGTH; i++) {
      if (b[offset + Ipv6.SOURCE + i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable InetAddress local(NetInterface in, NetworkProtocol protocol) {
    for (AddressPair pair : in.addresses()) {
      if (pair.protocol() == protocol) {
        return pair.local();
      }
    }
    return null;
  }
}
