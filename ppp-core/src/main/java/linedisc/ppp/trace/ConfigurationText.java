package linedisc.ppp.trace;

import linedisc.ppp.wire.ControlCode;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// Packets of LCP and of the network control protocols.
final class ConfigurationText {
  private static final int MAX_OPTIONS = 64;

  private ConfigurationText() {}

  static @Nullable String code(int protocol, int code) {
    return switch (code) {
      case ControlCode.CONFIGURE_REQUEST -> "ConfReq";
      case ControlCode.CONFIGURE_ACK -> "ConfAck";
      case ControlCode.CONFIGURE_NAK -> "ConfNak";
      case ControlCode.CONFIGURE_REJECT -> "ConfRej";
      case ControlCode.TERMINATE_REQUEST -> "TermReq";
      case ControlCode.TERMINATE_ACK -> "TermAck";
      case ControlCode.CODE_REJECT -> "CodeRej";
      default ->
          switch (protocol) {
            case PppProtocol.LCP -> lcpCode(code);
            case PppProtocol.CCP -> ccpCode(code);
            default -> null;
          };
    };
  }

  private static @Nullable String lcpCode(int code) {
    return switch (code) {
      case ControlCode.PROTOCOL_REJECT -> "ProtRej";
      case ControlCode.ECHO_REQUEST -> "EchoReq";
      case ControlCode.ECHO_REPLY -> "EchoRep";
      case ControlCode.DISCARD_REQUEST -> "DiscReq";
      case ControlCode.IDENTIFICATION -> "Ident";
      case ControlCode.TIME_REMAINING -> "TimeRem";
      default -> null;
    };
  }

  private static @Nullable String ccpCode(int code) {
    return switch (code) {
      case ControlCode.RESET_REQUEST -> "ResetReq";
      case ControlCode.RESET_ACK -> "ResetAck";
      default -> null;
    };
  }

  static void print(int protocol, int code, PacketText out) {
    switch (code) {
      case ControlCode.CONFIGURE_REQUEST,
          ControlCode.CONFIGURE_ACK,
          ControlCode.CONFIGURE_NAK,
          ControlCode.CONFIGURE_REJECT ->
          options(protocol, out);
      case ControlCode.TERMINATE_REQUEST, ControlCode.TERMINATE_ACK -> {
        if (out.left() > 0 && out.peek(0) >= 0x20 && out.peek(0) < 0x7f) {
          out.append(" ").string(out.left());
        }
      }
      default -> {
        if (protocol == PppProtocol.LCP) {
          lcp(code, out);
        }
      }
    }
    out.hex(out.left());
  }

  /// The options up to the first that is broken.
  private static void options(int protocol, PacketText out) {
    for (int count = 0; out.left() >= OptionReader.HEADER_LENGTH; count++) {
      int length = out.peek(1);
      if (length < OptionReader.HEADER_LENGTH || length > out.left()) {
        return;
      }
      if (count == MAX_OPTIONS) {
        out.append(" ...").skip(out.left());
        return;
      }
      OptionReader option = new OptionReader(out.buffer(), out.offset(), length);
      boolean _ = option.next();
      @Nullable String text = OptionText.of(protocol, option);
      out.append(" <");
      if (text != null) {
        out.append(text).skip(length);
      } else {
        out.hex(length);
      }
      out.append(">");
    }
  }

  private static void lcp(int code, PacketText out) {
    switch (code) {
      case ControlCode.ECHO_REQUEST, ControlCode.ECHO_REPLY, ControlCode.DISCARD_REQUEST ->
          magic(out);
      case ControlCode.IDENTIFICATION -> {
        magic(out);
        message(out);
      }
      case ControlCode.TIME_REMAINING -> {
        magic(out);
        if (out.left() >= 4) {
          out.append(" seconds=" + Integer.toUnsignedString(out.u32()));
          message(out);
        }
      }
      case ControlCode.PROTOCOL_REJECT -> protocolReject(out);
      default -> {}
    }
  }

  private static void magic(PacketText out) {
    if (out.left() >= 4) {
      out.append(String.format(" magic=0x%x", out.u32()));
    }
  }

  private static void message(PacketText out) {
    if (out.left() > 0) {
      out.append(" ").string(out.left());
    }
  }

  private static void protocolReject(PacketText out) {
    if (out.left() >= PppProtocol.FIELD_LENGTH) {
      int rejected = PppProtocol.read(out.buffer(), out.offset());
      out.hex(PppProtocol.FIELD_LENGTH);
      if (rejected == PppProtocol.PAP || rejected == PppProtocol.EAP) {
        // The rejected packet may carry our password.
        out.hideRest();
      }
    }
  }
}
