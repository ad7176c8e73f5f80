package linedisc.examples.modem;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import linedisc.examples.cli.Arguments;
import linedisc.examples.cli.CommandException;

/// The command line of `linedisc modem`.
///
/// @param links of all modems, also of those that only a number names
/// @param numbers where each leads
/// @param speed that CONNECT tells, in bits per second
/// @param tcp whether `host:port` may be dialled
/// @param hangUp whether a lost carrier hangs up programs that ignore it
/// @param pin of the SIMs; empty: none
/// @param search how long the modems look for the cellular network
/// @param signal as `+CSQ` tells it
record ModemOptions(
    List<String> links,
    Map<String, Target> numbers,
    int speed,
    boolean tcp,
    boolean hangUp,
    boolean verbose,
    String pin,
    Duration search,
    int signal) {
  private static final Set<String> FLAGS = Set.of("--tcp", "--hangup", "--verbose", "--debug");
  private static final Set<String> OPTIONS =
      Set.of("--link", "--number", "--speed", "--pin", "--search", "--signal");

  static ModemOptions parse(List<String> words) throws CommandException {
    Arguments arguments = Arguments.parse(words, FLAGS, OPTIONS);
    arguments.refuseOperands();
    Map<Path, String> links = new LinkedHashMap<>();
    for (String link : arguments.values("--link")) {
      links.put(Exchange.place(link), link);
    }
    Map<String, Target> numbers = new LinkedHashMap<>();
    for (String mapping : arguments.values("--number")) {
      int equals = mapping.indexOf('=');
      if (equals < 1 || equals == mapping.length() - 1) {
        throw CommandException.usage(
            "option --number needs NUMBER=TARGET, and not '" + mapping + "'");
      }
      DialString number = DialString.parse(mapping.substring(0, equals), "");
      if (number == null || number.number().isEmpty()) {
        throw CommandException.usage(
            "'" + mapping.substring(0, equals) + "' is no telephone number");
      }
      Target target = Target.parse(mapping.substring(equals + 1));
      numbers.put(number.number(), target);
      if (target instanceof Target.Modem(String link)) {
        links.putIfAbsent(Exchange.place(link), link);
      }
    }
    if (links.isEmpty()) {
      throw CommandException.usage("needs --link PATH, where a program finds the modem");
    }
    String pin = arguments.value("--pin");
    if (pin != null && !pin.matches("\\d{4,8}")) {
      throw CommandException.usage("option --pin needs 4 to 8 digits");
    }
    return new ModemOptions(
        List.copyOf(links.values()),
        numbers,
        (int) arguments.number("--speed", 33_600, 300, 4_000_000),
        arguments.has("--tcp"),
        arguments.has("--hangup"),
        arguments.has("--verbose"),
        pin == null ? "" : pin,
        Duration.ofMillis((long) (1000 * arguments.decimal("--search", 1, 0, 600))),
        (int) arguments.number("--signal", 21, 0, 31));
  }
}
