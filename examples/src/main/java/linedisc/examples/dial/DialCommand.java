package linedisc.examples.dial;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;
import linedisc.examples.stack.Station;
import linedisc.ppp.auth.Secret;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.SerialPorts;
import org.jspecify.annotations.Nullable;

/// `linedisc dial`.
public final class DialCommand implements Command {
  /// Longer than a goodbye of PPP, a hang-up and a close together.
  private static final long GOODBYE_SECONDS = 15;

  /// The command.
  public DialCommand() {}

  @Override
  public String name() {
    return "dial";
  }

  @Override
  public String summary() {
    return "a call by modem or cellular modem, or one that is taken, with PPP or SLIP over it";
  }

  @Override
  public String help() {
    return """
    usage: linedisc dial [OPTION...] PORT[,SETTINGS] NUMBER [LOCAL:REMOTE]
           linedisc dial [OPTION...] --apn NAME [--pin-file FILE] [--number NUMBER] PORT[,SETTINGS]
           linedisc dial [OPTION...] --answer PORT[,SETTINGS] [LOCAL:REMOTE]

    Calls a number, or waits for a call, runs PPP over it and shows the addresses, until a signal comes
    or the other end hangs up. Packets stay in this process, which answers pings, or go to the host
    with --host. LOCAL and REMOTE are IPv4 addresses; what is left out the other end says. SETTINGS are
    as in 57600,crtscts,modem; a real port has crtscts,modem by default. The port is locked as UUCP does.

      --no-link            stop after CONNECT (and the chat script)
      --answer             wait for RING and take the call; its first octets tell PPP from SLIP
      --slip               SLIP (or CSLIP, if the other end begins with it) instead of PPP
      --init COMMAND       a command for the modem, instead of ATZ and ATE0V1Q0S0=0&C1&D2; again for more
      --speed BPS          of the port (default 115200)
      --transport KIND     what opens the port: jserialcomm (default), or posix
      --timeout SECONDS    until CONNECT (default 60)
      --guard SECONDS      silence around +++ (default 1.2)
      --chat FILE          a chat script to play after CONNECT
      --user NAME          the name that we go by, if the other end wants to know
      --password-file FILE its first line is the password; nobody else may read it
      --host               make a network device of the host of it (needs CAP_NET_ADMIN)
      --default-route      the same, and a default route through it
      --resolv-file FILE   with --host: the other end's name servers go there, while the link is up
      --ping COUNT         ping the other end, show the times, and hang up
      --calls COUNT        so many calls, one after the other (default 1)
      --redial COUNT       try a call that fails again so many times (default 0)
      --redial-delay SECONDS   and wait so long before (default 5)
      --verbose, --debug   say what is sent to the modem and what it says; and all packets of PPP

    Cellular:
      --apn NAME           the access point; the SIM's state, network and signal are shown
      --pin PIN            of the SIM; tried once; others see it in the list of processes
      --pin-file FILE      its first line is the PIN; nobody else may read it
      --number NUMBER      default *99***1#
      --search SECONDS     until a network is found (default 60)

    Exit status: 0 the call did what it was for, 1 it did not, 2 the command line was not understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal)
      throws CommandException, InterruptedException {
    DialOptions options = DialOptions.parse(words);
    var done = new CountDownLatch(1);
    Thread me = Thread.currentThread();
    Thread hook = new Thread(() -> endBySignal(me, done));
    Runtime.getRuntime().addShutdownHook(hook);
    try (Station station = new Station();
        Secret password = password(options.passwordFile())) {
      station.report("dial");
      var opener = new PortOpener(new SerialPorts(), new PortLocks(), options.backend());
      var dialler = new Dialler(options, station, opener, password, terminal);
      try {
        CallLink.End end = dialler.run();
        return end.good() ? 0 : CommandException.RUN_TIME;
      } finally {
        dialler.close();
      }
    } finally {
      done.countDown();
      removeHook(hook);
    }
  }

  private static @Nullable Secret password(@Nullable String file) throws CommandException {
    if (file == null) {
      return null;
    }
    byte[] line = SecretFile.firstLine("--password-file", file);
    Secret secret = Secret.of(line);
    Arrays.fill(line, (byte) 0);
    return secret;
  }

  /// A signal is the usual end: the other end is told, the modem hangs up, the lock goes.
  private static void endBySignal(Thread caller, CountDownLatch done) {
    caller.interrupt();
    try {
      boolean _ = done.await(GOODBYE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private static void removeHook(Thread hook) {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal has come; the hook ends the process.
    }
  }
}
