package linedisc.ppp.auth;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Hexadecimal digits from the peer, which may be anything.
final class Hex {
  private Hex() {}

  /// The digits from `start` to the end of the text; null if they are none, or odd in number.
  static byte @Nullable [] decode(String text, int start) {
    int digits = text.length() - start;
    if (digits % 2 != 0) {
      return null;
    }
    byte[] octets = new byte[digits / 2];
    for (int i = 0; i < octets.length; i++) {
      char high = text.charAt(start + 2 * i);
      char low = text.charAt(start + 2 * i + 1);
      if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
        return null;
      }
      octets[i] = (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
    }
    return octets;
  }
}
