package linedisc.ppp.auth;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The message of a Failure of MS-CHAP: `E=691 R=1 C=0123456789ABCDEF V=3 M=text` (RFC 2433 section
/// 8, RFC 2759 section 6).
final class MsChapRefusal {
  static final int RESTRICTED_LOGON_HOURS = 646;
  static final int ACCT_DISABLED = 647;
  static final int PASSWD_EXPIRED = 648;
  static final int NO_DIALIN_PERMISSION = 649;
  static final int AUTHENTICATION_FAILURE = 691;
  static final int CHANGING_PASSWORD = 709;

  private static final int MAX_DIGITS = 9;

  private MsChapRefusal() {}

  /// Writes one; `text` empty leaves `M=` out.
  static byte[] write(int error, boolean retry, byte[] challenge, int version, String text) {
    String message =
        "E="
            + error
            + " R="
            + (retry ? 1 : 0)
            + " C="
            + HexFormat.of().withUpperCase().formatHex(challenge)
            + " V="
            + version
            + (text.isEmpty() ? "" : " M=" + text);
    return Names.encode(message);
  }

  /// Reads one. What is missing or malformed is taken as not there, unknown fields are skipped; a
  /// message in no known form at all is only a text.
  ///
  /// @param challengeLength octets that `C=` must have
  static ChapAlgorithm.Refusal read(byte[] octets, int challengeLength) {
    String message = new String(octets, StandardCharsets.UTF_8);
    String text = "";
    int textAt = message.startsWith("M=") ? 0 : message.indexOf(" M=") + 1;
    if (textAt > 0 || message.startsWith("M=")) {
      text = message.substring(textAt + 2);
      message = message.substring(0, textAt);
    }
    int error = -1;
    boolean retry = false;
    byte[] challenge = null;
    for (String field : message.split(" ", -1)) {
      if (field.startsWith("E=")) {
        error = number(field);
      } else if (field.startsWith("R=")) {
        retry = field.equals("R=1");
      } else if (field.startsWith("C=")) {
        challenge = challenge(field, challengeLength);
      }
    }
    if (error < 0 && text.isEmpty()) {
      text = message;
    }
    byte[] shown = Names.encode(text);
    return new ChapAlgorithm.Refusal(
        reason(error),
        retry && error == AUTHENTICATION_FAILURE,
        challenge,
        Names.message(shown, 0, shown.length));
  }

  private static AuthFailure reason(int error) {
    return switch (error) {
      case RESTRICTED_LOGON_HOURS -> AuthFailure.RESTRICTED_LOGON_HOURS;
      case ACCT_DISABLED -> AuthFailure.ACCOUNT_DISABLED;
      case PASSWD_EXPIRED -> AuthFailure.PASSWORD_EXPIRED;
      case NO_DIALIN_PERMISSION -> AuthFailure.NO_DIALIN_PERMISSION;
      case CHANGING_PASSWORD -> AuthFailure.CHANGE_PASSWORD_REFUSED;
      default -> AuthFailure.REFUSED;
    };
  }

  private static int number(String field) {
    int value = 0;
    if (field.length() == 2 || field.length() > 2 + MAX_DIGITS) {
      return -1;
    }
    for (int i = 2; i < field.length(); i++) {
      int digit = field.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
  }

  private static byte @Nullable [] challenge(String field, int length) {
    if (field.length() != 2 + 2 * length) {
      return null;
    }
    return Hex.decode(field, 2);
  }
}
