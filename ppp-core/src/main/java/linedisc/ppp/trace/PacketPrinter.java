package linedisc.ppp.trace;

import linedisc.ppp.wire.ControlPacket;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// Prints a frame as pppd does with `debug`, for example `[LCP ConfReq id=0x1 <asyncmap 0x0> <magic
/// 0x5d58cf41> <pcomp> <accomp>]`; what it does not know is printed in hexadecimal, long data cut.
/// Any octets can be printed, also those of a broken packet. A password is never shown.
public final class PacketPrinter {
  private static final int DATA_SHOWN = 8;

  private PacketPrinter() {}

  /// The text of a frame.
  ///
  /// @param frame Protocol field (two octets) and information, `length` octets from `offset`
  public static String print(byte[] frame, int offset, int length) {
    PacketText out = new PacketText(frame, offset, length);
    if (length < PppProtocol.FIELD_LENGTH) {
      return out.append("[short").hex(length).append("]").toString();
    }
    int protocol = out.u16();
    @Nullable String data = dataName(protocol);
    if (data != null) {
      out.append("[" + data + " data]").hex(Math.min(out.left(), DATA_SHOWN));
      return out.append(out.left() > 0 ? " ..." : "").toString();
    }
    if (isKnown(protocol)) {
      out.append("[" + PppProtocol.name(protocol));
      if (ControlPacket.check(frame, out.offset(), out.left()) == null) {
        control(protocol, out);
      }
      out.append("]");
    } else {
      out.append(String.format("[proto=0x%x]", protocol));
    }
    // Padding, or a packet without a proper header.
    if (protocol == PppProtocol.PAP) {
      out.hideRest();
    } else {
      out.hex(out.left());
    }
    return out.toString();
  }

  private static @Nullable String dataName(int protocol) {
    return switch (protocol) {
      case PppProtocol.IPV4, PppProtocol.IPV6 -> PppProtocol.name(protocol);
      case PppProtocol.COMPRESSED -> "Compressed";
      default -> null;
    };
  }

  private static boolean isKnown(int protocol) {
    return switch (protocol) {
      case PppProtocol.LCP,
          PppProtocol.IPCP,
          PppProtocol.IPV6CP,
          PppProtocol.CCP,
          PppProtocol.PAP,
          PppProtocol.CHAP,
          PppProtocol.EAP ->
          true;
      default -> false;
    };
  }

  /// A packet with a good header.
  private static void control(int protocol, PacketText out) {
    int code = out.u8();
    int identifier = out.u8();
    int before = out.narrow(out.u16() - ControlPacket.HEADER_LENGTH);
    out.append(" " + codeName(protocol, code)).append(String.format(" id=0x%x", identifier));
    switch (protocol) {
      case PppProtocol.PAP -> AuthenticationText.pap(code, out);
      case PppProtocol.CHAP -> AuthenticationText.chap(code, out);
      case PppProtocol.EAP -> EapText.print(code, out);
      default -> ConfigurationText.print(protocol, code, out);
    }
    out.widen(before);
  }

  private static String codeName(int protocol, int code) {
    @Nullable String name =
        switch (protocol) {
          case PppProtocol.PAP -> AuthenticationText.papCode(code);
          case PppProtocol.CHAP -> AuthenticationText.chapCode(code);
          case PppProtocol.EAP -> EapText.code(code);
          default -> ConfigurationText.code(protocol, code);
        };
    return name != null ? name : String.format("code=0x%x", code);
  }
}
