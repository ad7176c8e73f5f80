package linedisc.examples.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import linedisc.examples.cli.Arguments;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;
import linedisc.examples.cli.TransportOption;
import linedisc.examples.stack.Station;
import linedisc.serial.port.SerialBackend;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.TerminalBuilder;

/// `linedisc shell`: a stack of one's own, commanded by hand, by a script, or over a socket.
public final class ShellCommand implements Command {
  /// How the commands ended.
  ///
  /// @param status that of the first that failed
  /// @param wanted whether the shell was told to end, rather than its input having ended
  private record Ending(int status, boolean wanted) {}

  /// The command.
  public ShellCommand() {}

  @Override
  public String name() {
    return "shell";
  }

  @Override
  public String summary() {
    return "create, bind and destroy interfaces by hand, or over a control socket";
  }

  @Override
  public String help() {
    return """
    usage: linedisc shell [-c COMMAND]... [--listen PATH] [--transport KIND] [--json] [--debug]

    Carries out commands given with -c, else from standard input; with --listen also those that come
    over a Unix-domain socket (mode 0600), one a line, answered by one JSON object a line. 'help' lists
    the commands; 'exit' ends. With --listen and no other input it runs until it is stopped.

      -c COMMAND      may be repeated; ends at the first that fails
      --listen PATH   the control socket
      --transport KIND  what opens ports: jserialcomm (default), or posix, one thread for all
      --json          replies as JSON

    Exit status: that of the first command that failed: 1, or 2 if it was not understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal)
      throws CommandException, InterruptedException {
    Arguments args =
        Arguments.parse(
            words, Set.of("--json", "--debug"), Set.of("-c", "--listen", TransportOption.NAME));
    args.refuseOperands();
    String listen = args.value("--listen");
    SerialBackend backend = TransportOption.of(args);
    try (var station = new Station();
        var interpreter = new Interpreter(station, backend, Map.of())) {
      station.report("shell");
      // A signal ends the process without coming by here.
      Runtime.getRuntime().addShutdownHook(new Thread(interpreter::close));
      if (listen == null) {
        return run(args, interpreter, terminal).status;
      }
      try (ControlServer server = ControlServer.open(Path.of(listen), interpreter)) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        Ending ending = run(args, interpreter, terminal);
        if (!ending.wanted) {
          // Standard input has ended, and nobody has said 'exit': the socket goes on.
          Thread.currentThread().join();
        }
        return ending.status;
      }
    }
  }

  private static Ending run(Arguments args, Interpreter interpreter, Terminal terminal)
      throws CommandException, InterruptedException {
    boolean json = args.has("--json");
    List<String> commands = args.values("-c");
    if (commands.isEmpty()) {
      return terminal.dialogue()
          ? new Ending(converse(interpreter, json, terminal), true)
          : readAll(interpreter, json, terminal);
    }
    for (String command : commands) {
      if (isExit(command)) {
        break;
      }
      int status = carryOut(command, interpreter, json, terminal);
      if (status != 0) {
        return new Ending(status, true);
      }
    }
    return new Ending(0, true);
  }

  private static boolean isExit(String line) {
    return line.strip().equals("exit") || line.strip().equals("quit");
  }

  private static Ending readAll(Interpreter interpreter, boolean json, Terminal terminal)
      throws CommandException, InterruptedException {
    int first = 0;
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (isExit(line)) {
          return new Ending(first, true);
        }
        int status = carryOut(line, interpreter, json, terminal);
        first = first == 0 ? status : first;
      }
      return new Ending(first, false);
    } catch (IOException e) {
      throw CommandException.failed("can't read standard input: " + e.getMessage(), e);
    }
  }

  private static int converse(Interpreter interpreter, boolean json, Terminal terminal)
      throws CommandException, InterruptedException {
    int first = 0;
    try (org.jline.terminal.Terminal console = TerminalBuilder.builder().system(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .appName("linedisc")
              .terminal(console)
              .completer(new StringsCompleter(interpreter.verbs()))
              .build();
      for (; ; ) {
        String line = reader.readLine("linedisc> ");
        if (isExit(line)) {
          return first;
        }
        int status = carryOut(line, interpreter, json, terminal);
        first = first == 0 ? status : first;
      }
    } catch (EndOfFileException | UserInterruptException e) {
      return first;
    } catch (IOException e) {
      throw CommandException.failed("can't use the terminal: " + e.getMessage(), e);
    }
  }

  private static int carryOut(String line, Interpreter interpreter, boolean json, Terminal terminal)
      throws InterruptedException {
    Answer answer = interpreter.run(line);
    if (json) {
      terminal.out().println(answer.toJson());
    } else if (answer.status() == 0) {
      terminal.out().print(answer.text().isEmpty() ? "" : answer.text() + "\n");
    } else {
      terminal.err().println("linedisc: shell: " + answer.text());
    }
    terminal.out().flush();
    return answer.status();
  }
}
