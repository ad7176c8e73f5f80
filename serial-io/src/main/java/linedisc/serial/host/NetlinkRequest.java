package linedisc.serial.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// One request to the kernel, as it is being written:
///
///     0        4      6       8          12     16
///     +--------+------+-------+----------+------+-------------------+------------
///     | length | type | flags | sequence | port | header of the type| attributes
///
/// in the machine's own byte order (RFC 3549 section 2.3.2). An attribute is a length and a type of 2
/// octets each and the value, padded to 4.
final class NetlinkRequest {
  /// Octets of the header that all types have.
  static final int HEADER = 16;

  /// Flag: this is a request.
  static final int REQUEST = 0x1;

  /// Flag: the answer is an error number, 0 if all went well.
  static final int ACK = 0x4;

  /// Flags: the answer is all there is.
  static final int DUMP = 0x300;

  /// Flag: refuse if it is there already.
  static final int EXCLUSIVE = 0x200;

  /// Flag: create it if it is not there.
  static final int CREATE = 0x400;

  /// Flag: change it if it is there.
  static final int REPLACE = 0x100;

  private static final int CAPACITY = 4096;
  private static final int SEQUENCE = 8;
  private static final int NESTED = 0x8000;

  private final ByteBuffer b = ByteBuffer.allocate(CAPACITY).order(ByteOrder.nativeOrder());

  NetlinkRequest(int type, int flags) {
    b.putInt(0).putShort((short) type).putShort((short) (REQUEST | flags)).putInt(0).putInt(0);
  }

  /// The next octet of the type's header.
  NetlinkRequest octet(int value) {
    b.put((byte) value);
    return this;
  }

  /// The next two octets of the type's header.
  NetlinkRequest number16(int value) {
    b.putShort((short) value);
    return this;
  }

  /// The next four octets of the type's header.
  NetlinkRequest number32(int value) {
    b.putInt(value);
    return this;
  }

  /// An attribute; what follows the type's header.
  NetlinkRequest attribute(int type, byte[] value) {
    b.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    pad();
    return this;
  }

  /// An attribute that is a number of four octets.
  NetlinkRequest attribute(int type, int value) {
    b.putShort((short) 8).putShort((short) type).putInt(value);
    return this;
  }

  /// Begins an attribute that holds attributes.
  ///
  /// @return what [#end] wants
  int begin(int type) {
    b.putShort((short) 0).putShort((short) (type | NESTED));
    return b.position() - 4;
  }

  /// Ends an attribute that holds attributes.
  NetlinkRequest end(int begun) {
    b.putShort(begun, (short) (b.position() - begun));
    return this;
  }

  /// The request as octets.
  byte[] octets(int sequence) {
    b.putInt(0, b.position()).putInt(SEQUENCE, sequence);
    byte[] octets = new byte[b.position()];
    b.get(0, octets);
    return octets;
  }

  private void pad() {
    while ((b.position() & 3) != 0) {
      b.put((byte) 0);
    }
  }
}
