package linedisc.examples.ports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linedisc.examples.cli.Arguments;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Json;
import linedisc.examples.cli.Table;
import linedisc.examples.cli.Terminal;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortInfo;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortWatch;
import linedisc.serial.port.SerialPorts;

/// `linedisc ports`. Opens nothing.
public final class PortsCommand implements Command {
  /// Longer than anybody watches.
  private static final long MOST_SECONDS = Duration.ofDays(10_000).toSeconds();

  private final SerialPorts ports = new SerialPorts();
  private final PortLocks locks = new PortLocks();

  /// The command.
  public PortsCommand() {}

  @Override
  public String name() {
    return "ports";
  }

  @Override
  public String summary() {
    return "the serial ports, who has them, and how their lines are";
  }

  @Override
  public String help() {
    return """
    usage: linedisc ports [--json] [--watch [--seconds N]] [PORT]...

    Lists the serial ports of this system, or the named ones. No port is opened for it: that would
    raise its DTR.

      PORT         a path, a bare name below /dev, a USB device as vendor:product[:serial][/interface];
                   also a pseudo-terminal, which the list leaves out
      --json       one array of objects; with --watch one object a line
      --watch      after those that are there (+) a line for each that comes (+) or goes (-), until
                   the program is stopped
      --seconds N  stop watching by itself

    USB       the name by which a port is opened wherever it is plugged in
    HELD BY   the process named in the port's UUCP lock file, or one that has the port open
    LINES     which control lines are on, of UARTs and for root only: the kernel tells nobody else

    Exit status: 0, 1 a named port is not there, 2 the command line was not understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal)
      throws CommandException, InterruptedException {
    Arguments args =
        Arguments.parse(words, Set.of("--json", "--watch", "--debug"), Set.of("--seconds"));
    boolean json = args.has("--json");
    long seconds = args.number("--seconds", MOST_SECONDS, 0, MOST_SECONDS);
    try {
      if (args.has("--watch")) {
        args.refuseOperands();
        watch(json, seconds, terminal);
        return 0;
      }
      List<PortInfo> wanted = args.operands().isEmpty() ? ports.list() : named(args.operands());
      List<PortState> states = wanted.stream().map(this::state).toList();
      terminal
          .out()
          .print(
              json
                  ? Json.write(states.stream().map(PortState::toJson).toList()) + "\n"
                  : table(states));
      terminal.out().flush();
      return 0;
    } catch (PortException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private List<PortInfo> named(List<String> names) throws PortException {
    List<PortInfo> found = new ArrayList<>();
    for (String name : names) {
      found.add(ports.get(name));
    }
    return found;
  }

  private PortState state(PortInfo port) {
    return new PortState(port, ports.links(port), locks.holder(port.device()), ports.lines(port));
  }

  private static String table(List<PortState> states) {
    if (states.isEmpty()) {
      return "There is no serial port.\n";
    }
    Table table = Table.ofWords("PORT", "DESCRIPTION", "DRIVER", "USB", "HELD BY", "LINES");
    for (PortState state : states) {
      table.row(
          state.port().device().toString(),
          state.port().description(),
          state.port().driver(),
          state.usb(),
          state.heldBy(),
          state.linesOn());
    }
    return table.toString();
  }

  /// Shows what comes and goes until the time is over.
  private void watch(boolean json, long seconds, Terminal terminal) throws InterruptedException {
    BlockingQueue<List<PortInfo>> lists = new LinkedBlockingQueue<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try (PortWatch _ = PortWatch.start(ports, lists::add)) {
      List<PortInfo> known = List.of();
      for (; ; ) {
        List<PortInfo> now = lists.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (now == null) {
          return;
        }
        for (PortInfo port : known) {
          if (!now.contains(port)) {
            show(port, false, json, terminal);
          }
        }
        for (PortInfo port : now) {
          if (!known.contains(port)) {
            show(port, true, json, terminal);
          }
        }
        known = now;
      }
    }
  }

  private void show(PortInfo port, boolean there, boolean json, Terminal terminal) {
    PortState state = there ? state(port) : PortState.gone(port);
    String line =
        json
            ? Json.write(Map.of(there ? "added" : "removed", state.toJson()))
            : (there ? "+ " : "- ") + state;
    terminal.out().println(line);
    terminal.out().flush();
  }
}
