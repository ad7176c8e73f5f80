package linedisc.ppp.trace;

import linedisc.ppp.ipcp.IpAddressOption;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// Options that peers ask for and that are refused here. Each method answers null where hexadecimal
/// has to do.
final class ForeignOption {
  // RFC 1661, 1570 and 1990.
  private static final int QUALITY = 4;
  private static final int CALLBACK = 13;
  private static final int MRRU = 17;
  private static final int SHORT_SEQUENCE_NUMBERS = 18;
  private static final int ENDPOINT_DISCRIMINATOR = 19;

  /// The Callback operation by which CBCP decides.
  private static final int CBCP = 6;

  // Classes of the Endpoint Discriminator (RFC 1990 section 5.1.3).
  private static final String[] ENDPOINT_CLASSES = {"null", "local", "IP", "MAC", "magic", "phone"};
  private static final int ENDPOINT_IP = 2;
  private static final int ENDPOINT_MAC = 3;
  private static final int ENDPOINT_MAGIC = 4;
  private static final int MAX_ENDPOINT = 20;

  /// IPCP's IP-Addresses, given up by RFC 1332.
  private static final int IP_ADDRESSES = 1;

  /// IPV6CP's IPv6-Compression-Protocol (RFC 5172).
  private static final int IPV6_COMPRESSION = 2;

  // RFC 1977 and 1978.
  private static final int PREDICTOR_1 = 1;
  private static final int PREDICTOR_2 = 2;
  private static final int BSD_COMPRESS = 21;

  private ForeignOption() {}

  static @Nullable String lcp(OptionReader option) {
    int length = option.dataLength();
    return switch (option.type()) {
      case QUALITY -> length >= 2 ? quality(option) : null;
      case CALLBACK -> length >= 1 ? callback(option) : null;
      case MRRU -> length == 2 ? "mrru " + option.u16(0) : null;
      case SHORT_SEQUENCE_NUMBERS -> length == 0 ? "ssnhf" : null;
      case ENDPOINT_DISCRIMINATOR -> length >= 1 ? endpoint(option) : null;
      default -> null;
    };
  }

  static @Nullable String ipcp(OptionReader option) {
    return option.type() == IP_ADDRESSES && option.dataLength() == 8
        ? "addrs "
            + IpAddressOption.dotted(option.u32(0))
            + " "
            + IpAddressOption.dotted(option.u32(4))
        : null;
  }

  static @Nullable String ipv6cp(OptionReader option) {
    return option.type() == IPV6_COMPRESSION && option.dataLength() >= 2
        ? String.format("compress 0x%x", option.u16(0)) + rest(option, 2)
        : null;
  }

  static @Nullable String ccp(OptionReader option) {
    return switch (option.type()) {
      case PREDICTOR_1 -> "predictor 1" + rest(option, 0);
      case PREDICTOR_2 -> "predictor 2" + rest(option, 0);
      case BSD_COMPRESS ->
          option.dataLength() >= 1
              ? "bsd v" + (option.u8(0) >> 5) + " " + (option.u8(0) & 0x1f) + rest(option, 1)
              : null;
      default -> null;
    };
  }

  private static String quality(OptionReader option) {
    int protocol = option.u16(0);
    String name =
        protocol == PppProtocol.LQR ? "quality lqr" : String.format("quality 0x%x", protocol);
    return name + rest(option, 2);
  }

  private static String callback(OptionReader option) {
    int operation = option.u8(0);
    String name = operation == CBCP ? "callback CBCP" : String.format("callback 0x%x", operation);
    return name + rest(option, 1);
  }

  private static String endpoint(OptionReader option) {
    int kind = option.u8(0);
    int length = Math.min(option.dataLength() - 1, MAX_ENDPOINT);
    return "endpoint [" + address(option, kind, length) + "]" + rest(option, 1 + length);
  }

  private static String address(OptionReader option, int kind, int length) {
    String name = kind < ENDPOINT_CLASSES.length ? ENDPOINT_CLASSES[kind] : "" + kind;
    if (kind == ENDPOINT_IP && length == 4) {
      return name + ":" + IpAddressOption.dotted(option.u32(1));
    }
    boolean words = kind == ENDPOINT_MAGIC && length % 4 == 0;
    char separator = kind == ENDPOINT_MAC && length == 6 ? ':' : '.';
    StringBuilder text = new StringBuilder(name);
    for (int i = 0; i < length; i++) {
      if (i == 0) {
        text.append(':');
      } else if (!words || i % 4 == 0) {
        text.append(separator);
      }
      text.append(String.format("%02x", option.u8(1 + i)));
    }
    return text.toString();
  }

  private static String rest(OptionReader option, int from) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < option.dataLength(); i++) {
      text.append(String.format(" %02x", option.u8(i)));
    }
    return text.toString();
  }
}
