package linedisc.slip.inet;

import static linedisc.slip.inet.NetworkOrder.get16;
import static linedisc.slip.inet.NetworkOrder.get8;
import static linedisc.slip.inet.NetworkOrder.put16;
import static linedisc.slip.inet.NetworkOrder.put32;
import static linedisc.slip.inet.NetworkOrder.put8;

/// An ICMPv6 message (RFC 4443 section 2.1). Unlike ICMP its checksum covers a pseudo header.
///
/// `offset` is where the message begins, `length` its octets, `ip` where the IPv6 header begins;
/// checked by [#check].
public final class Icmpv6 {
  /// Octets before the data.
  public static final int HEADER_LENGTH = 8;

  /// Type Destination Unreachable.
  public static final int DESTINATION_UNREACHABLE = 1;

  /// Type Packet Too Big.
  public static final int PACKET_TOO_BIG = 2;

  /// Type Time Exceeded.
  public static final int TIME_EXCEEDED = 3;

  /// Type Parameter Problem; the second word points at what is wrong.
  public static final int PARAMETER_PROBLEM = 4;

  /// Type Echo Request.
  public static final int ECHO_REQUEST = 128;

  /// Type Echo Reply.
  public static final int ECHO_REPLY = 129;

  /// Destination Unreachable, code no route to destination.
  public static final int NO_ROUTE = 0;

  /// Destination Unreachable, code address unreachable.
  public static final int ADDRESS_UNREACHABLE = 3;

  /// Destination Unreachable, code port unreachable.
  public static final int PORT_UNREACHABLE = 4;

  /// Code under Parameter Problem: nobody knows what follows.
  public static final int UNRECOGNIZED_NEXT_HEADER = 1;

  static final int CODE = 1;
  static final int CHECKSUM = 2;
  static final int IDENTIFIER = 4;
  static final int SEQUENCE = 6;

  private Icmpv6() {}

  /// Checks length and checksum.
  ///
  /// @return `length`; [Ip#MALFORMED] if the message is cut or damaged
  public static int check(byte[] b, int ip, int offset, int length) {
    return length >= HEADER_LENGTH && checksum(b, ip, offset, length) == 0 ? length : Ip.MALFORMED;
  }

  private static int checksum(byte[] b, int ip, int offset, int length) {
    long sum = InternetChecksum.pseudoHeader6(b, ip, Ip.ICMPV6, length);
    return InternetChecksum.of(InternetChecksum.add(sum, b, offset, length));
  }

  /// Type; below 128 it is an error message.
  public static int type(byte[] b, int offset) {
    return get8(b, offset);
  }

  /// Code.
  public static int code(byte[] b, int offset) {
    return get8(b, offset + CODE);
  }

  /// Identifier of an Echo Request or Echo Reply.
  public static int identifier(byte[] b, int offset) {
    return get16(b, offset + IDENTIFIER);
  }

  /// Sequence number of an Echo Request or Echo Reply.
  public static int sequence(byte[] b, int offset) {
    return get16(b, offset + SEQUENCE);
  }

  /// Whether a message reports an error, so that no error may be sent about it (RFC 4443 section
  /// 2.4).
  public static boolean isError(byte[] b, int offset) {
    return type(b, offset) < 128;
  }

  /// Writes the header of an Echo Request or Echo Reply with checksum 0; [#seal] ends the work when
  /// the data are in place.
  ///
  /// @param type [#ECHO_REQUEST] or [#ECHO_REPLY]
  /// @return octets written
  public static int writeEcho(byte[] b, int offset, int type, int identifier, int sequence) {
    put8(b, offset, type);
    put8(b, offset + CODE, 0);
    put16(b, offset + CHECKSUM, 0);
    put16(b, offset + IDENTIFIER, identifier);
    put16(b, offset + SEQUENCE, sequence);
    return HEADER_LENGTH;
  }

  /// Makes the Echo Request at `offset` its own Echo Reply; the checksum stays right. The addresses
  /// are swapped with [Ipv6#swapAddresses].
  public static void reply(byte[] b, int offset) {
    int before = get16(b, offset);
    int after = ECHO_REPLY << 8;
    put16(b, offset, after);
    put16(
        b, offset + CHECKSUM, InternetChecksum.update(get16(b, offset + CHECKSUM), before, after));
  }

  /// Writes an error about a packet with checksum 0: header, then as much of the packet as the
  /// least MTU leaves room for (RFC 4443 section 2.4). [#seal] ends the work when the IPv6 header
  /// is in place.
  ///
  /// @param rest what goes into octets 4 to 7: the MTU for [#PACKET_TOO_BIG], else 0
  /// @param packet array of the checked IPv6 packet that the error is about
  /// @param packetOffset where that packet begins
  /// @return octets written, at most [Ipv6#MIN_MTU] - [Ipv6#HEADER_LENGTH]
  public static int writeError(
      byte[] b, int offset, int type, int code, int rest, byte[] packet, int packetOffset) {
    int quoted =
        Math.min(
            Ipv6.HEADER_LENGTH + Ipv6.payloadLength(packet, packetOffset),
            Ipv6.MIN_MTU - Ipv6.HEADER_LENGTH - HEADER_LENGTH);
    put8(b, offset, type);
    put8(b, offset + CODE, code);
    put16(b, offset + CHECKSUM, 0);
    put32(b, offset + IDENTIFIER, rest);
    System.arraycopy(packet, packetOffset, b, offset + HEADER_LENGTH, quoted);
    return HEADER_LENGTH + quoted;
  }

  /// Computes the checksum anew.
  public static void seal(byte[] b, int ip, int offset, int length) {
    put16(b, offset + CHECKSUM, 0);
    put16(b, offset + CHECKSUM, checksum(b, ip, offset, length));
  }
}
