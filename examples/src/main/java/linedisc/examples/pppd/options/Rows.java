package linedisc.examples.pppd.options;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import linedisc.examples.pppd.options.PppdOption.Effect;
import linedisc.examples.pppd.options.PppdOption.Shown;
import linedisc.ppp.auth.Secret;

/// Writes down the rows of an area: each kind of option begins a row, and what follows says more
/// about the row begun last.
final class Rows {
  private static final Effect NO_EFFECT = (draft, argument) -> {};

  /// A row that is being written.
  private static final class Row {
    final String name;
    final Argument argument;
    final String help;
    final Set<Rule> rules = EnumSet.noneOf(Rule.class);
    Effect effect;
    Shown shown;
    List<String> aliases = List.of();
    String group;
    Treatment treatment = new Treatment.Implemented();

    Row(String name, Argument argument, String help, Effect effect, Shown shown) {
      this.name = name;
      this.argument = argument;
      this.help = help;
      this.effect = effect;
      this.shown = shown;
      this.group = name;
    }
  }

  private final Area area;
  private final List<Row> rows = new ArrayList<>();
  private final Set<Rule> forAll = EnumSet.noneOf(Rule.class);

  Rows(Area area) {
    this.area = area;
  }

  /// The rows, finished.
  List<PppdOption> list() {
    return rows.stream()
        .map(row ->
            new PppdOption(
                row.name,
                row.aliases,
                area,
                row.argument,
                row.help,
                row.group,
                Set.copyOf(row.rules),
                row.treatment,
                row.effect,
                row.shown))
        .toList();
  }

  /// A word that gives a setting a value.
  <T> Rows flag(String name, Setting<T> setting, T value, String help) {
    return row(
        name,
        new Argument.None(),
        help,
        (draft, argument) -> draft.set(setting, value),
        (options, given) -> options.get(setting).equals(value) ? name : "");
  }

  /// A word with an effect of its own.
  Rows word(String name, Effect effect, String help) {
    return row(name, new Argument.None(), help, effect, (options, given) -> name);
  }

  /// A whole number from `least` to `most`.
  Rows number(String name, Setting<Integer> setting, int least, int most, String help) {
    return row(
        name,
        new Argument.Whole(least, most),
        help,
        (draft, argument) -> draft.set(setting, draft.number(argument, least, most)),
        (options, given) -> name + " " + options.get(setting));
  }

  /// A whole number from `least` on.
  Rows number(String name, Setting<Integer> setting, int least, String help) {
    return number(name, setting, least, Integer.MAX_VALUE, help);
  }

  /// Any text of at most `most` octets.
  Rows text(String name, Setting<String> setting, int most, String help) {
    return row(
        name,
        new Argument.Text(most),
        help,
        (draft, argument) -> draft.set(setting, draft.text(argument, most)),
        (options, given) -> name + " " + quoted(options.get(setting)));
  }

  /// A secret.
  Rows hidden(String name, Setting<Secret> setting, int most, String help) {
    return row(
        name,
        new Argument.Hidden(most),
        help,
        (draft, argument) -> {
          draft.limit(argument, most);
          draft.set(setting, argument.secret());
        },
        (options, given) -> name + " ??????");
  }

  /// A word with a syntax of its own.
  Rows special(String name, String syntax, Effect effect, String help) {
    var argument = new Argument.Special(syntax);
    return row(name, argument, help, effect, asGiven(name, argument));
  }

  /// One of several values of the same kind.
  Rows listed(String name, String syntax, Effect effect, String help) {
    return special(name, syntax, effect, help).rule(Rule.LIST);
  }

  /// A word that is an option by what it looks like.
  Rows bare(String name, String syntax, Effect effect, String help) {
    return row(name, new Argument.Bare(syntax), help, effect, (options, given) -> quoted(given));
  }

