package linedisc.examples.pppd.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The environment of the scripts: what the link knows, then what `set` and `unset` say. For one
/// thread.
public final class Environment {
  private final Map<String, String> variables = new LinkedHashMap<>();
  private Map<String, Optional<String>> options;

  /// Nothing is known yet.
  ///
  /// @param options values that were set, and empty for variables that are removed
  public Environment(Map<String, Optional<String>> options) {
    this.options = options;
  }

  /// Takes other options.
  public void setOptions(Map<String, Optional<String>> changed) {
    options = changed;
  }

  /// Gives a variable a value.
  public void set(String name, String value) {
    variables.put(name, value);
  }

  /// Removes variables.
  public void unset(String... names) {
    for (String name : names) {
      variables.remove(name);
    }
  }

  /// A variable's value; empty if it has none.
  public String get(String name) {
    return variables.getOrDefault(name, "");
  }

  /// As it is now.
  public Map<String, String> snapshot() {
    var all = new LinkedHashMap<>(variables);
    options.forEach(
        (name, value) -> value.ifPresentOrElse(v -> all.put(name, v), () -> all.remove(name)));
    return all;
  }
}
