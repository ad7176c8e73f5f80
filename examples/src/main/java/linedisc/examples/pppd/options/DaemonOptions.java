package linedisc.examples.pppd.options;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import linedisc.examples.pppd.filter.FilterException;
import linedisc.examples.pppd.filter.PacketFilter;
import linedisc.examples.pppd.words.Word;

/// Options of the program itself: what it does, how it logs, when it starts and ends, its scripts.
public final class DaemonOptions {
  private static final int MAX_INTERFACE_NAME = 15;
  private static final int MAX_LINK_NAME = 200;

  /// What the program is asked to do.
  public enum Task {
    /// Run the link.
    RUN,
    /// Show a short help and end.
    HELP,
    /// Show the version and end.
    VERSION,
    /// List all options and end.
    SHOW_OPTIONS
  }

  /// When the program leaves its terminal.
  public enum Detach {
    /// At once.
    AT_START,
    /// When the link is up.
    WHEN_UP,
    /// Never.
    NEVER,
    /// Never, and the service manager is told when the link is up.
    NEVER_AND_NOTIFY
  }

  /// Which octets count for [#MAX_OCTETS].
  public enum TrafficDirection {
    /// Sent and received together.
    SUM,
    /// Received.
    IN,
    /// Sent.
    OUT,
    /// The larger of both.
    MAX
  }

  /// What the program is asked to do.
  public static final Setting<Task> TASK = Setting.of("task", Task.RUN);

  /// Show and check the options, and end.
  public static final Setting<Boolean> DRY_RUN = Setting.of("dryrun", false);

  /// Show the options in effect.
  public static final Setting<Boolean> DUMP = Setting.of("dump", false);

  /// How often `debug` was given.
  public static final Setting<Integer> DEBUG = Setting.of("debug", 0);

  /// When the program leaves its terminal.
  public static final Setting<Detach> DETACH = Setting.of("detach", Detach.AT_START);

  /// Seconds before the next attempt; not set: 30, and 0 without a connect script.
  public static final Setting<Integer> HOLDOFF = Setting.of("holdoff", 30);

  /// Seconds without traffic that end the link; 0: none do.
  public static final Setting<Integer> IDLE = Setting.of("idle", 0);

  /// Seconds that end the link; 0: none do.
  public static final Setting<Integer> MAX_CONNECT = Setting.of("maxconnect", 0);

  /// Octets that end the link; 0: none do.
  public static final Setting<Integer> MAX_OCTETS = Setting.of("maxoctets", 0);

  /// Which octets count.
  public static final Setting<TrafficDirection> TRAFFIC_DIRECTION =
      Setting.of("mo-direction", TrafficDirection.SUM);

  /// Seconds between looks at the count of octets.
  public static final Setting<Integer> TRAFFIC_INTERVAL = Setting.of("mo-timeout", 1);

  /// Added to the host's name, with a dot between.
  public static final Setting<String> DOMAIN = Setting.of("domain", "");

  /// Open the link again when it has ended.
  public static final Setting<Boolean> PERSIST = Setting.of("persist", false);

  /// Open the link when there is something to send.
  public static final Setting<Boolean> DEMAND = Setting.of("demand", false);

  /// Attempts without success that end the program; 0: none do.
  public static final Setting<Integer> MAX_FAIL = Setting.of("maxfail", 10);

  /// File for messages; empty: none.
  public static final Setting<String> LOG_FILE = Setting.of("logfile", "");

  /// File descriptor for messages; -1: none; not set: 1 unless there is a [#LOG_FILE].
  public static final Setting<Integer> LOG_DESCRIPTOR = Setting.of("logfd", 1);

  /// Name of the link's PID file; empty: none.
  public static final Setting<String> LINK_NAME = Setting.of("linkname", "");

  /// Milliseconds to wait for the peer after the connect script.
  public static final Setting<Integer> CONNECT_DELAY = Setting.of("connect-delay", 1000);

