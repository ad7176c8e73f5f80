package linedisc.examples.modem;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A command line taken apart, command by command: those before a mistake are carried out.
///
/// See [V.250, section 5.2](https://www.itu.int/rec/T-REC-V.250).
final class CommandLine {
  private static final int LARGEST_VALUE = 65_535;

  private final String line;
  private int at;

  /// A line.
  ///
  /// @param line what stands behind `AT`
  CommandLine(String line) {
    this.line = line;
  }

  /// The next command, or null at the end.
  @Nullable AtCommand next() {
    skip(" ;");
    if (at == line.length()) {
      return null;
    }
    char c = Character.toUpperCase(line.charAt(at++));
    return switch (c) {
      case 'D' -> {
        String number = line.substring(at).strip();
        at = line.length();
        yield new AtCommand.Dial(number);
      }
      case 'S' -> new AtCommand.Select(number());
      case '?' -> new AtCommand.Read();
      case '=' -> new AtCommand.Write(number());
      case '+' -> extended();
      case '&', '\\', '%' -> {
        skip(" ");
        yield at < line.length() && isLetter(line.charAt(at))
            ? basic(c + line.substring(at, ++at))
            : invalid();
      }
      default -> isLetter(c) ? basic(String.valueOf(c)) : invalid();
    };
  }

  private AtCommand basic(String name) {
    return new AtCommand.Basic(name.toUpperCase(Locale.ROOT), number());
  }

  private AtCommand invalid() {
    at = line.length();
    return new AtCommand.Invalid();
  }

  /// Digits, 0 if there are none.
  private int number() {
    skip(" ");
    int number = 0;
    while (at < line.length() && Character.digit(line.charAt(at), 10) >= 0) {
      number = Math.min(LARGEST_VALUE, number * 10 + Character.digit(line.charAt(at++), 10));
      skip(" ");
    }
    return number;
  }

  private AtCommand extended() {
    int start = at;
    while (at < line.length() && (isLetter(line.charAt(at)) || isDigit(line.charAt(at)))) {
      at++;
    }
    String name = "+" + line.substring(start, at).toUpperCase(Locale.ROOT);
    String rest = value();
    if (rest.isEmpty()) {
      return new AtCommand.Extended(name, AtCommand.Operation.ACT, "");
    }
    if (rest.equals("?")) {
      return new AtCommand.Extended(name, AtCommand.Operation.READ, "");
    }
    if (rest.equals("=?")) {
      return new AtCommand.Extended(name, AtCommand.Operation.TEST, "");
    }
    return rest.startsWith("=")
        ? new AtCommand.Extended(name, AtCommand.Operation.SET, rest.substring(1))
        : invalid();
  }

  /// All up to the semicolon that ends an extended command; quotes may hold one.
  private String value() {
    int start = at;
    boolean quoted = false;
    while (at < line.length() && (quoted || line.charAt(at) != ';')) {
      quoted ^= line.charAt(at) == '"';
      at++;
    }
    return line.substring(start, at).strip();
  }

  private void skip(String characters) {
    while (at < line.length() && characters.indexOf(line.charAt(at)) >= 0) {
      at++;
    }
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
