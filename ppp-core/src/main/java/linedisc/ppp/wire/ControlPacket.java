package linedisc.ppp.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A checked view of one control packet (RFC 1661 section 5). Once made, no accessor fails.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     Code      |  Identifier   |            Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |    Data ...
/// ```
///
/// The view keeps a reference to the caller's buffer and is valid as long as that is unchanged.
/// Octets past the Length field are padding and not part of the view.
public final class ControlPacket {
  /// Octets of code, identifier and length.
  public static final int HEADER_LENGTH = 4;

  private static final int CODE = 0;
  private static final int IDENTIFIER = 1;
  private static final int LENGTH = 2;

  /// What makes a packet unreadable, in the order in which it is looked for.
  public enum Fault {
    /// Fewer octets than a header.
    SHORT_HEADER,
    /// The Length field is smaller than the header.
    LENGTH_BELOW_HEADER,
    /// The Length field names more octets than have arrived.
    LENGTH_BEYOND_PACKET
  }

  private final byte[] buffer;
  private final int offset;
  private final int length;

  private ControlPacket(byte[] buffer, int offset, int length) {
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
  }

  /// Says what is wrong with the header of the packet in `buffer[offset, offset + length)`, or null
  /// if nothing is.
  public static @Nullable Fault check(byte[] buffer, int offset, int length) {
    if (length < HEADER_LENGTH) {
      return Fault.SHORT_HEADER;
    }
    int claimed = u16(buffer, offset + LENGTH);
    if (claimed < HEADER_LENGTH) {
      return Fault.LENGTH_BELOW_HEADER;
    }
    return claimed > length ? Fault.LENGTH_BEYOND_PACKET : null;
  }

  /// A view of a packet that [#check] found faultless.
  ///
  /// @throws IllegalArgumentException if it was not
  public static ControlPacket view(byte[] buffer, int offset, int length) {
    Fault fault = check(buffer, offset, length);
    if (fault != null) {
      throw new IllegalArgumentException(fault.toString());
    }
    return new ControlPacket(buffer, offset, u16(buffer, offset + LENGTH));
  }

  /// A new packet with the given data, in an array of its own.
  public static byte[] build(int code, int identifier, byte[] data, int offset, int length) {
    byte[] packet = new byte[HEADER_LENGTH + length];
    packet[CODE] = (byte) code;
    packet[IDENTIFIER] = (byte) identifier;
    packet[LENGTH] = (byte) (packet.length >>> 8);
    packet[LENGTH + 1] = (byte) packet.length;
    System.arraycopy(data, offset, packet, HEADER_LENGTH, length);
    return packet;
  }

  /// A new packet with the given data, in an array of its own.
  public static byte[] build(int code, int identifier, byte[] data) {
    return build(code, identifier, data, 0, data.length);
  }

  /// The Code field, 0 to 255: [ControlCode].
  public int code() {
    return buffer[offset + CODE] & 0xff;
  }

  /// The Identifier field, 0 to 255.
  public int identifier() {
    return buffer[offset + IDENTIFIER] & 0xff;
  }

  /// Octets of header and data.
  public int length() {
    return length;
  }

  /// The caller's, which the packet is a part of.
  public byte[] buffer() {
    return buffer;
  }

  /// Where the packet begins in [#buffer].
  public int offset() {
    return offset;
  }

  /// Where the data begins in [#buffer].
  public int dataOffset() {
    return offset + HEADER_LENGTH;
  }

  /// Octets of the data.
  public int dataLength() {
    return length - HEADER_LENGTH;
  }

  /// A copy of the data.
  public byte[] data() {
    return Arrays.copyOfRange(buffer, dataOffset(), offset + length);
  }

  /// A copy of the packet, header and data.
  public byte[] toBytes() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }

  /// Whether the data is exactly these octets.
  public boolean dataEquals(byte[] other) {
    return Arrays.equals(buffer, dataOffset(), offset + length, other, 0, other.length);
  }

  /// A reader over the data taken as options.
  public OptionReader options() {
    return new OptionReader(buffer, dataOffset(), dataLength());
  }

  private static int u16(byte[] b, int at) {
    return (b[at] & 0xff) << 8 | (b[at + 1] & 0xff);
  }
}
