package linedisc.examples.interop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linedisc.examples.cli.Json;

/// A line that an [Endpoint] or a [Router] writes: a JSON object without nesting.
///
/// @param fields names and values; a number or a truth value as it is written
record Event(Map<String, String> fields) {
  private static final Pattern FIELD =
      Pattern.compile("\"(\\w+)\":(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|([^,}\"]*))");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u([0-9a-f]{4})|.)");

  /// Writes a line to standard output.
  static void say(String name, Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", name);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    // One call, so that lines of several threads don't mix.
    System.out.println(Json.write(fields));
  }

  static Event parse(String line) {
    var fields = new LinkedHashMap<String, String>();
    Matcher matcher = FIELD.matcher(line);
    while (matcher.find()) {
      String string = matcher.group(2);
      fields.put(matcher.group(1), string == null ? matcher.group(3) : unescape(string));
    }
    return new Event(fields);
  }

  private static String unescape(String string) {
    return ESCAPE
        .matcher(string)
        .replaceAll(match ->
            Matcher.quoteReplacement(
                switch (match.group(1).charAt(0)) {
                  case 'u' -> String.valueOf((char) Integer.parseInt(match.group(2), 16));
                  case 'n' -> "\n";
                  case 'r' -> "\r";
                  case 't' -> "\t";
                  default -> match.group(1);
                }));
  }

  /// What happened.
  String name() {
    return get("event");
  }

  /// The value of a field; empty if there is none.
  String get(String field) {
    return fields.getOrDefault(field, "");
  }

  int number(String field) {
    return Integer.parseInt(get(field));
  }

  /// As a line of a log: the name and the values.
  @Override
  public String toString() {
    return String.join(" ", fields.values());
  }
}
