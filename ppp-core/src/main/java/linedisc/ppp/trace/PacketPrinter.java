package linedisc.ppp.trace;

import linedisc.ppp.ipcp.IpAddressOption;
import linedisc.ppp.ipcp.IpCompressionOption;
import linedisc.ppp.ipcp.NameServerOption;
import linedisc.ppp.lcp.AccmOption;
import linedisc.ppp.lcp.CompressionOption;
import linedisc.ppp.lcp.MagicNumberOption;
import linedisc.ppp.lcp.MruOption;
import linedisc.ppp.wire.ControlCode;
import linedisc.ppp.wire.ControlPacket;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// Prints a frame as pppd does with `debug`, for example `[LCP ConfReq id=0x1 <asyncmap 0x0> <magic
/// 0x5d58cf41> <pcomp> <accomp>]`; what it does not know is printed in hexadecimal. Any octets can
/// be printed, also those of a broken packet. A password is never shown.
public final class PacketPrinter {
  private static final int MAX_HEX = 32;
  private static final int MAX_TEXT = 256;
  private static final int MAX_OPTIONS = 64;
  private static final String HIDDEN = "<hidden>";

  private PacketPrinter() {}

  /// The text of a frame.
  ///
  /// @param frame Protocol field (two octets) and information, `length` octets from `offset`
  public static String print(byte[] frame, int offset, int length) {
    StringBuilder out = new StringBuilder();
    if (length < PppProtocol.FIELD_LENGTH) {
      hex(out.append("[short"), frame, offset, length);
      return out.append(']').toString();
    }
    int protocol = PppProtocol.read(frame, offset);
    int at = offset + PppProtocol.FIELD_LENGTH;
    int left = length - PppProtocol.FIELD_LENGTH;
    switch (protocol) {
      case PppProtocol.LCP, PppProtocol.IPCP, PppProtocol.IPV6CP, PppProtocol.CCP ->
          control(out, protocol, frame, at, left);
      case PppProtocol.PAP -> pap(out, frame, at, left);
      default -> hex(out.append(String.format("[proto=0x%x]", protocol)), frame, at, left);
    }
    return out.toString();
  }

  private static void control(StringBuilder out, int protocol, byte[] b, int offset, int length) {
    out.append('[').append(PppProtocol.name(protocol));
    if (ControlPacket.check(b, offset, length) != null) {
      hex(out.append(" malformed"), b, offset, length);
      out.append(']');
      return;
    }
    ControlPacket packet = ControlPacket.view(b, offset, length);
    boolean lcp = protocol == PppProtocol.LCP;
    out.append(' ').append(codeName(packet.code(), lcp));
    out.append(String.format(" id=0x%x", packet.identifier()));
    switch (packet.code()) {
      case ControlCode.CONFIGURE_REQUEST,
          ControlCode.CONFIGURE_ACK,
          ControlCode.CONFIGURE_NAK,
          ControlCode.CONFIGURE_REJECT ->
          options(out, protocol, packet);
      case ControlCode.TERMINATE_REQUEST, ControlCode.TERMINATE_ACK -> terminate(out, packet);
      default -> {
        if (lcp) {
          lcpBody(out, packet);
        } else {
          hex(out, b, packet.dataOffset(), packet.dataLength());
        }
      }
    }
    out.append(']');
  }

  private static String codeName(int code, boolean lcp) {
    String name =
        switch (code) {
          case ControlCode.CONFIGURE_REQUEST -> "ConfReq";
          case ControlCode.CONFIGURE_ACK -> "ConfAck";
          case ControlCode.CONFIGURE_NAK -> "ConfNak";
          case ControlCode.CONFIGURE_REJECT -> "ConfRej";
          case ControlCode.TERMINATE_REQUEST -> "TermReq";
          case ControlCode.TERMINATE_ACK -> "TermAck";
          case ControlCode.CODE_REJECT -> "CodeRej";
          default -> lcp ? lcpCodeName(code) : null;
        };
    return name != null ? name : String.format("code=0x%x", code);
  }

