package linedisc.serial.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message of the kernel's.
///
/// @param type its type
/// @param sequence that of the request it answers
/// @param body what follows the header that all types have
record NetlinkMessage(int type, int sequence, byte[] body) {
  /// Type: nothing.
  static final int NOTHING = 1;

  /// Type: an error number, which may be 0.
  static final int ERROR = 2;

  /// Type: the end of what was asked for.
  static final int DONE = 3;

  /// An attribute.
  ///
  /// @param type its type, without flags
  /// @param value its value
  record Attribute(int type, byte[] value) {}

  private static final int ATTRIBUTE_TYPE = 0x3FFF;

  /// Takes apart what a read has given. What is cut short is left out.
  static List<NetlinkMessage> parse(byte[] octets, int length) {
    List<NetlinkMessage> messages = new ArrayList<>();
    ByteBuffer b = ByteBuffer.wrap(octets, 0, length).order(ByteOrder.nativeOrder());
    int at = 0;
    while (length - at >= NetlinkRequest.HEADER) {
      int size = b.getInt(at);
      if (size < NetlinkRequest.HEADER || size > length - at) {
        break;
      }
      messages.add(
          new NetlinkMessage(
              Short.toUnsignedInt(b.getShort(at + 4)),
              b.getInt(at + 8),
              Arrays.copyOfRange(octets, at + NetlinkRequest.HEADER, at + size)));
      at += Math.min(padded(size), length - at);
    }
    return messages;
  }

  /// An octet of the type's header; 0 when there is none.
  int octet(int offset) {
    return offset < body.length ? Byte.toUnsignedInt(body[offset]) : 0;
  }

  /// Four octets of the type's header; 0 when they are not there.
  int number32(int offset) {
    return offset + 4 <= body.length ? number32(body, offset) : 0;
  }

  /// Its attributes.
  ///
  /// @param header octets of the type's header
  List<Attribute> attributes(int header) {
    List<Attribute> attributes = new ArrayList<>();
    ByteBuffer b = ByteBuffer.wrap(body).order(ByteOrder.nativeOrder());
    int at = padded(header);
    while (body.length - at >= 4) {
      int size = Short.toUnsignedInt(b.getShort(at));
      if (size < 4 || size > body.length - at) {
        break;
      }
      int type = b.getShort(at + 2) & ATTRIBUTE_TYPE;
      attributes.add(new Attribute(type, Arrays.copyOfRange(body, at + 4, at + size)));
      at += Math.min(padded(size), body.length - at);
    }
    return attributes;
  }

  /// An attribute's value; null: it has none of this type.
  byte @Nullable [] attribute(int header, int type) {
    for (Attribute attribute : attributes(header)) {
      if (attribute.type == type) {
        return attribute.value;
      }
    }
    return null;
  }

  /// The value of an attribute that is a number of four octets.
  int attribute32(int header, int type, int fallback) {
    byte[] value = attribute(header, type);
    return value == null || value.length < 4 ? fallback : number32(value, 0);
  }

  private static int number32(byte[] octets, int offset) {
    return ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()).getInt(offset);
  }

  private static int padded(int size) {
    return (size + 3) & ~3;
  }
}
