package linedisc.slip.inet;

import static linedisc.slip.inet.NetworkOrder.get16;
import static linedisc.slip.inet.NetworkOrder.get32;
import static linedisc.slip.inet.NetworkOrder.get8;
import static linedisc.slip.inet.NetworkOrder.put16;
import static linedisc.slip.inet.NetworkOrder.put32;
import static linedisc.slip.inet.NetworkOrder.put8;

/// An IPv4 header (RFC 791 section 3.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------+-------+---------------+-------------------------------+
/// |Version|  IHL  |Type of Service|          Total Length         |
/// +-------+-------+---------------+-----+-------------------------+
/// |         Identification        |Flags|     Fragment Offset     |
/// +---------------+---------------+-----+-------------------------+
/// |  Time to Live |    Protocol   |        Header Checksum        |
/// +---------------+---------------+-------------------------------+
/// |                         Source Address                        |
/// +---------------------------------------------------------------+
/// |                      Destination Address                      |
/// +---------------------------------------------------------------+
/// ```
///
/// `offset` is where the header begins, checked by [#check] unless a method says otherwise.
public final class Ipv4 {
  /// The version nibble.
  public static final int VERSION = 4;

  /// Octets of a header without options.
  public static final int HEADER_LENGTH = 20;

  /// Octets of a header with all the options there can be.
  public static final int MAX_HEADER_LENGTH = 60;

  /// Largest total length.
  public static final int MAX_LENGTH = 65535;

  /// Bit "low delay" of the type of service.
  public static final int LOW_DELAY = 0x10;

  /// "Don't fragment", in the word of flags and fragment offset.
  public static final int DONT_FRAGMENT = 0x4000;

  /// "More fragments", in the same word.
  public static final int MORE_FRAGMENTS = 0x2000;

  private static final int OFFSET_MASK = 0x1fff;

  private static final byte END_OF_OPTIONS = 0;
  private static final byte NO_OPERATION = 1;
  private static final byte LOOSE_SOURCE_ROUTE = (byte) 131;
  private static final byte STRICT_SOURCE_ROUTE = (byte) 137;

  static final int TYPE_OF_SERVICE = 1;
  static final int TOTAL_LENGTH = 2;
  static final int IDENTIFICATION = 4;
  static final int FLAGS_AND_OFFSET = 6;
  static final int TIME_TO_LIVE = 8;
  static final int PROTOCOL = 9;
  static final int CHECKSUM = 10;
  static final int SOURCE = 12;
  static final int DESTINATION = 16;

  private Ipv4() {}

  /// Checks version, header length and total length; not the checksum, see [#isHeaderIntact].
  ///
  /// @param length octets there are at `offset`
  /// @return the total length, from the header length up to `length`; [Ip#MALFORMED] if the packet
  ///   is cut or no IPv4
  public static int check(byte[] b, int offset, int length) {
    if (length < HEADER_LENGTH || Ip.version(b, offset) != VERSION) {
      return Ip.MALFORMED;
    }
    int header = headerLength(b, offset);
    int total = totalLength(b, offset);
    return header >= HEADER_LENGTH && header <= total && total <= length ? total : Ip.MALFORMED;
  }

  /// Whether the header checksum is right.
  public static boolean isHeaderIntact(byte[] b, int offset) {
    return InternetChecksum.of(b, offset, headerLength(b, offset)) == 0;
  }

  /// Octets of header, options included.
  public static int headerLength(byte[] b, int offset) {
    return (get8(b, offset) & 0xf) * 4;
  }

  /// Type of service, today DSCP and ECN.
  public static int typeOfService(byte[] b, int offset) {
    return get8(b, offset + TYPE_OF_SERVICE);
  }

  /// Octets of header and payload.
  public static int totalLength(byte[] b, int offset) {
    return get16(b, offset + TOTAL_LENGTH);
  }

  /// Identification.
  public static int identification(byte[] b, int offset) {
    return get16(b, offset + IDENTIFICATION);
  }

  /// The three flags and the fragment offset as one word.
  public static int flagsAndOffset(byte[] b, int offset) {
    return get16(b, offset + FLAGS_AND_OFFSET);
  }

  /// Whether this is a piece of a packet: more fragments follow or some went before.
  public static boolean isFragment(byte[] b, int offset) {
    return (flagsAndOffset(b, offset) & (MORE_FRAGMENTS | OFFSET_MASK)) != 0;
  }

  /// Time to live.
  public static int timeToLive(byte[] b, int offset) {
    return get8(b, offset + TIME_TO_LIVE);
  }

  /// Protocol number of the payload.
  public static int protocol(byte[] b, int offset) {
    return get8(b, offset + PROTOCOL);
  }

  /// The header checksum field.
  public static int checksum(byte[] b, int offset) {
    return get16(b, offset + CHECKSUM);
  }

