package linedisc.ppp.trace;

import org.jspecify.annotations.Nullable;

/// Packets of PAP (RFC 1334) and CHAP (RFC 1994).
final class AuthenticationText {
  // Both protocols count their codes from one.
  private static final int AUTHENTICATE_REQUEST = 1;
  private static final int AUTHENTICATE_ACK = 2;
  private static final int AUTHENTICATE_NAK = 3;

  private static final int CHALLENGE = 1;
  private static final int RESPONSE = 2;
  private static final int SUCCESS = 3;
  private static final int FAILURE = 4;

  private AuthenticationText() {}

  static @Nullable String papCode(int code) {
    return switch (code) {
      case AUTHENTICATE_REQUEST -> "AuthReq";
      case AUTHENTICATE_ACK -> "AuthAck";
      case AUTHENTICATE_NAK -> "AuthNak";
      default -> null;
    };
  }

  static @Nullable String chapCode(int code) {
    return switch (code) {
      case CHALLENGE -> "Challenge";
      case RESPONSE -> "Response";
      case SUCCESS -> "Success";
      case FAILURE -> "Failure";
      default -> null;
    };
  }

  /// What cannot be told from a password is hidden as one.
  static void pap(int code, PacketText out) {
    switch (code) {
      case AUTHENTICATE_REQUEST -> {
        if (isPair(out)) {
          out.append(" user=").string(out.u8());
          out.append(" password=").hide(out.u8());
        }
      }
      case AUTHENTICATE_ACK, AUTHENTICATE_NAK -> {
        if (out.hasCounted()) {
          out.append(" ").string(out.u8());
        }
      }
      default -> {}
    }
    out.hideRest();
  }

  /// Whether there are two fields, each with its length in front.
  private static boolean isPair(PacketText out) {
    if (!out.hasCounted()) {
      return false;
    }
    int second = 1 + out.peek(0);
    return second < out.left() && second + out.peek(second) < out.left();
  }

  static void chap(int code, PacketText out) {
    switch (code) {
      case CHALLENGE, RESPONSE -> {
        if (out.hasCounted()) {
          out.append(" <").digits(out.u8()).append(">, name = ").string(out.left());
        }
      }
      case SUCCESS, FAILURE -> out.append(" ").string(out.left());
      default -> {}
    }
    out.hex(out.left());
  }
}
