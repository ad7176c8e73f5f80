package linedisc.examples.cli;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes JSON (RFC 8259) on one line. Values are maps, iterables, strings, numbers, booleans and
/// null; a map keeps its order.
public final class Json {
  private Json() {}

  /// The text of a value.
  ///
  /// @throws IllegalArgumentException for a value of another kind, or a number that JSON has no
  ///   form for
  public static String write(@Nullable Object value) {
    var text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case null -> text.append("null");
      case String string -> quote(text, string);
      case Boolean bool -> text.append(bool);
      case Double number -> {
        if (!Double.isFinite(number)) {
          throw new IllegalArgumentException("JSON has no form for " + number);
        }
        text.append(number);
      }
      case Number number -> text.append(number);
      case Enum<?> constant -> quote(text, constant.name());
      case Map<?, ?> map -> {
        text.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
          Map.Entry<?, ?> entry = entries.next();
          quote(text, String.valueOf(entry.getKey()));
          text.append(':');
          append(text, entry.getValue());
          text.append(entries.hasNext() ? "," : "");
        }
        text.append('}');
      }
      case Iterable<?> items -> {
        text.append('[');
        Iterator<?> iterator = items.iterator();
        while (iterator.hasNext()) {
          append(text, iterator.next());
          text.append(iterator.hasNext() ? "," : "");
        }
        text.append(']');
      }
      default -> throw new IllegalArgumentException("JSON has no form for " + value.getClass());
    }
  }

  private static void quote(StringBuilder text, String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          // Lone surrogates have no form in UTF-8.
          if (c < 0x20 || c == 0x7f || (Character.isSurrogate(c) && !paired(string, i))) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean paired(String string, int i) {
    char c = string.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < string.length() && Character.isLowSurrogate(string.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(string.charAt(i - 1));
  }
}