  /// An option that is taken and has no effect; a number must be one all the same.
  Rows accepted(String name, Argument argument, String reason, String help) {
    Effect check =
        argument instanceof Argument.Whole(int least, int most)
            ? (draft, word) -> draft.number(word, least, most)
            : NO_EFFECT;
    return row(name, argument, help, check, asGiven(name, argument)).withoutEffect(reason);
  }

  /// The row also gives another setting a value.
  <T> Rows also(Setting<T> setting, T value) {
    Row row = rows.getLast();
    Effect first = row.effect;
    row.effect =
        (draft, word) -> {
          first.apply(draft, word);
          draft.set(setting, value);
        };
    return this;
  }

  /// The row is shown as what it has set.
  Rows shown(Function<PppdOptions, String> text) {
    rows.getLast().shown = (options, given) -> text.apply(options);
    return this;
  }

  /// The row is checked, and then has no effect.
  Rows withoutEffect(String reason) {
    rows.getLast().treatment = new Treatment.Accepted(reason);
    return this;
  }

  /// An option that is an error.
  Rows refused(String name, Argument argument, String alternative, String help) {
    row(name, argument, help, NO_EFFECT, asGiven(name, argument));
    rows.getLast().treatment = new Treatment.Refused(alternative);
    return this;
  }

  /// Counts and times beyond what the engines take are cut, and the log says so; pppd takes any.
  Rows cut(Setting<Integer> setting, int least, int most) {
    Row row = rows.getLast();
    Effect whole = row.effect;
    row.effect =
        (draft, word) -> {
          whole.apply(draft, word);
          int given = draft.get(setting);
          int cut = Math.clamp(given, least, most);
          if (cut != given) {
            draft.set(setting, cut);
            draft.message("option " + row.name + " " + given + " is taken as " + cut);
          }
        };
    return this;
  }

  /// An unprivileged source may only lower the row's value, of which 0 is the highest.
  Rows lowered(Setting<Integer> setting) {
    Row row = rows.getLast();
    Effect unlimited = row.effect;
    row.effect =
        (draft, word) -> {
          int before = draft.get(setting);
          unlimited.apply(draft, word);
          int after = draft.get(setting);
          if (!draft.isPrivileged() && before != 0 && (after == 0 || after > before)) {
            throw draft.mistake(
                "option " + row.name + " can be lowered from " + before + ", but not raised");
          }
        };
    return this;
  }

  /// Other names of the row.
  Rows alias(String... names) {
    rows.getLast().aliases = List.of(names);
    return this;
  }

  /// The row shares the priority of another and replaces its value.
  Rows under(String group) {
    rows.getLast().group = group;
    return this;
  }

  /// A rule for the row.
  Rows rule(Rule rule) {
    rows.getLast().rules.add(rule);
    return this;
  }

  /// A rule for all rows that follow.
  Rows all(Rule rule) {
    forAll.add(rule);
    return this;
  }

  /// The row keeps its value against sources of lower priority.
  Rows keeps() {
    return rule(Rule.KEEPS_PRIORITY);
  }

  /// The row needs a privileged source.
  Rows privileged() {
    return rule(Rule.PRIVILEGED);
  }

  /// A word as an option file has it: in quotes unless it is plain.
  static String quoted(String word) {
    if (!word.isEmpty() && word.chars().allMatch(Rows::isPlain)) {
      return word;
    }
    var quoted = new StringBuilder("\"");
    word.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').append((char) c);
          } else if (c < ' ' || c == 0x7F) {
            quoted.append(String.format("\\%03o", c));
          } else {
            quoted.append((char) c);
          }
        });
    return quoted.append('"').toString();
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c != 0x7F && "\"'\\#".indexOf(c) < 0;
  }

  private static Shown asGiven(String name, Argument argument) {
    return (options, given) -> argument.follows() ? name + " " + quoted(given) : name;
  }

  private Rows row(String name, Argument argument, String help, Effect effect, Shown shown) {
    var row = new Row(name, argument, help, effect, shown);
    row.rules.addAll(forAll);
    rows.add(row);
    return this;
  }
}
