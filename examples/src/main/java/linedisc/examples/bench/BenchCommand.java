package linedisc.examples.bench;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import linedisc.examples.cli.Arguments;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Json;
import linedisc.examples.cli.Progress;
import linedisc.examples.cli.Terminal;
import linedisc.serial.net.NetException;
import linedisc.serial.port.PortException;
import linedisc.serial.port.SerialBackend;

/// `linedisc bench`: how fast it is here.
public final class BenchCommand implements Command {
  private static final List<String> PARTS =
      List.of("ports", "codec", "packet", "line", "scale", "start");

  /// The command.
  public BenchCommand() {}

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String summary() {
    return "how fast this machine is: codecs, ptys, a thousand links";
  }

  @Override
  public String help() {
    return """
    usage: linedisc bench [--part NAME] [--json] [--html FILE]

    Measures for about two minutes. Run it while the machine has little else to do.

      codec     HDLC-like framing, FCS and SLIP, beside byte loops in Java and, where there is gcc,
                in C, by payload; one thread's CPU time, the median of runs in turn
      packet    memory allocated by a packet on its way through two stacks
      line      IP packets over PPP over a pty beside a raw copy over one by the same transports:
                jSerialComm's, then posix with one loop for both ends
      ports     500 idle PPP links on ptys, both ends by the posix transport: memory and CPU
      scale     1, 100 and 1000 PPP links in one process, over wires in memory
      start     'linedisc pppd', from being executed to its first Configure-Request

      --part NAME    one of these instead of all
      --json         one JSON object instead of the tables
      --html FILE    also writes a page with a plot

    Exit status: 0 all goals reached or missed by no more than 30 %, 1 one was missed by more, 2 the
    command line was not understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal)
      throws CommandException, InterruptedException {
    Arguments args =
        Arguments.parse(words, Set.of("--json", "--debug"), Set.of("--part", "--html"));
    args.refuseOperands();
    String part = args.word("--part", "", PARTS);
    String page = args.value("--html");
    if (page != null) {
      // What can't be written is said before the measurements, not after.
      write(Path.of(page), "", CREATE, APPEND);
    }
    BenchReport report = measure(part.isEmpty() ? PARTS : List.of(part), terminal);
    if (args.has("--json")) {
      terminal.out().println(Json.write(report.toJson()));
    } else {
      terminal.out().print(report.tables());
    }
    if (page != null) {
      write(Path.of(page), BenchPage.html(report));
    }
    for (Figure figure : report.missed()) {
      terminal
          .err()
          .println(
              "linedisc: bench: %s: %s, and the goal is %s"
                  .formatted(figure.title(), figure.shown(), figure.shownGoal()));
    }
    return report.missed().isEmpty() ? 0 : CommandException.RUN_TIME;
  }

  private static BenchReport measure(List<String> parts, Terminal terminal)
      throws CommandException, InterruptedException {
    List<CodecResult> codecs = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String part : parts) {
      try (var progress = new Progress(terminal, "bench " + part, 100, "%")) {
        switch (part) {
          case "codec" ->
              codecs.addAll(new CodecBench(loops(notes)).run(done -> progress.update(100 * done)));
          case "packet" -> figures.addAll(new AllocationBench().run());
          case "line" -> {
            figures.addAll(LineBench.byJSerialComm().run(done -> progress.update(50 * done)));
            figures.addAll(LineBench.byPosix(posix()).run(done -> progress.update(50 + 50 * done)));
          }
          case "ports" ->
              figures.addAll(new PortsBench(posix()).run(done -> progress.update(100 * done)));
          case "scale" -> figures.addAll(new ScaleBench().run(done -> progress.update(100 * done)));
          default ->
              figures.addAll(new StartBench().run(done -> progress.update(100 * done), notes));
        }
      } catch (PortException e) {
        notes.add("Not measured over a pty: " + e.getMessage());
      } catch (NetException e) {
        throw CommandException.failed(part + ": " + e.getMessage(), e);
      }
    }
    return new BenchReport(codecs, figures, notes);
  }

  private static SerialBackend posix() throws PortException {
    try {
      return SerialBackend.named("posix");
    } catch (IllegalArgumentException e) {
      throw new PortException(PortException.Reason.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static List<Loops> loops(List<String> notes) throws InterruptedException {
    List<Loops> loops = new ArrayList<>(List.of(new WordLoops(), new ByteLoop()));
    try {
      loops.add(CLoops.build());
    } catch (IOException e) {
      notes.add(e.getMessage() + " The ratios are to the byte loop in Java.");
    }
    return loops;
  }

  private static void write(Path file, String text, OpenOption... how) throws CommandException {
    try {
      Files.writeString(file, text, how);
    } catch (IOException e) {
      throw CommandException.failed(file + " can't be written: " + CommandException.reason(e), e);
    }
  }
}
