package linedisc.examples.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import linedisc.examples.cli.CommandException;
import linedisc.examples.gateway.PortSection.Kind;
import linedisc.examples.pppd.options.Addresses;
import linedisc.examples.pppd.options.Machine;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.OptionReader;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.options.Subset;
import linedisc.examples.pppd.words.FileText;
import linedisc.examples.pppd.words.Source;
import linedisc.serial.forward.Prefix;
import linedisc.serial.port.PortSettings;
import org.jspecify.annotations.Nullable;

/// Reads a configuration: a line, a statement. `pool` stands alone; `port` begins a section, to
/// which all other statements belong. `#` begins a comment.
final class ConfigReader {
  private static final int LONGEST_HOLDOFF = 3600;

  /// As many as a /8 has.
  private static final int LARGEST_POOL = 1 << 24;

  private final Machine machine;
  private final String name;
  private final AddressPlan plan = new AddressPlan();
  private final List<PortSection> sections = new ArrayList<>();
  private final Set<String> ports = new HashSet<>();
  private final List<String> remarks = new ArrayList<>();
  private @Nullable Draft draft;
  private int line;

  /// One section on its way.
  private static final class Draft {
    private final String port;
    private final PortSettings settings;
    private final List<String> inits = new ArrayList<>();
    private final Map<Integer, String> options = new LinkedHashMap<>();
    private final List<Prefix> routes = new ArrayList<>();
    private final int line;
    private Kind kind = Kind.AUTO;
    private boolean answer;
    private int local;
    private int remote;
    private @Nullable AddressRange pool;
    private boolean host;
    private boolean forward = true;
    private Duration holdoff = Duration.ofSeconds(1);

    Draft(String port, PortSettings settings, int line) {
      this.port = port;
      this.settings = settings;
      this.line = line;
    }
  }

  private ConfigReader(Machine machine, String name) {
    this.machine = machine;
    this.name = name;
  }