  /// Unit number asked for; -1: any.
  public static final Setting<Integer> UNIT = Setting.of("unit", -1);

  /// The interface's name; empty: from its unit number.
  public static final Setting<String> INTERFACE_NAME = Setting.of("ifname", "");

  /// Seconds to wait for children when ending.
  public static final Setting<Integer> CHILD_TIMEOUT = Setting.of("child-timeout", 5);

  /// The argument of `call`; empty: none.
  public static final Setting<String> CALL_FILE = Setting.of("call", "");

  /// Environment of the scripts: values that were set, and empty for variables that were removed.
  public static final Setting<Map<String, Optional<String>>> ENVIRONMENT =
      Setting.of("set", Map.of());

  /// Packets that may pass.
  public static final Setting<PacketFilter> PASS_FILTER =
      Setting.of("pass-filter", PacketFilter.ALL);

  /// Packets that keep the link alive or call it.
  public static final Setting<PacketFilter> ACTIVE_FILTER =
      Setting.of("active-filter", PacketFilter.ALL);

  /// The scripts: paths below the configuration folder unless an option names another.
  public enum Script {
    /// Unit number known.
    NET_INIT("net-init"),
    /// Before the network protocols start.
    NET_PRE_UP("net-pre-up"),
    /// The link has ended.
    NET_DOWN("net-down"),
    /// The peer has proved who it is.
    AUTH_UP("auth-up"),
    /// The link of such a peer went down.
    AUTH_DOWN("auth-down"),
    /// IPv4 addresses known.
    IP_PRE_UP("ip-pre-up"),
    /// IPv4 up.
    IP_UP("ip-up"),
    /// IPv4 down.
    IP_DOWN("ip-down"),
    /// IPv6 up.
    IPV6_UP("ipv6-up"),
    /// IPv6 down.
    IPV6_DOWN("ipv6-down");

    private final String fileName;

    Script(String fileName) {
      this.fileName = fileName;
    }

    /// Its name below the configuration folder.
    public String fileName() {
      return fileName;
    }
  }

  private static final Map<Script, Setting<String>> SCRIPT_PATHS = scriptPaths();

  /// A script's path; empty: [Script#fileName] below the configuration folder.
  public static Setting<String> path(Script script) {
    return Objects.requireNonNull(SCRIPT_PATHS.get(script));
  }

  private static Map<Script, Setting<String>> scriptPaths() {
    var paths = new EnumMap<Script, Setting<String>>(Script.class);
    for (Script script : Script.values()) {
      paths.put(script, Setting.of(script.fileName() + "-script", ""));
    }
    return Collections.unmodifiableMap(paths);
  }

  private DaemonOptions() {}

  static List<PppdOption> rows() {
    return Stream.of(program(), link(), scripts()).flatMap(List::stream).toList();
  }