  private static @Nullable String lcpCodeName(int code) {
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

  private static void options(StringBuilder out, int protocol, ControlPacket packet) {
    OptionReader reader = packet.options();
    if (!reader.isWellFormed()) {
      hex(out.append(" malformed"), packet.buffer(), packet.dataOffset(), packet.dataLength());
      return;
    }
    for (int count = 0; reader.next(); count++) {
      if (count == MAX_OPTIONS) {
        out.append(" ...");
        return;
      }
      String text = option(protocol, reader);
      if (text != null) {
        out.append(" <").append(text).append('>');
      } else {
        StringBuilder raw = new StringBuilder();
        hex(raw, reader.buffer(), reader.offset(), reader.length());
        out.append(" <").append(raw.substring(1)).append('>');
      }
    }
  }

  private static @Nullable String option(int protocol, OptionReader option) {
    return switch (protocol) {
      case PppProtocol.LCP ->
          switch (option.type()) {
            case MruOption.TYPE -> MruOption.text(option);
            case AccmOption.TYPE -> AccmOption.text(option);
            case MagicNumberOption.TYPE -> MagicNumberOption.text(option);
            case CompressionOption.PROTOCOL_FIELD, CompressionOption.ADDRESS_CONTROL_FIELD ->
                CompressionOption.text(option);
            default -> ForeignLcpOption.text(option);
          };
      case PppProtocol.IPCP ->
          switch (option.type()) {
            case IpAddressOption.TYPE -> IpAddressOption.text(option);
            case IpCompressionOption.TYPE -> IpCompressionOption.text(option);
            case NameServerOption.PRIMARY_DNS,
                NameServerOption.SECONDARY_DNS,
                NameServerOption.PRIMARY_NBNS,
                NameServerOption.SECONDARY_NBNS ->
                NameServerOption.text(option);
            default -> null;
          };
      default -> null;
    };
  }

  private static void terminate(StringBuilder out, ControlPacket packet) {
    if (packet.dataLength() > 0) {
      text(out.append(' '), packet.buffer(), packet.dataOffset(), packet.dataLength());
    }
  }

  private static void lcpBody(StringBuilder out, ControlPacket packet) {
    byte[] b = packet.buffer();
    int at = packet.dataOffset();
    int left = packet.dataLength();
    switch (packet.code()) {
      case ControlCode.ECHO_REQUEST, ControlCode.ECHO_REPLY, ControlCode.DISCARD_REQUEST -> {
        if (left >= 4) {
          out.append(String.format(" magic=0x%x", u32(b, at)));
          at += 4;
          left -= 4;
        }
        hex(out, b, at, left);
      }
      case ControlCode.IDENTIFICATION -> {
        if (left >= 4) {
          out.append(String.format(" magic=0x%x ", u32(b, at)));
          text(out, b, at + 4, left - 4);
        } else {
          hex(out, b, at, left);
        }
      }
      case ControlCode.TIME_REMAINING -> {
        if (left >= 8) {
          out.append(
              String.format(
                  " magic=0x%x seconds=%s ", u32(b, at), Integer.toUnsignedString(u32(b, at + 4))));
          text(out, b, at + 8, left - 8);
        } else {
          hex(out, b, at, left);
        }
      }
      case ControlCode.PROTOCOL_REJECT -> {
        if (left >= 2 && PppProtocol.read(b, at) == PppProtocol.PAP) {
          // The rejected packet may carry our password.
          hex(out, b, at, 2);
          out.append(' ').append(HIDDEN);
        } else {
          hex(out, b, at, left);
        }
      }
      default -> hex(out, b, at, left);
    }
  }

  private static void pap(StringBuilder out, byte[] b, int offset, int length) {
    out.append("[PAP");
    if (ControlPacket.check(b, offset, length) != null) {
      out.append(" malformed ").append(HIDDEN).append(']');
      return;
    }
    ControlPacket packet = ControlPacket.view(b, offset, length);
    String name =
        switch (packet.code()) {
          case 1 -> "AuthReq";
          case 2 -> "AuthAck";
          case 3 -> "AuthNak";
          default -> String.format("code=0x%x", packet.code());
        };
    out.append(' ').append(name).append(String.format(" id=0x%x", packet.identifier()));
    int at = packet.dataOffset();
    int left = packet.dataLength();
    int first = left > 0 ? b[at] & 0xff : 0;
    boolean known = packet.code() >= 1 && packet.code() <= 3;
    if (known && left > 0 && first < left) {
      out.append(packet.code() == 1 ? " user=" : " ");
      text(out, b, at + 1, first);
      out.append(packet.code() == 1 ? " password=" + HIDDEN : "");
    } else if (left > 0) {
      out.append(' ').append(HIDDEN);
    }
    out.append(']');
  }

  private static int u32(byte[] b, int at) {
    return (PppProtocol.read(b, at) << 16) | PppProtocol.read(b, at + 2);
  }

  private static void hex(StringBuilder out, byte[] b, int offset, int length) {
    int shown = Math.min(length, MAX_HEX);
    for (int i = 0; i < shown; i++) {
      out.append(' ')
          .append(Character.forDigit(b[offset + i] >> 4 & 0xf, 16))
          .append(Character.forDigit(b[offset + i] & 0xf, 16));
    }
    if (shown < length) {
      out.append(" ...");
    }
  }

  /// A peer's text in quotes, with whatever a terminal might act upon as octal numbers.
  private static void text(StringBuilder out, byte[] b, int offset, int length) {
    out.append('"');
    for (int i = 0; i < Math.min(length, MAX_TEXT); i++) {
      int octet = b[offset + i] & 0xff;
      if (octet == '"' || octet == '\\') {
        out.append('\\').append((char) octet);
      } else if (octet >= 0x20 && octet < 0x7f) {
        out.append((char) octet);
      } else {
        out.append(String.format("\\%03o", octet));
      }
    }
    out.append(length > MAX_TEXT ? "\"..." : "\"");
  }
}
