package linedisc.examples.pppd.options;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import linedisc.examples.pppd.options.PppdOptions.Given;
import linedisc.examples.pppd.words.Source;
import linedisc.examples.pppd.words.Word;

/// Options while they are being read: what has been set so far, by which source, with which
/// priority.
final class OptionDraft {
  /// Added to the priority of a source that is privileged, for options that it fixes.
  private static final int PRIVILEGED = 100;

  /// What reads the files that options name.
  interface Files {
    /// `file`
    void file(OptionDraft draft, Word name) throws OptionException;

    /// `call`
    void call(OptionDraft draft, Word name) throws OptionException;
  }

  private final Machine machine;
  private final Files files;
  private final Map<Setting<?>, Object> values = new HashMap<>();
  private final Map<PppdOption, List<Given>> given = new LinkedHashMap<>();
  private final Map<String, Integer> priorities = new HashMap<>();
  private final Map<String, Source> setters = new HashMap<>();
  private final List<String> messages = new ArrayList<>();

  private Source source = Source.COMMAND_LINE;
  private OptionSource from = OptionSource.COMMAND_LINE;
  private boolean privileged;
  private boolean lineFixed;
  private boolean started;

  OptionDraft(Machine machine, Files files) {
    this.machine = machine;
    this.files = files;
  }

  /// Goes on from finished options, with the link started.
  OptionDraft(Machine machine, Files files, PppdOptions options) {
    this(machine, files);
    values.putAll(options.values());
    options.given().forEach((option, list) -> given.put(option, new ArrayList<>(list)));
    priorities.putAll(options.priorities());
    messages.addAll(options.messages());
    lineFixed = true;
    started = true;
  }

  PppdOptions finish() {
    return new PppdOptions(values, given, priorities, messages);
  }

  Machine machine() {
    return machine;
  }

  Files files() {
    return files;
  }

  <T> T get(Setting<T> setting) {
    return Optional.ofNullable(values.get(setting)).map(setting::cast).orElse(setting.initial());
  }

  <T> void set(Setting<T> setting, T value) {
    values.put(setting, value);
  }

  boolean isSet(Setting<?> setting) {
    return values.containsKey(setting);
  }

  /// A sentence for the log.
  void message(String sentence) {
    messages.add(source + ": " + sentence);
  }

  /// Where sentences go that name their place themselves.
  List<String> messages() {
    return messages;
  }

  OptionException mistake(String sentence) {
    return new OptionException(source + ": " + sentence);
  }

  /// Where words come from until the next call.
  void enter(OptionSource from, boolean privileged) {
    this.from = from;
    this.privileged = privileged;
  }

  OptionSource from() {
    return from;
  }

  boolean isPrivileged() {
    return privileged;
  }

  /// From now on the line may not change.
  void fixLine() {
    lineFixed = true;
  }

  /// Takes an option, if its source may set it.
  ///
  /// @param name the word that named it
  /// @param argument the word after it, or the same word again
  void take(PppdOption option, Word name, Word argument) throws OptionException {
    source = name.source();
    String typed = option.isBare() ? "the " + option.name() : "option " + name.text();
    if (option.treatment() instanceof Treatment.Refused(String alternative)) {
      throw mistake(typed + " is not supported: " + alternative);
    }
    int priority = from.priority();
    if (option.has(Rule.FIXED_BY_PRIVILEGE) && privileged) {
      priority += PRIVILEGED;
    }
    PppdOption main = OptionTable.main(option);
    if (main.has(Rule.KEEPS_PRIORITY)) {
      int before = priorities.getOrDefault(option.group(), 0);
      if (priority < before) {
        if (from == OptionSource.COMMAND_LINE && before > PRIVILEGED) {
          throw mistake(
              typed
                  + " was set in "
                  + setters.get(option.group())
                  + " by the administrator and can't be changed");
        }
        return;
      }
      if (priority > PRIVILEGED && before == OptionSource.COMMAND_LINE.priority()) {
        message(typed + " overrides the command line");
      }
    }
    if (option.has(Rule.BEFORE_START) && started) {
      throw mistake(typed + " can't be changed once the link has started");
    }
    if (option.has(Rule.PRIVILEGED) && !privileged) {
      throw mistake(
          typed
              + " needs the administrator's rights: put it into "
              + machine.configuration().resolve("options")
              + ", or into a file in "
              + machine.configuration().resolve("peers")
              + " that 'call' names");
    }
    if (option.has(Rule.NAMES_LINE) && lineFixed) {
      throw mistake(typed + " can't be changed in " + source.name());
    }
    Source here = source;
    option.effect().apply(this, argument);
    // A file that the option named has been read meanwhile.
    source = here;
    if (option.treatment() instanceof Treatment.Accepted(String reason)) {
      message(typed + " has no effect: " + reason);
    }
    remember(option, argument, priority);
  }

  private void remember(PppdOption option, Word argument, int priority) {
    if (!option.has(Rule.ADDS)) {
      given
          .keySet()
          .removeIf(
              other -> !other.name().equals(option.name()) && other.group().equals(option.group()));
    }
    boolean shows =
        switch (option.argument()) {
          case Argument.Hidden _, Argument.None _ -> false;
          case Argument.Bare _,
              Argument.Bits _,
              Argument.Whole _,
              Argument.Special _,
              Argument.Text _ ->
              true;
        };
    var entry = new Given(shows ? argument.text() : "", source);
    List<Given> entries = given.computeIfAbsent(option, ignored -> new ArrayList<>());
    if (!option.has(Rule.LIST)) {
      entries.clear();
    }
    entries.add(entry);
    priorities.put(option.group(), priority);
    setters.put(option.group(), source);
  }

  /// Does what another option would, if its priority lets this source.
  void overrule(String group, Runnable effect) {
    if (from.priority() >= priorities.getOrDefault(group, 0)) {
      effect.run();
      priorities.put(group, from.priority());
      given.keySet().removeIf(other -> other.group().equals(group));
    }
  }

  /// A whole number within limits.
  int number(Word word, int least, int most) throws OptionException {
    String text = word.text();
    Long value = Numbers.whole(text);
    if (value == null) {
      throw mistake("'" + text + "' is not a whole number");
    }
    if (value < least || value > most) {
      String range = most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
      throw mistake(text + " is out of range: " + range);
    }
    return value.intValue();
  }

  /// Up to 32 bits in hexadecimal.
  int bits(Word word) throws OptionException {
    Integer value = Numbers.bits(word.text());
    if (value == null) {
      throw mistake("'" + word.text() + "' is not a hexadecimal number of up to 32 bits");
    }
    return value;
  }

  /// Any text within its length.
  String text(Word word, int most) throws OptionException {
    limit(word, most);
    String text = word.text();
    if (text.getBytes(StandardCharsets.UTF_8).length > most) {
      throw mistake("longer than " + most + " octets");
    }
    return text;
  }

  /// Checks the length of a word.
  void limit(Word word, int most) throws OptionException {
    if (word.length() > most) {
      throw mistake("a word of " + word.length() + " octets is too long: " + most + " at most");
    }
  }

  /// An address, or a host's name that has one.
  int address(String text) throws OptionException {
    Integer address = Addresses.dotted(text);
    if (address != null) {
      return address;
    }
    var resolved = text.isEmpty() ? null : machine.resolve(text);
    if (resolved == null) {
      throw mistake("'" + text + "' is neither an IPv4 address nor a host that has one");
    }
    return Addresses.of(resolved);
  }
}
