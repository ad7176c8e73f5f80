package linedisc.serial.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a command apart as a shell would, as long as no more than quotes are needed for it.
final class ShellWords {
  /// Characters that mean something to a shell wherever they stand outside of quotes.
  private static final String SPECIAL = "$`;|&<>(){}\n";

  /// Characters that mean something at the beginning of a word. A pattern that begins with other
  /// characters, as in `ATD*99#` or `AT+CPIN?`, fits no file's name, and a shell leaves it alone.
  private static final String SPECIAL_FIRST = "~#!*?[]";

  private ShellWords() {}

  /// The words, or null if only a shell can tell what they are.
  static @Nullable List<String> split(String command) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean inWord = false;
    for (int at = 0; at < command.length(); at++) {
      char c = command.charAt(at);
      if (c == ' ' || c == '\t') {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
        continue;
      }
      boolean first = !inWord;
      inWord = true;
      if (c == '\'') {
        int end = command.indexOf('\'', at + 1);
        if (end < 0) {
          return null;
        }
        word.append(command, at + 1, end);
        at = end;
      } else if (c == '"') {
        int end = quoted(command, at + 1, word);
        if (end < 0) {
          return null;
        }
        at = end;
      } else if (c == '\\') {
        if (++at == command.length() || command.charAt(at) == '\n') {
          return null;
        }
        word.append(command.charAt(at));
      } else if (SPECIAL.indexOf(c) >= 0
          || (first && SPECIAL_FIRST.indexOf(c) >= 0)
          || (words.isEmpty() && c == '=')) {
        return null;
      } else {
        word.append(c);
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  /// Adds what is in double quotes; the offset of the quote that ends them, or -1.
  private static int quoted(String command, int from, StringBuilder word) {
    for (int at = from; at < command.length(); at++) {
      char c = command.charAt(at);
      if (c == '"') {
        return at;
      }
      if (c == '$' || c == '`') {
        return -1;
      }
      boolean escape =
          c == '\\' && at + 1 < command.length() && "$`\"\\".indexOf(command.charAt(at + 1)) >= 0;
      word.append(escape ? command.charAt(++at) : c);
    }
    return -1;
  }
}
