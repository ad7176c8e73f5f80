package linedisc.serial.net;

import org.jspecify.annotations.Nullable;

/// Network protocols that an interface carries.
public enum NetworkProtocol {
  /// IP version 4.
  IPV4(0),
  /// IP version 6.
  IPV6(1);

  private final int code;

  NetworkProtocol(int code) {
    this.code = code;
  }

  /// Its place in a word of bits.
  int code() {
    return code;
  }

  /// The protocol of an IP packet, by its first four bits; null: it is none.
  ///
  /// @param first the packet's first octet
  static @Nullable NetworkProtocol of(int first) {
    return switch ((first >> 4) & 0xf) {
      case 4 -> IPV4;
      case 6 -> IPV6;
      default -> null;
    };
  }
}
