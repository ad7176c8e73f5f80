package linedisc.examples.selftest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import linedisc.examples.cli.Arguments;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Json;
import linedisc.examples.cli.Progress;
import linedisc.examples.cli.Table;
import linedisc.examples.cli.Terminal;
import linedisc.examples.cli.TransportOption;
import linedisc.examples.selftest.SelftestOptions.LineKind;

/// `linedisc selftest`: interfaces are destroyed under traffic, again and again, in every way there
/// is; and then nothing may be wrong, or left.
public final class SelftestCommand implements Command {
  private static final int DEFAULT_SECONDS = 60;
  private static final int MOST_SECONDS = 7 * 24 * 3600;
  private static final long LARGEST_SEED = Long.MAX_VALUE;

  private static final int DEFAULT_PATIENCE = 100;
  private static final int MOST_PATIENCE = 60_000;

  /// The command.
  public SelftestCommand() {}

  @Override
  public String name() {
    return "selftest";
  }

  @Override
  public String summary() {
    return "interfaces destroyed under traffic, thousands of times, on this machine";
  }

  @Override
  public String help() {
    return """
    usage: linedisc selftest [PORT_A PORT_B] [--seconds N] [--seed S] [--line pty|null] [--json]

    Binds ppp and sl interfaces to both ends of several lines, sends traffic both ways, and destroys
    them under it: from threads, packet handlers, event listeners and timers, while callers wait and
    while the line is stuck; closes ports and pulls lines out; binds the next ones at once. Then it
    tells what was counted. A destroy is counted as one if the interface was bound and a checked
    packet had come and gone through it.

      PORT_A PORT_B    two serial ports with a null-modem cable between them; without, kernel ptys
                       and wires in memory
      --line pty       kernel ptys only
      --line null      wires in memory only
      --transport KIND what opens ports: jserialcomm (default), or posix, one thread for all
      --seconds N      how long (default 60)
      --seed S         the choices of an earlier run; threads still have a timing of their own
      --patience MS    how long a caller may take to wake up (default 100)
      --json           one JSON object with all counts by name

    Faults, which must all be 0: touches (calls that reached an interface after its end),
    wrong_wakeups (callers who woke without ENXIO, or later after the destroy than --patience says
    and not because other programs kept the processors busy), misdelivered and damaged packets,
    double_destroys, failures, leaked_threads, _descriptors, _ports, _units and _interfaces.

    Exit status: 0 no faults, 1 faults or a port that can't be opened, 2 the command line was not
    understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal)
      throws CommandException, InterruptedException {
    SelftestOptions options = parse(words);
    long start = System.nanoTime();
    Duration processor = processor();
    Counts counts;
    try (var progress = new Progress(terminal, "selftest", (double) options.seconds(), "s")) {
      counts = new Torture(options, progress).run();
    }
    double seconds = (double) (System.nanoTime() - start) / 1e9;
    double processorSeconds = (double) processor().minus(processor).toNanos() / 1e9;
    Map<String, Object> report = report(options, counts, seconds, processorSeconds);
    if (options.json()) {
      terminal.out().println(Json.write(report));
    } else {
      var table = new Table("count", "");
      report.forEach((name, value) -> table.row(name, String.valueOf(value)));
      terminal.out().print(table);
    }
    if (counts.isClean()) {
      return 0;
    }
    counts.sentences().forEach(s -> terminal.err().println("linedisc: selftest: " + s));
    terminal.err().println("linedisc: selftest: failed, with --seed " + options.seed());
    return CommandException.RUN_TIME;
  }

  private static SelftestOptions parse(List<String> words) throws CommandException {
    Arguments args =
        Arguments.parse(
            words,
            Set.of("--json", "--debug"),
            Set.of("--seconds", "--seed", "--line", "--patience", TransportOption.NAME));
    List<String> ports = args.operands();
    if (!ports.isEmpty() && ports.size() != 2) {
      throw CommandException.usage("two ports are needed, one for each end of the cable, or none");
    }
    String line = args.word("--line", "both", List.of("pty", "null"));
    if (!ports.isEmpty() && args.value("--line") != null) {
      throw CommandException.usage("option --line is for a test without ports");
    }
    LineKind kind =
        ports.isEmpty() ? LineKind.valueOf(line.toUpperCase(Locale.ROOT)) : LineKind.CABLE;
    return new SelftestOptions(
        kind,
        TransportOption.of(args),
        ports,
        args.number("--seconds", DEFAULT_SECONDS, 1, MOST_SECONDS),
        args.number("--seed", ThreadLocalRandom.current().nextInt(1 << 30), 0, LARGEST_SEED),
        args.number("--patience", DEFAULT_PATIENCE, 1, MOST_PATIENCE),
        args.has("--json"));
  }

  private static Map<String, Object> report(
      SelftestOptions options, Counts counts, double seconds, double processorSeconds) {
    var report = new LinkedHashMap<String, Object>();
    report.put("line", options.lines().name().toLowerCase(Locale.ROOT));
    report.put("seed", options.seed());
    report.put("seconds", rounded(seconds));
    counts.addTo(report);
    report.put("processor_seconds", rounded(processorSeconds));
    report.put(
        "processor_ms_per_destroy",
        rounded(counts.destroys() == 0 ? 0 : processorSeconds * 1000 / (double) counts.destroys()));
    report.put("passed", counts.isClean());
    return report;
  }

  /// What this process has used of the processors so far; zero where the system does not tell.
  private static Duration processor() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double rounded(double value) {
    return (double) Math.round(value * 1000) / 1000;
  }
}