  private static List<PppdOption> program() {
    return new Rows(Area.DAEMON)
        .special(
            "file",
            "FILE",
            (draft, word) -> draft.files().file(draft, word),
            "Read options from a file")
        .rule(Rule.UNSHOWN)
        .special(
            "call",
            "NAME",
            (draft, word) -> draft.files().call(draft, word),
            "Read options from /etc/ppp/peers/NAME, with the administrator's rights")
        .rule(Rule.UNSHOWN)
        .flag("--help", TASK, Task.HELP, "Show a short help and end")
        .alias("-h")
        .flag("--version", TASK, Task.VERSION, "Show the version and end")
        .flag("-v", TASK, Task.VERSION, "Show the version and end")
        .flag("show-options", TASK, Task.SHOW_OPTIONS, "List all options and end")
        .flag("dump", DUMP, true, "Show the options in effect")
        .flag("dryrun", DRY_RUN, true, "Show and check the options and end")
        .word(
            "debug",
            (draft, word) -> draft.set(DEBUG, draft.get(DEBUG) + 1),
            "Log more; twice for still more")
        .shown(options -> "debug ".repeat(options.get(DEBUG)).trim())
        .alias("-d")
        .accepted(
            "kdebug",
            new Argument.Whole(0, Integer.MAX_VALUE),
            "no driver in the kernel is used",
            "Log what the kernel's driver does")
        .keeps()
        .flag("nodetach", DETACH, Detach.NEVER, "Stay on the terminal")
        .alias("-detach")
        .keeps()
        .flag(
            "up_sdnotify",
            DETACH,
            Detach.NEVER_AND_NOTIFY,
            "Tell systemd when the link is up, and stay on the terminal")
        .under("nodetach")
        .flag("updetach", DETACH, Detach.WHEN_UP, "Leave the terminal when the link is up")
        .under("nodetach")
        .text("logfile", LOG_FILE, TtyOptions.MAX_PATH, "Append messages to a file")
        .keeps()
        .number("logfd", LOG_DESCRIPTOR, 0, "Write messages to a file descriptor")
        .under("logfile")
        .flag("nolog", LOG_DESCRIPTOR, -1, "Write messages to the system's log only")
        .alias("nologfd")
        .under("logfile")
        .special("linkname", "NAME", DaemonOptions::linkName, "Name of the link and its PID file")
        .keeps()
        .privileged()
        .special("domain", "DOMAIN", DaemonOptions::domain, "Domain of the host's name")
        .keeps()
        .privileged()
        .number("child-timeout", CHILD_TIMEOUT, 0, "Seconds to wait for children when ending")
        .keeps()
        .accepted(
            "ktune",
            new Argument.None(),
            "kernel settings are left alone; set net.ipv4.ip_forward yourself",
            "Change kernel settings as needed")
        .keeps()
        .word("noktune", (draft, word) -> {}, "Leave kernel settings alone")
        .under("ktune")
        .accepted("noipx", new Argument.None(), "IPX is long gone", "No IPX")
        .rule(Rule.UNSHOWN)
        .list();
  }

  private static List<PppdOption> link() {
    return new Rows(Area.DAEMON)
        .flag("persist", PERSIST, true, "Open the link again when it has ended")
        .keeps()
        .flag("nopersist", PERSIST, false, "End when the link has ended")
        .under("persist")
        .flag("demand", DEMAND, true, "Open the link when there is something to send")
        .also(PERSIST, true)
        .rule(Rule.BEFORE_START)
        .number("holdoff", HOLDOFF, 0, "Seconds before the link is opened again")
        .keeps()
        .number("maxfail", MAX_FAIL, 0, "Attempts without success before giving up; 0: any number")
        .keeps()
        .number("idle", IDLE, 0, "Seconds without traffic that end the link")
        .rule(Rule.OF_SESSION)
        .keeps()
        .number("maxconnect", MAX_CONNECT, 0, "Seconds of connection that end the link")
        .rule(Rule.OF_SESSION)
        .lowered(MAX_CONNECT)
        .keeps()
        .number("maxoctets", MAX_OCTETS, 0, "Octets of traffic that end the link")
        .rule(Rule.OF_SESSION)
        .lowered(MAX_OCTETS)
        .alias("mo")
        .keeps()
        .special(
            "mo-direction",
            "sum|in|out|max",
            DaemonOptions::direction,
            "Which octets count for maxoctets")
        .rule(Rule.OF_SESSION)
        .number("mo-timeout", TRAFFIC_INTERVAL, 1, "Seconds between looks at that count")
        .rule(Rule.OF_SESSION)
        .keeps()
        .special("pass-filter", "EXPRESSION", filter(PASS_FILTER), "Packets that may pass")
        .rule(Rule.OF_SESSION)
        .keeps()
        .special(
            "active-filter", "EXPRESSION", filter(ACTIVE_FILTER), "Packets that count as traffic")
        .rule(Rule.OF_SESSION)
        .keeps()
        .number("connect-delay", CONNECT_DELAY, 0, "Milliseconds to wait after the connect command")
        .keeps()
        .number("unit", UNIT, 0, "Unit number of the interface, if it is free")
        .keeps()
        .special("ifname", "NAME", DaemonOptions::interfaceName, "Name of the interface")
        .keeps()
        .privileged()
        .refused(
            "vrf",
            new Argument.Text(MAX_INTERFACE_NAME),
            "let the ip-up script do it: ip link set dev $IFNAME vrf NAME",
            "Put the interface into a VRF")
        .keeps()
        .privileged()
        .list();
  }

