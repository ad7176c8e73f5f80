package linedisc.examples.pppd;

import java.util.List;
import java.util.function.Function;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.Terminal;
import linedisc.examples.pppd.options.DaemonOptions;
import linedisc.examples.pppd.options.OptionException;
import linedisc.examples.pppd.options.OptionReader;
import linedisc.examples.pppd.options.OptionText;
import linedisc.examples.pppd.options.PppdOptions;

/// `linedisc pppd`.
public final class PppdCommand implements Command {
  private final Function<Terminal, Surroundings> surroundings;

  /// The command in this process.
  public PppdCommand() {
    this(Surroundings::system);
  }

  /// The command in surroundings of its own.
  public PppdCommand(Function<Terminal, Surroundings> surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "pppd";
  }

  @Override
  public String summary() {
    return "a PPP link on a serial line, with pppd's options, files and scripts";
  }

  @Override
  public String help() {
    return OptionText.help().stripTrailing();
  }

  @Override
  public int run(List<String> words, Terminal terminal) throws InterruptedException {
    Surroundings around = surroundings.apply(terminal);
    PppdOptions options;
    try {
      options = OptionReader.read(around.machine(), words);
    } catch (OptionException e) {
      terminal.err().println("pppd: " + e.sentence());
      return ExitStatus.OPTION_ERROR.code();
    }
    switch (options.get(DaemonOptions.TASK)) {
      case HELP -> terminal.out().print(OptionText.help());
      case VERSION -> terminal.out().println("pppd version 2.5.3 (linedisc)");
      case SHOW_OPTIONS -> terminal.out().print(OptionText.showOptions());
      case RUN -> {
        boolean dryRun = options.get(DaemonOptions.DRY_RUN);
        if (dryRun || options.get(DaemonOptions.DUMP)) {
          terminal.out().print(OptionText.dump(options));
        }
        if (!dryRun) {
          return new Daemon(options, around).run().code();
        }
        options.messages().forEach(terminal.err()::println);
      }
    }
    return ExitStatus.OK.code();
  }
}
