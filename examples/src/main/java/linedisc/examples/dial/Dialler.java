package linedisc.examples.dial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;
import linedisc.examples.stack.Pinger;
import linedisc.examples.stack.Station;
import linedisc.ppp.auth.Secret;
import linedisc.serial.chat.CellularSetup;
import linedisc.serial.chat.ChatEvent;
import linedisc.serial.chat.ChatFiles;
import linedisc.serial.chat.ChatOptions;
import linedisc.serial.chat.ChatRunner;
import linedisc.serial.chat.ChatScript;
import linedisc.serial.chat.ChatSyntaxException;
import linedisc.serial.chat.ChatVariables;
import linedisc.serial.chat.HayesModem;
import linedisc.serial.chat.ModemException;
import linedisc.serial.host.HostException;
import linedisc.serial.life.Removal;
import linedisc.serial.net.NetException;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PortSettings.FlowControl;
import linedisc.serial.tty.OpeningOctets;
import linedisc.serial.tty.Tty;
import org.jspecify.annotations.Nullable;

/// Makes calls on one port, or takes them, one after the other.
final class Dialler {
  private static final Duration WAKE_LIMIT = Duration.ofSeconds(6);
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(5);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);
  private static final Duration FOREVER = Duration.ofDays(10_000);

  /// How long a caller may take to show what it speaks; then it is taken for PPP.
  private static final Duration OPENING_LIMIT = Duration.ofSeconds(30);

  private static final int MOST_OPENING_OCTETS = 2048;

  /// Carrier and DTR as every program wants them, and no answer unless we say so.
  private static final List<String> DEFAULT_INITS = List.of("ATZ", "ATE0V1Q0S0=0&C1&D2");

  private static final List<String> CELLULAR_INITS = List.of("ATZ", "ATE0V1Q0");
  private static final ChatFiles FILES = name -> Files.readAllBytes(Path.of(name));

  private final DialOptions options;
  private final Station station;
  private final PortOpener opener;
  private final Terminal terminal;
  private final Pinger pinger = new Pinger();
  private final @Nullable Secret password;
  private @Nullable Tty port;

  /// @param password stays the caller's
  Dialler(
      DialOptions options,
      Station station,
      PortOpener opener,
      @Nullable Secret password,
      Terminal terminal) {
    this.options = options;
    this.station = station;
    this.opener = opener;
    this.password = password;
    this.terminal = terminal;
    station.forwarder().setLocal(pinger);
  }

  /// Makes the calls.
  ///
  /// @return how the last one ended
  /// @throws CommandException when a call fails once too often
  CallLink.End run() throws CommandException, InterruptedException {
    int failures = 0;
    for (int call = 1; ; ) {
      String failure;
      try {
        CallLink.End end = call();
        say("the call has ended: " + end.why());
        if (end.good() && call == options.calls()) {
          return end;
        }
        if (end.good()) {
          call++;
          failures = 0;
          continue;
        }
        failure = end.why();
      } catch (ModemException | NetException | PortException e) {
        failure = sentence(e);
      }
      if (failures++ >= options.redials()) {
        throw CommandException.failed(failure);
      }
      terminal.err().println(failure + " Trying again.");
      Thread.sleep(options.redialDelay());
    }
  }

  private static String sentence(IOException e) {
    return String.valueOf(e.getMessage());
  }

  /// One call, from the modem's first command to its last.
  private CallLink.End call()
      throws ModemException, NetException, PortException, CommandException, InterruptedException {
    Tty tty = open();
    var modem = new HayesModem(tty, options.guard(), this::say);
    boolean connected = false;
    try {
      prepare(modem);
      String connect = connect(modem);
      connected = true;
      terminal.out().println(connect);
      terminal.out().flush();
      if (options.chat() != null) {
        chat(tty, options.chat());
      }
      if (options.linkless()) {
        return new CallLink.End(true, "connected");
      }
      boolean slip = options.number() == null ? isSlip(tty) : options.slip();
      return new CallLink(options, station, pinger, password, terminal).run(tty, slip);
    } catch (HostException e) {
      throw CommandException.failed(sentence(e), e);
    } finally {
      if (connected && tty.state().isUsable()) {
        hangUp(modem);
      }
    }
  }

  /// The port of the last call, if it is still there; otherwise what has its name now.
  private Tty open() throws PortException {
    Tty tty = port;
    if (tty == null || !tty.state().isUsable()) {
      tty = station.open(opener.open(options.port(), settings()));
      port = tty;
      say(options.port() + " is open");
    }
    return tty;
  }

  /// A real port has lines for flow control and carrier; a pty has not, and would never be ready.
  private PortSettings settings() {
    if (options.settings() != null) {
      return options.settings();
    }
    try {
      if (Path.of(options.port()).toRealPath().startsWith("/dev/pts")) {
        return PortSettings.DEFAULT;
      }
    } catch (IOException e) {
      // The open will say it.
    }
    return PortSettings.DEFAULT.toBuilder().flow(FlowControl.RTS_CTS).modem(true).build();
  }

  private void prepare(HayesModem modem)
      throws ModemException, NetException, CommandException, InterruptedException {
    modem.wake(WAKE_LIMIT);
    List<String> defaults = options.apn() == null ? DEFAULT_INITS : CELLULAR_INITS;
    for (String init : options.inits().isEmpty() ? defaults : options.inits()) {
      List<String> _ = modem.command(init, COMMAND_LIMIT);
    }
    if (options.apn() != null) {
      try {
        new CellularSetup(modem, this::progress)
            .prepare(options.apn(), options.pin(), options.search());
      } catch (ModemException e) {
        // Trying again would use up the SIM's patience.
        throw CommandException.failed(sentence(e), e);
      }
    }
  }

  private String connect(HayesModem modem)
      throws ModemException, NetException, InterruptedException {
    if (options.number() != null) {
      progress("calling " + options.number());
      return modem.dial(options.number(), options.timeout());
    }
    progress("waiting for a call on " + options.port());
    boolean _ = modem.awaitRing(FOREVER);
    progress("RING");
    return modem.answer(options.timeout());
  }

  /// Looks at what the caller sends first, and leaves it for the discipline.
  private boolean isSlip(Tty tty) throws NetException, InterruptedException {
    byte[] octets = new byte[MOST_OPENING_OCTETS];
    long deadline = System.nanoTime() + OPENING_LIMIT.toNanos();
    int seen = 0;
    var protocol = OpeningOctets.Protocol.UNDECIDED;
    while (protocol == OpeningOctets.Protocol.UNDECIDED && seen < octets.length) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      int length = tty.peek(octets, 0, octets.length, seen, left);
      if (length == 0) {
        break;
      }
      seen = length;
      protocol = OpeningOctets.look(octets, 0, seen);
    }
    progress("the caller speaks " + (protocol == OpeningOctets.Protocol.SLIP ? "SLIP" : "PPP"));
    return protocol == OpeningOctets.Protocol.SLIP;
  }

  private void chat(Tty tty, String file)
      throws ModemException, CommandException, InterruptedException {
    ChatScript script;
    try {
      script = ChatScript.ofFile(file, FILES.read(file), ChatVariables.NONE);
    } catch (IOException e) {
      throw CommandException.failed("can't read the chat script " + file, e);
    } catch (ChatSyntaxException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()), e);
    }
    var chatOptions =
        new ChatOptions(
            ChatScript.DEFAULT_TIMEOUT, options.verbose(), false, ChatOptions.DEFAULT.typing());
    ChatEvent.Finished end =
        new ChatRunner(script, chatOptions, FILES, event -> say(event.toString())).run(tty);
    if (end.exitStatus() != 0) {
      throw CommandException.failed("the chat script " + file + " failed: " + end.reason());
    }
  }

  private void hangUp(HayesModem modem) throws InterruptedException {
    try {
      if (!modem.hangUp()) {
        say("the modem does not answer any more");
      }
    } catch (NetException e) {
      say(sentence(e));
    }
  }

  /// Closes the port, which ends any call.
  void close() throws InterruptedException {
    Tty tty = port;
    if (tty != null) {
      Removal removal = tty.close(CLOSE_LIMIT);
      boolean _ = removal.await(CLOSE_LIMIT.multipliedBy(2));
    }
  }

  private void progress(String text) {
    terminal.err().println(text);
  }

  private void say(String text) {
    if (options.verbose()) {
      terminal.err().println(text);
    }
  }
}