  private static List<PppdOption> scripts() {
    var rows = new Rows(Area.DAEMON);
    for (Script script : Script.values()) {
      rows.text(
              path(script).toString(),
              path(script),
              TtyOptions.MAX_PATH,
              "Path of the " + script.fileName() + " script")
          .privileged();
    }
    return rows.special(
            "set", "NAME=VALUE", DaemonOptions::setVariable, "Environment variable for scripts")
        .privileged()
        .rule(Rule.UNSHOWN)
        .special("unset", "NAME", DaemonOptions::unsetVariable, "Remove a variable from scripts")
        .privileged()
        .rule(Rule.UNSHOWN)
        .list();
  }

  /// Compiled once here, so that a mistake has its place in a file.
  private static PppdOption.Effect filter(Setting<PacketFilter> setting) {
    return (draft, word) -> {
      try {
        draft.set(setting, PacketFilter.compile(word.text(), draft.machine()::resolve));
      } catch (FilterException e) {
        throw draft.mistake(e.sentence());
      }
    };
  }

  private static void direction(OptionDraft draft, Word word) throws OptionException {
    for (TrafficDirection direction : TrafficDirection.values()) {
      if (direction.name().toLowerCase(Locale.ROOT).equals(word.text())) {
        draft.set(TRAFFIC_DIRECTION, direction);
        return;
      }
    }
    throw draft.mistake("'" + word.text() + "' is none of sum, in, out, max");
  }

  private static void linkName(OptionDraft draft, Word word) throws OptionException {
    draft.set(LINK_NAME, fileName(draft, draft.text(word, MAX_LINK_NAME)));
  }

  private static void interfaceName(OptionDraft draft, Word word) throws OptionException {
    String name = fileName(draft, draft.text(word, MAX_INTERFACE_NAME));
    if (!name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ':')) {
      throw draft.mistake("'" + name + "' can't be an interface's name");
    }
    draft.set(INTERFACE_NAME, name);
  }

  /// A name from which the name of a file is made.
  private static String fileName(OptionDraft draft, String name) throws OptionException {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
      throw draft.mistake("'" + name + "' can't be part of a file's name");
    }
    return name;
  }

  private static void domain(OptionDraft draft, Word word) throws OptionException {
    String domain = draft.text(word, AuthenticationOptions.MAX_NAME);
    draft.set(DOMAIN, domain.startsWith(".") ? domain.substring(1) : domain);
  }

  private static void setVariable(OptionDraft draft, Word word) throws OptionException {
    String text = word.text();
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw draft.mistake("'set' needs NAME=VALUE");
    }
    variable(draft, text.substring(0, equals), Optional.of(text.substring(equals + 1)));
  }

  private static void unsetVariable(OptionDraft draft, Word word) throws OptionException {
    String name = word.text();
    if (name.isEmpty() || name.indexOf('=') >= 0) {
      throw draft.mistake("'unset' needs the NAME of a variable");
    }
    variable(draft, name, Optional.empty());
  }

  private static void variable(OptionDraft draft, String name, Optional<String> value)
      throws OptionException {
    if (name.indexOf('\0') >= 0 || value.orElse("").indexOf('\0') >= 0) {
      throw draft.mistake("an environment can't hold the octet 0");
    }
    var environment = new LinkedHashMap<>(draft.get(ENVIRONMENT));
    environment.put(name, value);
    draft.set(ENVIRONMENT, Collections.unmodifiableMap(environment));
  }
}
