package linedisc.examples.gateway;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import linedisc.examples.cli.Arguments;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;
import linedisc.examples.cli.TransportOption;
import linedisc.examples.pppd.ProcessSignals;
import linedisc.examples.pppd.options.Machine;
import linedisc.examples.pppd.options.SystemMachine;
import linedisc.examples.shell.Control;
import linedisc.examples.stack.Station;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.SerialBackend;
import linedisc.serial.port.SerialPorts;
import org.jspecify.annotations.Nullable;

/// `linedisc gateway`.
public final class GatewayCommand implements Command {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  /// The command.
  public GatewayCommand() {}

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String summary() {
    return "many ports with PPP or SLIP in one process, by a configuration file";
  }

  @Override
  public String help() {
    return """
    usage: linedisc gateway [--control PATH] [--check] FILE

    Keeps a link on each port that FILE names: opens the line, again when it has gone; takes calls,
    tells PPP from SLIP, hands out addresses and forwards between the links. Says what happens, a line
    each, on standard output. SIGTERM or SIGINT ends all links in order, a second one without goodbyes.
    SIGHUP reads FILE again: links whose section is as before go on.

      --control PATH           a socket (mode 0600) for 'linedisc status' and the shell's commands
      --transport KIND         what opens ports: jserialcomm (default), or posix, one thread for all
      --check                  only say whether FILE is right

    A line of FILE is a statement; # begins a comment. Peers must prove who they are where pppd would
    ask them to; secrets are in pppd's files, where idle, maxconnect, maxoctets and filters may follow --.

      pool NAME FIRST-LAST     IPv4 addresses for peers
      port LINE [SETTINGS]     begins a section. LINE is what 'linedisc shell' can open, or a pattern of
                               device paths such as /dev/ttyUSB*; SETTINGS as in 57600,crtscts,modem
        kind ppp|slip|cslip|auto   auto (default): the peer's first octets tell
        answer                 a modem: wait for RING first
        init COMMAND           for the modem, instead of ATZ and ATE0V1Q0S0=0&C1&D2; again for more
        addresses LOCAL:REMOTE     IPv4 addresses; PPP needs neither, SLIP both, or LOCAL: and a pool
        from NAME              the peer's address is from this pool
        options WORD...        of pppd, about the link: mtu, lcp-echo-interval, require-chap, ...; and,
                               for SLIP too: idle, maxconnect, maxoctets, active-filter, pass-filter
        route PREFIX...        reached over this link, besides the peer
        host | nohost          make a network device of the host of it (needs CAP_NET_ADMIN), or not
        forward | noforward    pass packets to and from the other links (default), or not
        holdoff SECONDS        after a failure (default 1), twice as long after each other one, up to 60

    Exit status: 0 ended by a signal, 1 it could not run, 2 the command line or FILE was not understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal)
      throws CommandException, InterruptedException {
    Arguments args =
        Arguments.parse(
            words, Set.of("--check", "--debug"), Set.of("--control", TransportOption.NAME));
    if (args.operands().size() != 1) {
      throw CommandException.usage("needs one configuration file");
    }
    Path file = Path.of(args.operands().getFirst());
    Machine machine = new SystemMachine();
    GatewayConfig config = ConfigReader.read(machine, file);
    if (args.has("--check")) {
      config.remarks().forEach(terminal.out()::println);
      return 0;
    }
    try (var station = new Station()) {
      station.report("gateway");
      SerialBackend backend = TransportOption.of(args);
      var opener = new PortOpener(new SerialPorts(), new PortLocks(), backend);
      Consumer<String> log = text -> log(terminal, text);
      var gateway = new Gateway(new Site(station, machine, opener::open, new Pools(), log));
      try (var service = new GatewayService(gateway, opener, machine, file, log);
          Control _ = control(args.value("--control"), station, backend, gateway)) {
        new ProcessSignals().listen(service::signalled);
        service.serve(config);
      }
    }
    return 0;
  }

  private static @Nullable Control control(
      @Nullable String path, Station station, SerialBackend backend, Gateway gateway)
      throws CommandException {
    return path == null
        ? null
        : Control.open(Path.of(path), station, backend, Map.of("status", new Status(gateway)));
  }

  private static void log(Terminal terminal, String text) {
    terminal.out().println(MILLIS.format(Instant.now()) + " " + text);
    terminal.out().flush();
  }
}
