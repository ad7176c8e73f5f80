package linedisc.slip.inet;

import static linedisc.slip.inet.NetworkOrder.get16;
import static linedisc.slip.inet.NetworkOrder.get32;
import static linedisc.slip.inet.NetworkOrder.get8;
import static linedisc.slip.inet.NetworkOrder.put16;
import static linedisc.slip.inet.NetworkOrder.put32;
import static linedisc.slip.inet.NetworkOrder.put8;

/// A TCP header (RFC 9293 section 3.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |          Source Port          |       Destination Port        |
/// +-------------------------------+-------------------------------+
/// |                        Sequence Number                        |
/// +---------------------------------------------------------------+
/// |                     Acknowledgment Number                     |
/// +-------+-------+---------------+-------------------------------+
/// | Offset|Reserv.| Control bits  |             Window            |
/// +-------+-------+---------------+-------------------------------+
/// |            Checksum           |         Urgent Pointer        |
/// +-------------------------------+-------------------------------+
/// ```
///
/// `offset` is where the header begins, checked by [#check].
public final class Tcp {
  /// Octets of a header without options.
  public static final int HEADER_LENGTH = 20;

  /// Octets of a header with all the options there can be.
  public static final int MAX_HEADER_LENGTH = 60;

  /// Control bit FIN.
  public static final int FIN = 0x01;

  /// Control bit SYN.
  public static final int SYN = 0x02;

  /// Control bit RST.
  public static final int RST = 0x04;

  /// Control bit PSH.
  public static final int PSH = 0x08;

  /// Control bit ACK.
  public static final int ACK = 0x10;

  /// Control bit URG.
  public static final int URG = 0x20;

  /// Kind of the option Maximum Segment Size (RFC 9293 section 3.7.1).
  public static final int MAXIMUM_SEGMENT_SIZE = 2;

  /// Octets of the option Maximum Segment Size, whose value are the last two.
  public static final int MAXIMUM_SEGMENT_SIZE_LENGTH = 4;

  private static final int END_OF_OPTIONS = 0;
  private static final int NO_OPERATION = 1;

  static final int DESTINATION_PORT = 2;
  static final int SEQUENCE = 4;
  static final int ACKNOWLEDGMENT = 8;
  static final int DATA_OFFSET = 12;
  static final int CONTROL_BITS = 13;
  static final int WINDOW = 14;
  static final int CHECKSUM = 16;
  static final int URGENT_POINTER = 18;

  private Tcp() {}

  /// Checks the header length; not the checksum, see [#isIntact].
  ///
  /// @param length octets of the segment
  /// @return octets of header, options included, at most `length`; [Ip#MALFORMED] if it is cut
  public static int check(byte[] b, int offset, int length) {
    if (length < HEADER_LENGTH) {
      return Ip.MALFORMED;
    }
    int header = headerLength(b, offset);
    return header >= HEADER_LENGTH && header <= length ? header : Ip.MALFORMED;
  }

  /// Whether the checksum of a segment is right.
  ///
  /// @param ip where the checked IPv4 or IPv6 header begins
  /// @param length octets of the segment
  public static boolean isIntact(byte[] b, int ip, int offset, int length) {
    long sum = InternetChecksum.pseudoHeader(b, ip, Ip.TCP, length);
    return InternetChecksum.of(InternetChecksum.add(sum, b, offset, length)) == 0;
  }

  /// Both ports as one number, the source port high.
  public static int ports(byte[] b, int offset) {
    return get32(b, offset);
  }

  /// Source port.
  public static int sourcePort(byte[] b, int offset) {
    return get16(b, offset);
  }

  /// Destination port.
  public static int destinationPort(byte[] b, int offset) {
    return get16(b, offset + DESTINATION_PORT);
  }

  /// Sequence number.
  public static int sequence(byte[] b, int offset) {
    return get32(b, offset + SEQUENCE);
  }

  /// Acknowledgment number.
  public static int acknowledgment(byte[] b, int offset) {
    return get32(b, offset + ACKNOWLEDGMENT);
  }

  /// Octets of header, options included.
  public static int headerLength(byte[] b, int offset) {
    return (get8(b, offset + DATA_OFFSET) >> 4) * 4;
  }

