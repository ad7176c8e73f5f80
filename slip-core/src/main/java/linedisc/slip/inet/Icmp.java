package linedisc.slip.inet;

import static linedisc.slip.inet.NetworkOrder.get16;
import static linedisc.slip.inet.NetworkOrder.get8;
import static linedisc.slip.inet.NetworkOrder.put16;
import static linedisc.slip.inet.NetworkOrder.put32;
import static linedisc.slip.inet.NetworkOrder.put8;

/// An ICMP message (RFC 792): type, code, checksum, four octets that depend on the type, data.
///
/// `offset` is where the message begins, `length` its octets, checked by [#check].
public final class Icmp {
  /// Octets before the data.
  public static final int HEADER_LENGTH = 8;

  /// Type Echo Reply.
  public static final int ECHO_REPLY = 0;

  /// Type Destination Unreachable.
  public static final int DESTINATION_UNREACHABLE = 3;

  /// Type Echo.
  public static final int ECHO = 8;

  /// Type Time Exceeded.
  public static final int TIME_EXCEEDED = 11;

  /// Destination Unreachable, code net unreachable.
  public static final int NET_UNREACHABLE = 0;

  /// Destination Unreachable, code host unreachable.
  public static final int HOST_UNREACHABLE = 1;

  /// Destination Unreachable, code protocol unreachable.
  public static final int PROTOCOL_UNREACHABLE = 2;

  /// Destination Unreachable, code port unreachable.
  public static final int PORT_UNREACHABLE = 3;

  /// Destination Unreachable, code fragmentation needed and DF set.
  public static final int FRAGMENTATION_NEEDED = 4;

  static final int CODE = 1;
  static final int CHECKSUM = 2;
  static final int IDENTIFIER = 4;
  static final int SEQUENCE = 6;

  /// Octets of payload an error quotes, after the IP header (RFC 792).
  private static final int QUOTED = 8;

  private Icmp() {}

  /// Checks length and checksum.
  ///
  /// @return `length`; [Ip#MALFORMED] if the message is cut or damaged
  public static int check(byte[] b, int offset, int length) {
    return length >= HEADER_LENGTH && InternetChecksum.of(b, offset, length) == 0
        ? length
        : Ip.MALFORMED;
  }

  /// Type.
  public static int type(byte[] b, int offset) {
    return get8(b, offset);
  }

  /// Code.
  public static int code(byte[] b, int offset) {
    return get8(b, offset + CODE);
  }

  /// Identifier of an Echo or Echo Reply.
  public static int identifier(byte[] b, int offset) {
    return get16(b, offset + IDENTIFIER);
  }

  /// Sequence number of an Echo or Echo Reply.
  public static int sequence(byte[] b, int offset) {
    return get16(b, offset + SEQUENCE);
  }

  /// Whether a message reports an error, so that no error may be sent about it (RFC 1122 section
  /// 3.2.2).
  public static boolean isError(byte[] b, int offset) {
    return switch (type(b, offset)) {
      case DESTINATION_UNREACHABLE, 4, 5, TIME_EXCEEDED, 12 -> true;
      default -> false;
    };
  }

  /// Writes the header of an Echo or Echo Reply with checksum 0; [#seal] ends the work when the
  /// data are in place.
  ///
  /// @param type [#ECHO] or [#ECHO_REPLY]
  /// @return octets written
  public static int writeEcho(byte[] b, int offset, int type, int identifier, int sequence) {
    put8(b, offset, type);
    put8(b, offset + CODE, 0);
    put16(b, offset + CHECKSUM, 0);
    put16(b, offset + IDENTIFIER, identifier);
    put16(b, offset + SEQUENCE, sequence);
    return HEADER_LENGTH;
  }

  /// Makes the Echo at `offset` its own Echo Reply; the checksum stays right. The addresses are
  /// swapped with [Ipv4#swapAddresses].
  public static void reply(byte[] b, int offset) {
    int before = get16(b, offset);
    int after = ECHO_REPLY << 8;
    put16(b, offset, after);
    put16(
        b, offset + CHECKSUM, InternetChecksum.update(get16(b, offset + CHECKSUM), before, after));
  }

  /// Writes an error about a packet, checksum done: header, then the packet's IP header and the
  /// first 8 octets of its payload.
  ///
  /// @param rest what goes into octets 4 to 7; the next hop's MTU for [#FRAGMENTATION_NEEDED] (RFC
  ///   1191 section 4), else 0
  /// @param packet array of the checked IPv4 packet that the error is about
  /// @param packetOffset where that packet begins
  /// @return octets written, at most 76
  public static int writeError(
      byte[] b, int offset, int type, int code, int rest, byte[] packet, int packetOffset) {
    int quoted =
        Math.min(
            Ipv4.headerLength(packet, packetOffset) + QUOTED,
            Ipv4.totalLength(packet, packetOffset));
    put8(b, offset, type);
    put8(b, offset + CODE, code);
    put32(b, offset + IDENTIFIER, rest);
    System.arraycopy(packet, packetOffset, b, offset + HEADER_LENGTH, quoted);
    seal(b, offset, HEADER_LENGTH + quoted);
    return HEADER_LENGTH + quoted;
  }

  /// Computes the checksum anew.
  public static void seal(byte[] b, int offset, int length) {
    put16(b, offset + CHECKSUM, 0);
    put16(b, offset + CHECKSUM, InternetChecksum.of(b, offset, length));
  }
}
