package linedisc.examples.pppd.options;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The option table as text: for people at a terminal, for `dump`, for the documentation.
public final class OptionText {
  private OptionText() {}

  /// A short help.
  public static String help() {
    return """
    usage: linedisc pppd [OPTION...]

      DEVICE                 the serial device
      SPEED                  its speed in bits per second
      [LOCAL]:[REMOTE]       IP addresses of the two ends, either may be left out
      auth, noauth           whether the peer must prove who it is
      user NAME              our name, whose secret is in pap-secrets or chap-secrets
      connect COMMAND        run a command that dials, such as 'chat -f FILE'
      crtscts                flow control by RTS and CTS
      defaultroute           default route through the link
      persist                open the link again when it has ended
      nodetach               stay on the terminal
      debug                  log each control packet
      file FILE, call NAME   read options from FILE, or from /etc/ppp/peers/NAME
      dryrun                 show the options in effect, check them, and end

    'linedisc pppd show-options' lists all options.

    Exit status: pppd's, among them 0 the peer has ended the link, 2 the options are wrong, 5 ended by
    a signal, 7 the device can't be opened, 8 'connect' failed, 10 nothing was agreed on, 16 hung up,
    19 we could not prove who we are; pppd(8) has all.
    """;
  }

  /// All options by area, with what becomes of those that do nothing.
  public static String showOptions() {
    var text = new StringBuilder();
    for (Area area : Area.values()) {
      text.append(area.title()).append(" options:\n");
      OptionTable.all().stream()
          .filter(option -> option.area() == area)
          .forEach(option ->
              text.append(String.format("    %-30s %s%n", typed(option), explained(option))));
      text.append('\n');
    }
    return text.toString();
  }

  /// The options in effect, in the table's order, each with where it comes from.
  public static String dump(PppdOptions options) {
    var text = new StringBuilder("pppd options in effect:\n");
    for (PppdOption option : OptionTable.all()) {
      var uses = options.given().get(option);
      if (uses == null || option.has(Rule.UNSHOWN)) {
        continue;
      }
      for (PppdOptions.Given use : uses) {
        String shown = option.shown().text(options, use.argument());
        if (!shown.isEmpty()) {
          text.append(shown).append("\t\t# (from ").append(use.source()).append(")\n");
        }
      }
    }
    return text.toString();
  }

  /// The documentation's table, in Markdown.
  public static String markdown() {
    var text = new StringBuilder();
    text.append(
        """
        # Options of linedisc pppd

        Every option of pppd 2.5.3 and its plug-ins is known. *privileged* options need the \
        administrator's rights: root, files in /etc/ppp, or a process that gained no rights when it was \
        started. An option with a word under *not done* is taken, has no effect, and the log says so; \
        one marked **refused** is an error.

        """);
    for (Area area : Area.values()) {
      text.append("## ").append(area.title()).append("\n\n");
      text.append("| option | value | meaning | also | rules | not done |\n");
      text.append("|---|---|---|---|---|---|\n");
      OptionTable.all().stream()
          .filter(option -> option.area() == area)
          .forEach(option -> text.append(row(option)));
      text.append('\n');
    }
    return text.substring(0, text.length() - 1);
  }

  private static String row(PppdOption option) {
    return Stream.of(
            option.isBare() ? option.name() : code(option.name()),
            option.argument().syntax().replace("|", "\\|"),
            option.help().replace("|", "\\|"),
            option.aliases().stream().map(OptionText::code).collect(Collectors.joining(" ")),
            rules(option),
            undone(option))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String rules(PppdOption option) {
    return Stream.of(Rule.PRIVILEGED, Rule.FIXED_BY_PRIVILEGE, Rule.LIST)
        .filter(option::has)
        .map(rule -> rule.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  private static String undone(PppdOption option) {
    return switch (option.treatment()) {
      case Treatment.Implemented() -> "";
      case Treatment.Accepted(String reason) -> reason;
      case Treatment.Refused(String alternative) -> "**refused**: " + alternative;
    };
  }

  private static String explained(PppdOption option) {
    return switch (option.treatment()) {
      case Treatment.Implemented() -> option.help();
      case Treatment.Accepted(String reason) -> option.help() + " (no effect: " + reason + ")";
      case Treatment.Refused _ -> option.help() + " (not supported)";
    };
  }

  private static String typed(PppdOption option) {
    if (option.isBare()) {
      return option.argument().syntax();
    }
    return option.argument().follows()
        ? option.name() + " " + option.argument().syntax()
        : option.name();
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
