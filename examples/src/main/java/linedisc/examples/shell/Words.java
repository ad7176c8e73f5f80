package linedisc.examples.shell;

import java.util.ArrayList;
import java.util.List;
import linedisc.examples.cli.CommandException;

/// A command line taken apart as a shell would: white space separates, quotes of either kind and
/// the backslash protect, `#` at the start of a word begins a comment.
final class Words {
  private Words() {}

  static List<String> of(String line) throws CommandException {
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    boolean open = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        open = true;
      } else if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        open = true;
      } else if (Character.isWhitespace(c)) {
        if (open) {
          words.add(word.toString());
          word.setLength(0);
          open = false;
        }
      } else if (c == '#' && !open) {
        break;
      } else {
        word.append(c);
        open = true;
      }
    }
    if (quote != 0) {
      throw CommandException.usage("a quote is not closed");
    }
    if (open) {
      words.add(word.toString());
    }
    return words;
  }
}