  /// Source address.
  public static int source(byte[] b, int offset) {
    return get32(b, offset + SOURCE);
  }

  /// Destination address.
  public static int destination(byte[] b, int offset) {
    return get32(b, offset + DESTINATION);
  }

  /// Whether the options hold a source route (RFC 791 section 3.1, loose or strict): the
  /// destination is then only the next stop, and checksums of the payload are over the last.
  public static boolean hasSourceRoute(byte[] b, int offset) {
    int end = offset + headerLength(b, offset);
    int at = offset + HEADER_LENGTH;
    while (at < end) {
      switch (b[at]) {
        case END_OF_OPTIONS -> {
          return false;
        }
        case NO_OPERATION -> at++;
        case LOOSE_SOURCE_ROUTE, STRICT_SOURCE_ROUTE -> {
          return true;
        }
        default -> {
          if (at + 1 >= end || get8(b, at + 1) < 2) {
            return false;
          }
          at += get8(b, at + 1);
        }
      }
    }
    return false;
  }

  /// Sets the total length; the checksum is left as it was, see [#seal].
  public static void setTotalLength(byte[] b, int offset, int total) {
    put16(b, offset + TOTAL_LENGTH, total);
  }

  /// Sets the identification; the checksum is left as it was, see [#seal].
  public static void setIdentification(byte[] b, int offset, int identification) {
    put16(b, offset + IDENTIFICATION, identification);
  }

  /// Sets the protocol; the checksum is left as it was, see [#seal].
  public static void setProtocol(byte[] b, int offset, int protocol) {
    put8(b, offset + PROTOCOL, protocol);
  }

  /// Swaps source and destination; the checksum stays right.
  public static void swapAddresses(byte[] b, int offset) {
    int source = source(b, offset);
    put32(b, offset + SOURCE, destination(b, offset));
    put32(b, offset + DESTINATION, source);
  }

  /// Sets the header length.
  ///
  /// @param octets a multiple of 4, 20 to 60
  public static void setHeaderLength(byte[] b, int offset, int octets) {
    put8(b, offset, VERSION << 4 | octets / 4);
  }

  /// Sets flags and fragment offset as one word.
  public static void setFlagsAndOffset(byte[] b, int offset, int flagsAndOffset) {
    put16(b, offset + FLAGS_AND_OFFSET, flagsAndOffset);
  }

  /// Sets the time to live and keeps the checksum right.
  public static void setTimeToLive(byte[] b, int offset, int timeToLive) {
    int before = get16(b, offset + TIME_TO_LIVE);
    int after = timeToLive << 8 | (before & 0xff);
    put16(b, offset + TIME_TO_LIVE, after);
    put16(b, offset + CHECKSUM, InternetChecksum.update(checksum(b, offset), before, after));
  }

  /// Counts the time to live down by one, as a router does (RFC 1812 section 5.3.1), and keeps the
  /// checksum right.
  ///
  /// @return whether the packet may go on; if not, it is unchanged
  public static boolean decrementTimeToLive(byte[] b, int offset) {
    if (timeToLive(b, offset) <= 1) {
      return false;
    }
    int before = get16(b, offset + TIME_TO_LIVE);
    int after = before - 0x100;
    put16(b, offset + TIME_TO_LIVE, after);
    put16(b, offset + CHECKSUM, InternetChecksum.update(checksum(b, offset), before, after));
    return true;
  }

  /// Computes the header checksum anew.
  public static void seal(byte[] b, int offset) {
    put16(b, offset + CHECKSUM, 0);
    put16(b, offset + CHECKSUM, InternetChecksum.of(b, offset, headerLength(b, offset)));
  }

  /// Writes a header without options, "don't fragment" set, checksum done.
  ///
  /// @param offset where to write [#HEADER_LENGTH] octets
  /// @param payload octets that follow the header, up to [#MAX_LENGTH] - [#HEADER_LENGTH]
  /// @return octets written
  public static int write(
      byte[] b,
      int offset,
      int typeOfService,
      int identification,
      int timeToLive,
      int protocol,
      int source,
      int destination,
      int payload) {
    put8(b, offset, VERSION << 4 | HEADER_LENGTH / 4);
    put8(b, offset + TYPE_OF_SERVICE, typeOfService);
    put16(b, offset + TOTAL_LENGTH, HEADER_LENGTH + payload);
    put16(b, offset + IDENTIFICATION, identification);
    put16(b, offset + FLAGS_AND_OFFSET, DONT_FRAGMENT);
    put8(b, offset + TIME_TO_LIVE, timeToLive);
    put8(b, offset + PROTOCOL, protocol);
    put32(b, offset + SOURCE, source);
    put32(b, offset + DESTINATION, destination);
    seal(b, offset);
    return HEADER_LENGTH;
  }

  /// An address in dotted decimal.
  public static String text(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }
}