  /// Reads a file.
  ///
  /// @throws CommandException for the first mistake, with file and line
  static GatewayConfig read(Machine machine, Path file) throws CommandException {
    try {
      return read(machine, file.toString(), new String(FileText.read(file), UTF_8));
    } catch (IOException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()), e);
    }
  }

  /// Reads a text.
  ///
  /// @param name of the file, for messages
  /// @throws CommandException for the first mistake, with file and line
  static GatewayConfig read(Machine machine, String name, String text) throws CommandException {
    var reader = new ConfigReader(machine, name);
    for (String statement : text.lines().toList()) {
      reader.line++;
      reader.take(statement.strip());
    }
    reader.finish();
    if (reader.sections.isEmpty()) {
      throw reader.mistake(reader.line, "there is no 'port' down to here");
    }
    return new GatewayConfig(reader.sections, reader.remarks);
  }

  private void take(String statement) throws CommandException {
    if (statement.isEmpty() || statement.startsWith("#")) {
      return;
    }
    String[] parts = statement.split("\\s+", 2);
    String rest = parts.length == 1 ? "" : parts[1];
    // Words of pppd have quotes, in which a # is no comment.
    String value = parts[0].equals("options") ? rest : rest.replaceFirst("(^|\\s+)#.*", "");
    switch (parts[0]) {
      case "pool" -> pool(value);
      case "port" -> port(value);
      default -> take(parts[0], value);
    }
  }

  private void take(String keyword, String value) throws CommandException {
    Draft section = draft;
    if (section == null) {
      throw mistake("'" + keyword + "' must stand below a 'port'");
    }
    switch (keyword) {
      case "kind" -> section.kind = kind(value);
      case "answer" -> section.answer = flag(keyword, value);
      case "init" -> section.inits.add(needed(keyword, value, "a command"));
      case "options" -> options(section, value);
      case "addresses" -> addresses(section, value);
      case "from" -> section.pool = known(value);
      case "route" -> route(section, value);
      case "host" -> section.host = flag(keyword, value);
      case "nohost" -> section.host = !flag(keyword, value);
      case "forward" -> section.forward = flag(keyword, value);
      case "noforward" -> section.forward = !flag(keyword, value);
      case "holdoff" -> section.holdoff = holdoff(value);
      default ->
          throw mistake(
              "there is no statement '"
                  + keyword
                  + "'; there are kind, answer, init, options, addresses, from, route, host, nohost,"
                  + " forward, noforward, holdoff, and pool and port");
    }
  }

  private boolean flag(String keyword, String value) throws CommandException {
    if (!value.isEmpty()) {
      throw mistake("'" + keyword + "' stands alone, without '" + value + "'");
    }
    return true;
  }

  private String needed(String keyword, String value, String what) throws CommandException {
    if (value.isEmpty()) {
      throw mistake("'" + keyword + "' needs " + what);
    }
    return value;
  }

  private Kind kind(String value) throws CommandException {
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(value)) {
        return kind;
      }
    }
    throw mistake("'kind' needs ppp, slip, cslip or auto, and not '" + value + "'");
  }

  private void pool(String value) throws CommandException {
    finish();
    String[] words = value.split("\\s+|-", -1);
    Integer first = words.length == 3 ? Addresses.dotted(words[1]) : null;
    Integer last = words.length == 3 ? Addresses.dotted(words[2]) : null;
    if (first == null || last == null || words[0].isEmpty()) {
      throw mistake("'pool' needs a name and addresses, as in 'pool guests 10.8.0.10-10.8.0.99'");
    }
    if (Integer.compareUnsigned(first, last) > 0) {
      throw mistake("'" + value + "' has no addresses");
    }
    if (last - first < 0 || last - first >= LARGEST_POOL) {
      throw mistake("'" + value + "' has more than " + LARGEST_POOL + " addresses");
    }
    try {
      plan.add(new AddressRange(words[0], first, last - first + 1));
    } catch (IllegalArgumentException e) {
      throw mistake(String.valueOf(e.getMessage()));
    }
  }

  private AddressRange known(String value) throws CommandException {
    AddressRange range = plan.find(value);
    if (range == null) {
      throw mistake("there is no pool '" + value + "' above this line");
    }
    return range;
  }

  private void port(String value) throws CommandException {
    finish();
    String port = needed("port", value, "a line, as 'linedisc shell' opens it, or a pattern");
    PortSettings settings = PortSettings.DEFAULT;
    int space = port.startsWith("exec:") ? -1 : port.indexOf(' ');
    if (space > 0) {
      try {
        settings = PortSettings.parse(port.substring(space + 1).strip());
      } catch (IllegalArgumentException e) {
        throw mistake(String.valueOf(e.getMessage()));
      }
      port = port.substring(0, space);
    }
    if (port.chars().anyMatch(Character::isISOControl)) {
      throw mistake("the name of a line has no control characters");
    }
    if (!ports.add(port)) {
      throw mistake("there is a section for " + port + " already");
    }
    draft = new Draft(port, settings, line);
  }

  private void options(Draft section, String value) throws CommandException {
    String words = needed("options", value, "words of pppd");
    remarks.addAll(check(words, line, Subset.LINK_AND_SESSION).messages());
    section.options.put(line, words);
  }

  /// Refuses words that can't be taken.
  private PppdOptions check(String words, int where, Subset subset) throws CommandException {
    try {
      return OptionReader.readWords(machine, subset, List.of(words), new Source(name, where));
    } catch (OptionException e) {
      throw CommandException.usage(e.sentence());
    }
  }

  private void addresses(Draft section, String value) throws CommandException {
    int colon = value.indexOf(':');
    Integer local = address(value.substring(0, Math.max(0, colon)));
    Integer remote = address(value.substring(colon + 1));
    if (colon < 0 || local == null || remote == null || (local | remote) == 0) {
      throw mistake("'addresses' needs LOCAL:REMOTE, or one of them with the colon");
    }
    try {
      if (local != 0) {
        plan.fix(local, section.port);
      }
      if (remote != 0) {
        plan.fix(remote, section.port);
      }
    } catch (IllegalArgumentException e) {
      throw mistake(String.valueOf(e.getMessage()));
    }
    section.local = local;
    section.remote = remote;
  }

  private static @Nullable Integer address(String text) {
    return text.isEmpty() ? Integer.valueOf(0) : Addresses.dotted(text);
  }

  private void route(Draft section, String value) throws CommandException {
    for (String word : needed("route", value, "a prefix, as in 192.168.7.0/24").split("\\s+", -1)) {
      try {
        section.routes.add(Prefix.parse(word));
      } catch (IllegalArgumentException e) {
        throw mistake(String.valueOf(e.getMessage()));
      }
    }
  }

  private Duration holdoff(String value) throws CommandException {
    try {
      int seconds = Integer.parseInt(value);
      if (seconds >= 1 && seconds <= LONGEST_HOLDOFF) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw mistake("'holdoff' needs seconds from 1 to " + LONGEST_HOLDOFF);
  }

  /// The end of a section.
  private void finish() throws CommandException {
    Draft section = draft;
    draft = null;
    if (section == null) {
      return;
    }
    if (section.kind == Kind.SLIP || section.kind == Kind.CSLIP) {
      for (Map.Entry<Integer, String> words : section.options.entrySet()) {
        // What PPP would negotiate.
        PppdOptions _ = check(words.getValue(), words.getKey(), Subset.SESSION);
      }
    }
    boolean slip = section.kind != Kind.PPP;
    boolean remote = section.remote != 0 || section.pool != null;
    if (slip && (section.local == 0 || !remote)) {
      throw mistake(
          section.line,
          "SLIP tells no addresses: "
              + section.port
              + " needs 'addresses LOCAL:REMOTE', or 'addresses LOCAL:' and 'from POOL'");
    }
    if (section.remote != 0 && section.pool != null) {
      throw mistake(section.line, "the peer's address is given, and a pool too");
    }
    if (section.remote != 0 && GatewayConfig.isPattern(section.port)) {
      throw mistake(section.line, "several ports can't have one peer's address; use a pool");
    }
    PortSection finished = finished(section);
    try {
      PppdOptions _ = PppAccess.options(machine, finished, 0);
    } catch (OptionException e) {
      throw mistake(section.line, e.sentence());
    }
    sections.add(finished);
  }

  private static PortSection finished(Draft section) {
    return new PortSection(
        section.port,
        section.settings,
        section.kind,
        section.answer,
        section.inits,
        List.copyOf(section.options.values()),
        section.local,
        section.remote,
        section.pool,
        section.routes,
        section.host,
        section.forward,
        section.holdoff);
  }

  private CommandException mistake(String sentence) {
    return mistake(line, sentence);
  }

  private CommandException mistake(int where, String sentence) {
    return CommandException.usage(name + ":" + Math.max(1, where) + ": " + sentence);
  }
}
