package linedisc.examples.pppd.options;

import org.jspecify.annotations.Nullable;

/// Numbers by the rules of C, and no others: what follows a number (`1500x`) is an error.
final class Numbers {
  private static final long MAX_BITS = 0xFFFF_FFFFL;

  private Numbers() {}

  /// A whole number with its base in its prefix, or null.
  static @Nullable Long whole(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    int base = 10;
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      base = 16;
      digits = digits.substring(2);
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      base = 8;
    }
    Long value = digits(digits, base);
    return value == null || !negative ? value : Long.valueOf(-value);
  }

  /// Up to 32 bits in hexadecimal, with or without `0x`, or null.
  static @Nullable Integer bits(String text) {
    boolean prefixed = text.startsWith("0x") || text.startsWith("0X");
    Long value = digits(prefixed ? text.substring(2) : text, 16);
    return value == null || value > MAX_BITS ? null : Integer.valueOf(value.intValue());
  }

  /// Digits only, or null; numbers that a long can't hold are no numbers.
  private static @Nullable Long digits(String text, int base) {
    if (text.isEmpty() || text.length() > 18) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), base) : -1;
      if (digit < 0) {
        return null;
      }
      value = value * base + digit;
    }
    return value;
  }
}
