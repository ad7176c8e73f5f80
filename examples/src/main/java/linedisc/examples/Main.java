package linedisc.examples;

import java.util.List;
import linedisc.examples.bench.BenchCommand;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;
import linedisc.examples.demo.DemoCommand;
import linedisc.examples.dial.DialCommand;
import linedisc.examples.gateway.GatewayCommand;
import linedisc.examples.gateway.StatusCommand;
import linedisc.examples.modem.ModemCommand;
import linedisc.examples.ports.PortsCommand;
import linedisc.examples.pppd.PppdCommand;
import linedisc.examples.pppdump.PppdumpCommand;
import linedisc.examples.selftest.SelftestCommand;
import linedisc.examples.shell.ControlCommand;
import linedisc.examples.shell.ShellCommand;
import linedisc.examples.slattach.SlattachCommand;
import linedisc.examples.term.TermCommand;

/// `linedisc PROGRAM …`: finds the program and turns what it says into an exit status.
public final class Main {
  /// The programs.
  static final List<Command> PROGRAMS =
      List.of(
          new DemoCommand(),
          new SelftestCommand(),
          new BenchCommand(),
          new ShellCommand(),
          new ControlCommand(),
          new PppdCommand(),
          new SlattachCommand(),
          new PortsCommand(),
          new ModemCommand(),
          new TermCommand(),
          new DialCommand(),
          new GatewayCommand(),
          new StatusCommand(),
          new PppdumpCommand());

  private Main() {}

  /// Runs a program and ends the process with its status.
  ///
  /// @param args the command line
  public static void main(String[] args) {
    int status = run(List.of(args), Terminal.system());
    System.out.flush();
    System.exit(status);
  }

  /// Runs a program.
  ///
  /// @param words the command line
  /// @param terminal where it writes
  /// @return 0, 1 when it failed, 2 when the command line was not understood, or the program's own
  public static int run(List<String> words, Terminal terminal) {
    boolean debug = words.contains("--debug");
    // Read by the logging backend when the first logger is made, which is after this.
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", debug ? "debug" : "off");
    String name = words.isEmpty() ? "" : words.getFirst();
    try {
      if (name.isEmpty()) {
        terminal.err().print(help());
        return CommandException.USAGE;
      }
      if (name.equals("--help") || name.equals("-h") || name.equals("help")) {
        terminal.out().print(help());
        return 0;
      }
      if (name.equals("--version")) {
        terminal.out().println("linedisc " + version());
        return 0;
      }
      Command program = find(name);
      List<String> rest = words.subList(1, words.size());
      if (rest.contains("--help")) {
        terminal.out().println(program.help());
        return 0;
      }
      return program.run(rest, terminal);
    } catch (CommandException e) {
      terminal.err().println("linedisc: " + (name.isEmpty() ? "" : name + ": ") + e.sentence());
      if (debug) {
        e.printStackTrace(terminal.err());
      }
      return e.exitStatus();
    } catch (InterruptedException e) {
      terminal.err().println("linedisc: " + name + ": interrupted");
      return CommandException.RUN_TIME;
    }
  }

  private static Command find(String name) throws CommandException {
    for (Command program : PROGRAMS) {
      if (program.name().equals(name)) {
        return program;
      }
    }
    throw CommandException.usage(
        "there is no program of that name; 'linedisc --help' lists the programs");
  }

  private static String help() {
    var text = new StringBuilder("usage: linedisc PROGRAM [ARGUMENT...]\n\n");
    for (Command program : PROGRAMS) {
      text.append(String.format("  %-10s %s%n", program.name(), program.summary()));
    }
    return text.append("\n'linedisc PROGRAM --help' explains one of them.\n").toString();
  }

  private static String version() {
    var descriptor = Main.class.getModule().getDescriptor();
    return descriptor == null ? "(unknown)" : descriptor.rawVersion().orElse("(unknown)");
  }
}
