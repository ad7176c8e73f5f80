package linedisc.examples.pppd.options;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All options, each once.
final class OptionTable {
  private static final List<PppdOption> ALL =
      Stream.of(
              DaemonOptions.rows(),
              AuthenticationOptions.rows(),
              TtyOptions.rows(),
              LcpOptions.rows(),
              IpcpOptions.rows(),
              Ipv6cpOptions.rows(),
              CcpOptions.rows(),
              MultilinkOptions.rows(),
              PluginOptions.rows(),
              OwnOptions.rows())
          .flatMap(List::stream)
          .toList();

  private static final Map<String, PppdOption> BY_NAME = byName();

  private OptionTable() {}

  /// In the order in which they are listed.
  static List<PppdOption> all() {
    return ALL;
  }

  /// The option of that name: names first, then what the word looks like.
  static @Nullable PppdOption find(String word, Machine machine) {
    PppdOption named = BY_NAME.get(word);
    if (named != null) {
      return named;
    }
    if (TtyOptions.isDevice(word, machine)) {
      return BY_NAME.get(TtyOptions.DEVICE_NAME);
    }
    if (TtyOptions.isSpeed(word)) {
      return BY_NAME.get(TtyOptions.TTY_SPEED);
    }
    if (IpcpOptions.isAddresses(word)) {
      return BY_NAME.get(IpcpOptions.IP_ADDRESSES);
    }
    return null;
  }

  /// The option whose priority this one shares.
  static PppdOption main(PppdOption option) {
    return BY_NAME.getOrDefault(option.group(), option);
  }

  /// Every name and alias.
  static Stream<String> names() {
    return BY_NAME.entrySet().stream()
        .filter(entry -> !entry.getValue().isBare())
        .map(Map.Entry::getKey);
  }

  private static Map<String, PppdOption> byName() {
    var names = new HashMap<String, PppdOption>();
    for (PppdOption option : ALL) {
      add(names, option.name(), option);
      for (String alias : option.aliases()) {
        add(names, alias, option);
      }
    }
    return Map.copyOf(names);
  }

  private static void add(Map<String, PppdOption> names, String name, PppdOption option) {
    if (names.put(name, option) != null) {
      throw new IllegalStateException("two options " + name);
    }
  }
}
