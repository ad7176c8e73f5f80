package linedisc.examples.modem;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;

/// `linedisc modem`.
public final class ModemCommand implements Command {
  /// The command.
  public ModemCommand() {}

  @Override
  public String name() {
    return "modem";
  }

  @Override
  public String summary() {
    return "emulated Hayes and cellular modems on ptys, connected by numbers";
  }

  @Override
  public String help() {
    return """
    usage: linedisc modem --link PATH... [--number NUMBER=TARGET...] [--speed BPS] [--tcp] [--hangup]
                          [--pin PIN] [--search SECONDS] [--signal LEVEL] [--verbose]

    Makes modems, each on a pseudo-terminal that a program opens by the link PATH as it would a serial
    port, until a signal comes. They know the commands of V.250 and Hayes (D A H O Z E V Q X S &C &D &F
    &W ..., A/, +++) and of cellular modems (+CPIN +CREG +CGREG +CEREG +CSQ +COPS +CGDCONT +CGATT ...).

      --link PATH              a modem; again for more
      --number NUMBER=TARGET   where a number leads; again for more:
                 PATH                 another modem here, which rings (made if --link does not name it)
                 HOST:PORT            a TCP connection
                 ppp:OURS:YOURS       a stack here that answers with PPP and gives out the address YOURS
                 slip:OURS:YOURS      the same with SLIP
                 exec:COMMAND         a shell command's input and output
                 busy, noanswer, nodialtone
                               *99# stands for every *99...# that has no number of its own
      --tcp                    ATDhost:port calls that address
      --speed BPS              what CONNECT says (default 33600)
      --pin PIN                the SIM asks for this PIN (default: for none)
      --search SECONDS         until the cellular network is found (default 1)
      --signal LEVEL           what +CSQ says, 0 to 31 (default 21)
      --hangup                 hang up on a lost carrier also programs that ignore it (CLOCAL)
      --verbose                say what happens

    The program's close of the port is a drop of DTR (&D2: the call ends). With &C1 a lost carrier hangs
    the pty up under a program that has not set CLOCAL; the link then leads to a new pty.

    Exit status: 0 ended by a signal, 1 a modem can't be made, 2 the command line was not understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal)
      throws CommandException, InterruptedException {
    ModemOptions options = ModemOptions.parse(words);
    Consumer<String> say =
        sentence -> {
          if (options.verbose()) {
            terminal.err().println(sentence);
          }
        };
    var exchange = new Exchange(options.numbers(), options.speed(), options.tcp(), say);
    Thread hook = new Thread(exchange::close);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      for (String link : options.links()) {
        var cellular = new Cellular(options.pin(), options.search(), options.signal());
        EmulatedModem modem = add(exchange, link, cellular, options.hangUp());
        terminal.out().println("modem " + link + " on " + modem.device());
      }
      exchange.start();
      terminal.out().flush();
      new CountDownLatch(1).await();
      return 0;
    } finally {
      exchange.close();
      removeHook(hook);
    }
  }

  private static EmulatedModem add(
      Exchange exchange, String link, Cellular cellular, boolean hangUp) throws CommandException {
    try {
      return exchange.add(link, cellular, hangUp);
    } catch (IOException e) {
      throw CommandException.failed(
          "can't make a modem at " + link + ": " + CommandException.reason(e), e);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal has come; the hook does the same.
    }
  }
}
