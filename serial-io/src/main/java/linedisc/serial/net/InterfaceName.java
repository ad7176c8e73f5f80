package linedisc.serial.net;

import org.jspecify.annotations.Nullable;

/// A name as it is asked for: a type and a unit, `ppp3`, or a type alone, `ppp`, for any unit.
///
/// Parsed as FreeBSD's if_clone does: no leading zeros, nothing after the digits.
///
/// @param type letters
/// @param unit [#ANY] or the unit
record InterfaceName(String type, int unit) {
  static final int ANY = -1;

  /// IFNAMSIZ less the terminating NUL.
  private static final int MAX_LENGTH = 15;

  /// Reads a name; null: it is none.
  static @Nullable InterfaceName parse(String text) {
    int letters = 0;
    while (letters < text.length() && isLetter(text.charAt(letters))) {
      letters++;
    }
    if (letters == 0 || text.length() > MAX_LENGTH) {
      return null;
    }
    String type = text.substring(0, letters);
    String digits = text.substring(letters);
    if (digits.isEmpty()) {
      return new InterfaceName(type, ANY);
    }
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      return null;
    }
    long unit = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      unit = 10 * unit + digit;
      if (unit > Integer.MAX_VALUE) {
        return null;
      }
    }
    return new InterfaceName(type, (int) unit);
  }

  /// Whether a type is one or more letters.
  static boolean isType(String text) {
    InterfaceName name = parse(text);
    return name != null && name.unit == ANY;
  }

  @Override
  public String toString() {
    return unit == ANY ? type : type + unit;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
