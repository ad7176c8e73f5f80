package linedisc.examples.modem;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What stands behind `ATD`, taken apart; see [V.250, section
/// 6.3.1](https://www.itu.int/rec/T-REC-V.250).
///
/// @param number without modifiers
/// @param commas how many pauses come before the call
/// @param voice whether the modem is to leave the call to people (`;`)
record DialString(String number, int commas, boolean voice) {
  private static final int LONGEST = 80;

  /// Tone, pulse, wait for a tone, for silence, flash; and what people put in for the eye.
  private static final String IGNORED = "TPW@! ()-";

  private static final String REDIAL = "L";

  /// Takes it apart.
  ///
  /// @param last the number dialled before
  /// @return null: it is none
  static @Nullable DialString parse(String text, String last) {
    boolean voice = text.endsWith(";");
    String rest = voice ? text.substring(0, text.length() - 1).strip() : text;
    if (rest.equalsIgnoreCase(REDIAL)) {
      return new DialString(last, 0, voice);
    }
    if (isAddress(rest)) {
      String upper = rest.toUpperCase(Locale.ROOT);
      boolean modifier = upper.startsWith("T") || upper.startsWith("P");
      return new DialString(modifier ? rest.substring(1).strip() : rest, 0, voice);
    }
    var number = new StringBuilder();
    int commas = 0;
    for (int i = 0; i < rest.length(); i++) {
      char c = Character.toUpperCase(rest.charAt(i));
      if (c == ',') {
        commas++;
      } else if (isDigit(c)) {
        number.append(c);
      } else if (IGNORED.indexOf(c) < 0) {
        return null;
      }
    }
    return number.length() > LONGEST ? null : new DialString(number.toString(), commas, voice);
  }

  private static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'D') || "*#+".indexOf(c) >= 0;
  }

  /// `host:port`, which some emulators take for a number.
  static boolean isAddress(String text) {
    return text.matches("[A-Za-z0-9._-]+:\\d{1,5}");
  }
}
