package linedisc.ppp.trace;

import org.jspecify.annotations.Nullable;

/// Packets of EAP (RFC 3748).
final class EapText {
  private static final int REQUEST = 1;
  private static final int RESPONSE = 2;
  private static final int SUCCESS = 3;
  private static final int FAILURE = 4;

  private static final int IDENTITY = 1;
  private static final int NOTIFICATION = 2;
  private static final int NAK = 3;
  private static final int MD5_CHALLENGE = 4;
  private static final int ONE_TIME_PASSWORD = 5;
  private static final int GENERIC_TOKEN_CARD = 6;
  private static final int TLS = 13;
  private static final int MSCHAPV2 = 26;

  // MSCHAPv2's OpCode, and the octets of identifier and length behind it.
  private static final int MS_CHALLENGE = 1;
  private static final int MS_RESPONSE = 2;
  private static final int MS_SUCCESS = 3;
  private static final int MS_FAILURE = 4;
  private static final int MS_HEADER_LENGTH = 3;

  private static final int TLS_LENGTH_INCLUDED = 0x80;
  private static final int TLS_MORE_FRAGMENTS = 0x40;
  private static final int TLS_START = 0x20;

  private static final int DATA_SHOWN = 8;

  private EapText() {}

  static @Nullable String code(int code) {
    return switch (code) {
      case REQUEST -> "Request";
      case RESPONSE -> "Response";
      case SUCCESS -> "Success";
      case FAILURE -> "Failure";
      default -> null;
    };
  }

  private static String type(int type) {
    @Nullable String name = typeName(type);
    return name != null ? name : String.format("type=0x%x", type);
  }

  private static @Nullable String typeName(int type) {
    return switch (type) {
      case IDENTITY -> "Identity";
      case NOTIFICATION -> "Notification";
      case NAK -> "Nak";
      case MD5_CHALLENGE -> "MD5-Challenge";
      case ONE_TIME_PASSWORD -> "OTP";
      case GENERIC_TOKEN_CARD -> "Generic-Token";
      case 9 -> "RSA";
      case 10 -> "DSS";
      case 11 -> "KEA";
      case 12 -> "KEA-Validate";
      case TLS -> "TLS";
      case 14 -> "Defender";
      case 15 -> "Windows 2000";
      case 16 -> "Arcot";
      case 17 -> "Cisco";
      case 18 -> "Nokia";
      case 19 -> "SRP";
      case 21 -> "TTLS";
      case 22 -> "RAS";
      case 23 -> "AKA";
      case 24 -> "3COM";
      case 25 -> "PEAP";
      case MSCHAPV2 -> "MSCHAPv2";
      default -> null;
    };
  }

  static void print(int code, PacketText out) {
    if (code == REQUEST || code == RESPONSE) {
      if (out.left() > 0) {
        typed(code == REQUEST, out.u8(), out);
      } else {
        out.append(" <missing type>");
      }
    }
    int left = out.left();
    out.hex(Math.min(left, DATA_SHOWN));
    if (left > DATA_SHOWN) {
      out.append(" ...").skip(out.left());
    }
  }

  private static void typed(boolean request, int type, PacketText out) {
    out.append(" " + type(type));
    switch (type) {
      case IDENTITY, NOTIFICATION -> message(request, out);
      case NAK -> suggestions(out);
      case MD5_CHALLENGE -> md5(out);
      case ONE_TIME_PASSWORD, GENERIC_TOKEN_CARD -> {
        if (!request) {
          out.hideRest();
        }
      }
      case TLS -> tls(out);
      case MSCHAPV2 -> {
        if (out.left() > 0) {
          mschapv2(request, out.u8(), out);
        }
      }
      default -> {}
    }
  }

  private static void message(boolean request, PacketText out) {
    if (out.left() > 0) {
      out.append(request ? " <Message " : " <Name ").string(out.left()).append(">");
    } else if (request) {
      out.append(" <No message>");
    }
  }

  private static void suggestions(PacketText out) {
    if (out.left() == 0) {
      out.append(" <missing hint>");
      return;
    }
    int type = out.u8();
    @Nullable String name = typeName(type);
    out.append(String.format(" <Suggested-type %02X", type))
        .append(name != null ? " (" + name + ")>" : ">");
  }

  private static void md5(PacketText out) {
    if (out.left() == 0) {
      out.append(" <missing length>");
    } else if (out.hasCounted()) {
      out.append(" <Value").hex(out.u8()).append(">");
      name(" ", out);
    } else {
      out.append(" <truncated>");
    }
  }

  private static void name(String before, PacketText out) {
    if (out.left() > 0) {
      out.append(before + "<Name ").string(out.left()).append(">");
    } else {
      out.append(before + "<No name>");
    }
  }

  private static void tls(PacketText out) {
    if (out.left() == 0) {
      return;
    }
    int flags = out.u8();
    if (flags == 0 && out.left() == 0) {
      out.append(" Ack");
      return;
    }
    out.append((flags & TLS_LENGTH_INCLUDED) != 0 ? " L" : " -")
        .append((flags & TLS_MORE_FRAGMENTS) != 0 ? "M" : "-")
        .append((flags & TLS_START) != 0 ? "S" : "-");
  }

  private static void mschapv2(boolean request, int opCode, PacketText out) {
    if (!request && (opCode == MS_SUCCESS || opCode == MS_FAILURE)) {
      out.append(opCode == MS_SUCCESS ? " Success" : " Failure");
      return;
    }
    if (out.left() < MS_HEADER_LENGTH) {
      out.append(" <truncated>");
      return;
    }
    out.skip(MS_HEADER_LENGTH);
    switch (opCode) {
      case MS_CHALLENGE, MS_RESPONSE -> {
        if (out.hasCounted()) {
          out.append(opCode == MS_CHALLENGE ? " Challenge <" : " Response <").digits(out.u8());
          name(">, ", out);
        } else {
          out.append(" <truncated>");
        }
      }
      case MS_SUCCESS -> out.append(" Success <Message ").string(out.left()).append(">");
      case MS_FAILURE -> out.append(" Failure <Message ").string(out.left()).append(">");
      default -> out.append(String.format(" opcode=0x%x <", opCode)).hex(out.left()).append(">");
    }
  }
}
