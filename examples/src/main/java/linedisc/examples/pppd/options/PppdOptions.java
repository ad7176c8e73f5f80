package linedisc.examples.pppd.options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import linedisc.examples.pppd.words.Source;

/// Options that have been read: a value for each [Setting], where each came from, and what the log
/// should say about them. Never changes.
public final class PppdOptions {
  /// One use of an option.
  ///
  /// @param argument as it was typed; empty if there is none or it is hidden
  /// @param source where
  record Given(String argument, Source source) {}

  private final Map<Setting<?>, Object> values;
  private final Map<PppdOption, List<Given>> given;
  private final Map<String, Integer> priorities;
  private final List<String> messages;

  PppdOptions(
      Map<Setting<?>, Object> values,
      Map<PppdOption, List<Given>> given,
      Map<String, Integer> priorities,
      List<String> messages) {
    this.values = Map.copyOf(values);
    var copy = new LinkedHashMap<PppdOption, List<Given>>();
    given.forEach((option, list) -> copy.put(option, List.copyOf(list)));
    this.given = copy;
    this.priorities = Map.copyOf(priorities);
    this.messages = List.copyOf(messages);
  }

  /// What a setting is.
  public <T> T get(Setting<T> setting) {
    return Optional.ofNullable(values.get(setting)).map(setting::cast).orElse(setting.initial());
  }

  /// Whether an option has set it, be it to what it would be anyway.
  public boolean isSet(Setting<?> setting) {
    return values.containsKey(setting);
  }

  /// Sentences for the log, in order: options without effect, words that were cut.
  public List<String> messages() {
    return messages;
  }

  Map<Setting<?>, Object> values() {
    return values;
  }

  Map<PppdOption, List<Given>> given() {
    return given;
  }

  Map<String, Integer> priorities() {
    return priorities;
  }
}
