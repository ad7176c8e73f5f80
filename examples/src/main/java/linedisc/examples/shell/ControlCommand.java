package linedisc.examples.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;

/// `linedisc ifconfig --control PATH …`: a command carried out by a shell or daemon that listens.
public final class ControlCommand implements Command {
  /// The command.
  public ControlCommand() {}

  @Override
  public String name() {
    return "ifconfig";
  }

  @Override
  public String summary() {
    return "interfaces of a running linedisc, over its control socket";
  }

  @Override
  public String help() {
    return """
    usage: linedisc ifconfig --control PATH [--json] ARGUMENT...

    Has the linedisc that listens on PATH ('linedisc shell --listen PATH') carry out 'ifconfig' with
    these arguments; 'help' in the shell lists them.

      --json   the reply as it came: one JSON object

    Exit status: 0 done, 1 it failed, 2 it was not understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal) throws CommandException {
    // By hand: what is ifconfig's own may begin with a dash.
    List<String> rest = new ArrayList<>(words);
    boolean json = rest.remove("--json");
    int control = rest.indexOf("--control");
    if (control < 0 || control + 1 == rest.size()) {
      throw CommandException.usage("needs --control PATH, the socket of a linedisc that listens");
    }
    String path = rest.remove(control + 1);
    String _ = rest.remove(control);
    String line =
        "ifconfig " + rest.stream().map(ControlCommand::quote).collect(Collectors.joining(" "));
    ControlClient.Reply reply = ControlClient.ask(path, line);
    if (json) {
      terminal.out().println(reply.json());
    } else if (reply.status() == 0) {
      terminal.out().print(reply.text().isEmpty() ? "" : reply.text() + "\n");
    } else {
      terminal.err().println("linedisc: ifconfig: " + reply.text());
    }
    return reply.status();
  }

  private static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
