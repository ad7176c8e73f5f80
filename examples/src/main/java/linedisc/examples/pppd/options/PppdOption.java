package linedisc.examples.pppd.options;

import java.util.List;
import java.util.Set;
import linedisc.examples.pppd.words.Word;

/// One row of the table: everything there is to know about an option.
///
/// @param name as it is typed; for a bare word, what kind of word it is
/// @param aliases other names
/// @param area what it is about
/// @param argument what follows its name
/// @param help what it does, in a line
/// @param group the option whose priority it shares and whose value it replaces; its own name if it
///   stands for itself
/// @param rules what else holds for it
/// @param treatment what becomes of it
/// @param effect what it sets
/// @param shown how `dump` shows it
record PppdOption(
    String name,
    List<String> aliases,
    Area area,
    Argument argument,
    String help,
    String group,
    Set<Rule> rules,
    Treatment treatment,
    Effect effect,
    Shown shown) {

  /// What an option sets.
  interface Effect {
    /// Sets it.
    ///
    /// @param argument the word after the name, or the word itself for a bare one and for those
    ///   without an argument
    /// @throws OptionException made by [OptionDraft#mistake]
    void apply(OptionDraft draft, Word argument) throws OptionException;
  }

  /// How an option in effect is shown.
  interface Shown {
    /// The option as it would be typed, or an empty text if another has undone it.
    ///
    /// @param options all that is in effect
    /// @param given the argument as it was typed, empty if there was none or it is hidden
    String text(PppdOptions options, String given);
  }

  /// Whether a rule holds.
  boolean has(Rule rule) {
    return rules.contains(rule);
  }

  /// Whether the word itself is the option.
  boolean isBare() {
    return argument instanceof Argument.Bare;
  }
}