  /// The eight control bits, FIN lowest.
  public static int controlBits(byte[] b, int offset) {
    return get8(b, offset + CONTROL_BITS);
  }

  /// The word of data offset, reserved bits and control bits.
  public static int offsetAndControlBits(byte[] b, int offset) {
    return get16(b, offset + DATA_OFFSET);
  }

  /// Window.
  public static int window(byte[] b, int offset) {
    return get16(b, offset + WINDOW);
  }

  /// The checksum field.
  public static int checksum(byte[] b, int offset) {
    return get16(b, offset + CHECKSUM);
  }

  /// Urgent pointer; it means something only under [#URG], and nobody has checked it against the
  /// length of the data.
  public static int urgentPointer(byte[] b, int offset) {
    return get16(b, offset + URGENT_POINTER);
  }

  /// Looks for the option Maximum Segment Size. Options that are cut short end the search.
  ///
  /// @return where its value of two octets begins in `b`; -1: it is not there
  public static int findMaximumSegmentSize(byte[] b, int offset) {
    int at = offset + HEADER_LENGTH;
    int end = offset + headerLength(b, offset);
    while (at < end && b[at] != END_OF_OPTIONS) {
      if (b[at] == NO_OPERATION) {
        at++;
        continue;
      }
      int size = at + 1 < end ? get8(b, at + 1) : 0;
      if (size < 2 || size > end - at) {
        return -1;
      }
      if (b[at] == MAXIMUM_SEGMENT_SIZE && size == MAXIMUM_SEGMENT_SIZE_LENGTH) {
        return at + 2;
      }
      at += size;
    }
    return -1;
  }

  /// Sets the sequence number.
  public static void setSequence(byte[] b, int offset, int sequence) {
    put32(b, offset + SEQUENCE, sequence);
  }

  /// Sets the acknowledgment number.
  public static void setAcknowledgment(byte[] b, int offset, int acknowledgment) {
    put32(b, offset + ACKNOWLEDGMENT, acknowledgment);
  }

  /// Sets the eight control bits.
  public static void setControlBits(byte[] b, int offset, int bits) {
    put8(b, offset + CONTROL_BITS, bits);
  }

  /// Sets the window.
  public static void setWindow(byte[] b, int offset, int window) {
    put16(b, offset + WINDOW, window);
  }

  /// Sets the checksum field to a value that came from elsewhere.
  public static void setChecksum(byte[] b, int offset, int checksum) {
    put16(b, offset + CHECKSUM, checksum);
  }

  /// Sets the urgent pointer.
  public static void setUrgentPointer(byte[] b, int offset, int pointer) {
    put16(b, offset + URGENT_POINTER, pointer);
  }

  /// Computes the checksum of a segment anew.
  ///
  /// @param ip where the checked IPv4 or IPv6 header begins
  /// @param length octets of the segment
  public static void seal(byte[] b, int ip, int offset, int length) {
    setChecksum(b, offset, 0);
    long sum = InternetChecksum.pseudoHeader(b, ip, Ip.TCP, length);
    setChecksum(b, offset, InternetChecksum.of(InternetChecksum.add(sum, b, offset, length)));
  }

  /// Writes a header with checksum and urgent pointer 0, and no options yet: their octets are left
  /// as they are. [#seal] ends the work when options and data are in place.
  ///
  /// @param offset where to write [#HEADER_LENGTH] octets
  /// @param optionLength octets of options that will follow, a multiple of 4 up to 40
  /// @return octets of header, options included
  public static int write(
      byte[] b,
      int offset,
      int sourcePort,
      int destinationPort,
      int sequence,
      int acknowledgment,
      int controlBits,
      int window,
      int optionLength) {
    int header = HEADER_LENGTH + optionLength;
    put16(b, offset, sourcePort);
    put16(b, offset + DESTINATION_PORT, destinationPort);
    put32(b, offset + SEQUENCE, sequence);
    put32(b, offset + ACKNOWLEDGMENT, acknowledgment);
    put16(b, offset + DATA_OFFSET, ((header / 4) << 12) | controlBits);
    put16(b, offset + WINDOW, window);
    put32(b, offset + CHECKSUM, 0);
    return header;
  }
}
