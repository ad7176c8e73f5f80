package linedisc.examples.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A command line taken apart: flags (`--json`), options with a value (`--rate 9600` or
/// `--rate=9600`), and operands. `--` ends the options. Long names only; a program whose tradition
/// has short ones (slattach) declares them as they are, with one dash.
public final class Arguments {
  private final Map<String, List<String>> values = new HashMap<>();
  private final Set<String> flags = new HashSet<>();
  private final List<String> operands = new ArrayList<>();

  private Arguments() {}

  /// Takes a command line apart.
  ///
  /// @param words what the user typed
  /// @param flags names without a value, dashes included
  /// @param options names with a value, dashes included
  /// @throws CommandException for a name that is in neither set, or a value that is missing
  public static Arguments parse(List<String> words, Set<String> flags, Set<String> options)
      throws CommandException {
    var result = new Arguments();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        result.operands.addAll(words.subList(i + 1, words.size()));
        break;
      }
      if (!word.startsWith("-") || word.equals("-")) {
        result.operands.add(word);
        continue;
      }
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      if (flags.contains(name)) {
        if (equals >= 0) {
          throw CommandException.usage("option " + name + " takes no value");
        }
        result.flags.add(name);
      } else if (options.contains(name)) {
        if (equals < 0 && i + 1 == words.size()) {
          throw CommandException.usage("option " + name + " needs a value");
        }
        String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
        result.values.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
      } else {
        throw CommandException.usage("unknown option " + name + "; --help lists the options");
      }
    }
    return result;
  }

  /// Whether a flag was given.
  public boolean has(String flag) {
    return flags.contains(flag);
  }

  /// The last value given for an option, or null.
  public @Nullable String value(String option) {
    List<String> given = values.get(option);
    return given == null ? null : given.getLast();
  }

  /// All values given for an option, in order.
  public List<String> values(String option) {
    return List.copyOf(values.getOrDefault(option, List.of()));
  }

  /// What is neither a flag nor an option, in order.
  public List<String> operands() {
    return List.copyOf(operands);
  }

  /// A whole number.
  ///
  /// @param option its name
  /// @param fallback when it was not given
  /// @param least the smallest that is taken
  /// @param most the largest that is taken
  /// @throws CommandException for anything else
  public long number(String option, long fallback, long least, long most) throws CommandException {
    return parsed(
        option,
        fallback,
        "a whole number from " + least + " to " + most,
        text -> {
          long number = Long.parseLong(text);
          if (number < least || number > most) {
            throw new NumberFormatException();
          }
          return number;
        });
  }

  /// A number with a fraction, such as a probability.
  ///
  /// @param option its name
  /// @param fallback when it was not given
  /// @param least the smallest that is taken
  /// @param most the largest that is taken
  /// @throws CommandException for anything else
  public double decimal(String option, double fallback, double least, double most)
      throws CommandException {
    return parsed(
        option,
        fallback,
        "a number from " + least + " to " + most,
        text -> {
          double number = Double.parseDouble(text);
          if (!(number >= least && number <= most)) {
            throw new NumberFormatException();
          }
          return number;
        });
  }

  /// A value that must be one of a few words.
  ///
  /// @param option its name
  /// @param fallback when it was not given
  /// @param allowed the words
  /// @throws CommandException for anything else
  public String word(String option, String fallback, List<String> allowed) throws CommandException {
    return parsed(
        option,
        fallback,
        "one of " + String.join(", ", allowed),
        text -> {
          if (!allowed.contains(text)) {
            throw new IllegalArgumentException();
          }
          return text;
        });
  }

  /// A program without operands refuses them.
  ///
  /// @throws CommandException if there is one
  public void refuseOperands() throws CommandException {
    if (!operands.isEmpty()) {
      throw CommandException.usage("unexpected argument '" + operands.getFirst() + "'");
    }
  }

  private <T> T parsed(String option, T fallback, String expected, Function<String, T> parser)
      throws CommandException {
    String text = value(option);
    if (text == null) {
      return fallback;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "option " + option + " needs " + expected + ", and not '" + text + "'");
    }
  }
}
