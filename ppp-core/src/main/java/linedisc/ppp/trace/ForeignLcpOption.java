package linedisc.ppp.trace;

import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// LCP options that peers ask for and that are refused here, in pppd's notation.
final class ForeignLcpOption {
  private static final int AUTHENTICATION = 3;
  private static final int QUALITY = 4;
  private static final int CALLBACK = 13;
  private static final int MRRU = 17;
  private static final int SHORT_SEQUENCE_NUMBERS = 18;

  private static final int CBCP = 6;

  private ForeignLcpOption() {}

  /// The text, or null where hexadecimal has to do.
  static @Nullable String text(OptionReader option) {
    int length = option.dataLength();
    return switch (option.type()) {
      case AUTHENTICATION -> length >= 2 ? authentication(option) : null;
      case QUALITY -> length >= 2 ? quality(option) : null;
      case CALLBACK -> length >= 1 ? callback(option) : null;
      case MRRU -> length == 2 ? "mrru " + option.u16(0) : null;
      case SHORT_SEQUENCE_NUMBERS -> length == 0 ? "ssnhf" : null;
      default -> null;
    };
  }

  private static String authentication(OptionReader option) {
    int protocol = option.u16(0);
    return switch (protocol) {
      case PppProtocol.PAP -> "auth pap" + rest(option, 2);
      case PppProtocol.EAP -> "auth eap" + rest(option, 2);
      case PppProtocol.CHAP ->
          option.dataLength() == 2
              ? "auth chap"
              : "auth chap " + algorithm(option.u8(2)) + rest(option, 3);
      default -> String.format("auth 0x%x", protocol) + rest(option, 2);
    };
  }

  private static String algorithm(int number) {
    return switch (number) {
      case 0x05 -> "MD5";
      case 0x06 -> "SHA-1";
      case 0x07 -> "SHA-256";
      case 0x80 -> "MS";
      case 0x81 -> "MS-v2";
      default -> String.format("0x%x", number);
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

  private static String rest(OptionReader option, int from) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < option.dataLength(); i++) {
      text.append(String.format(" %02x", option.u8(i)));
    }
    return text.toString();
  }
}
