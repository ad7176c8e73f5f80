package linedisc.serial.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes secrets out of text that goes by, however it is cut into pieces: what may become a secret
/// is held back until it is known.
final class Redactor {
  /// What is shown for a secret.
  static final String HIDDEN = "??????";

  private final List<String> secrets = new ArrayList<>();
  private final StringBuilder held = new StringBuilder();

  /// From here on these octets must not show; they count without their highest bit, as they come
  /// back from a line.
  ///
  /// @param secret is wiped
  void hide(byte[] secret) {
    var text = new StringBuilder();
    for (byte octet : secret) {
      text.append((char) (octet & 0x7F));
    }
    Arrays.fill(secret, (byte) 0);
    if (!text.isEmpty() && !secrets.contains(text.toString())) {
      secrets.add(text.toString());
    }
  }

  /// What may be shown now that `octet` has come.
  String feed(int octet) {
    held.append((char) octet);
    var shown = new StringBuilder();
    while (!held.isEmpty() && !mayBecomeLonger()) {
      int hidden = secretInFront();
      shown.append(hidden > 0 ? HIDDEN : held.substring(0, 1));
      held.delete(0, Math.max(hidden, 1));
    }
    return shown.toString();
  }

  /// Whether a secret begins with all that is held and goes on.
  private boolean mayBecomeLonger() {
    for (String secret : secrets) {
      if (secret.length() > held.length() && secret.startsWith(held.toString())) {
        return true;
      }
    }
    return false;
  }

  /// Length of the longest secret that stands in front of what is held; 0 for none.
  private int secretInFront() {
    int longest = 0;
    for (String secret : secrets) {
      if (secret.length() > longest && held.indexOf(secret) == 0) {
        longest = secret.length();
      }
    }
    return longest;
  }
}
