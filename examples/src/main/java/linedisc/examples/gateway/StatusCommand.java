package linedisc.examples.gateway;

import java.util.List;
import java.util.Set;
import linedisc.examples.cli.Arguments;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;
import linedisc.examples.shell.ControlClient;

/// `linedisc status`.
public final class StatusCommand implements Command {
  private static final long PERIOD_MILLIS = 2000;
  private static final String CLEAR = "\u001b[H\u001b[J";

  /// The command.
  public StatusCommand() {}

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String summary() {
    return "ports and links of a running gateway, over its control socket";
  }

  @Override
  public String help() {
    return """
    usage: linedisc status --control PATH [--json] [--watch]

    Shows the ports of the gateway that listens on PATH ('linedisc gateway --control PATH FILE'), and for
    each its state, interface, what was negotiated, octets a second, errors, how many links it has had and
    why the last one ended.

      --json    one JSON object on one line
      --watch   again every two seconds, until a signal comes

    Exit status: 0 shown, 1 nobody answers, 2 the command line was not understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal)
      throws CommandException, InterruptedException {
    Arguments args =
        Arguments.parse(words, Set.of("--json", "--watch", "--debug"), Set.of("--control"));
    args.refuseOperands();
    String path = args.value("--control");
    if (path == null) {
      throw CommandException.usage("needs --control PATH, the socket of a gateway");
    }
    boolean again = args.has("--watch");
    do {
      ControlClient.Reply reply = ControlClient.ask(path, "status");
      if (reply.status() != 0) {
        throw CommandException.failed(reply.text());
      }
      boolean drawn = again && terminal.dialogue() && !args.has("--json");
      terminal
          .out()
          .println((drawn ? CLEAR : "") + (args.has("--json") ? reply.data() : reply.text()));
      terminal.out().flush();
      if (again) {
        Thread.sleep(PERIOD_MILLIS);
      }
    } while (again);
    return 0;
  }
}
