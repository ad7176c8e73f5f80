package linedisc.examples.term;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;
import linedisc.examples.stack.Station;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.RawMode;
import linedisc.serial.port.SerialPorts;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.StandardStream;
import linedisc.serial.tty.Tty;
import org.jspecify.annotations.Nullable;

/// `linedisc term`.
public final class TermCommand implements Command {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  /// A folder that does not exist: no lock files.
  private static final Path NO_FOLDER = Path.of("/nonexistent");

  private final InputStream keyboard;

  /// The command at standard input.
  public TermCommand() {
    this(System.in);
  }

  TermCommand(InputStream keyboard) {
    this.keyboard = keyboard;
  }

  @Override
  public String name() {
    return "term";
  }

  @Override
  public String summary() {
    return "a terminal on a serial line, with picocom's keys";
  }

  @Override
  public String help() {
    return """
    usage: linedisc term [OPTION]... PORT

    What is typed is sent, what is received is shown. PORT is a device, a USB device as
    vendor:product[:serial], tcp://host:port, rfc2217://host:port or exec:COMMAND. Standard input may
    be a pipe: its end ends the program, or with -x, so much silence after it.

      -b, --baud SPEED        bits per second (default 9600)
      -f, --flow KIND         none (default), hard (RTS/CTS), soft (XON/XOFF)
      -y, --parity KIND       none (default), odd, even, mark, space
      -d, --databits N        5 to 8 (default 8)
      -p, --stopbits N        1 (default) or 2
      -e, --escape LETTER     the escape key, with Ctrl (default a)
      -n, --no-escape         no escape key
      -c, --echo              local echo
      -g, --logfile FILE      append what is received
      -t, --initstring TEXT   send this first
      -x, --exit-after MS     end after so long without an octet either way
      -i, --noinit            leave speed, format and flow control as they are found
      -r, --noreset           leave the port at the end as it is, DTR on
      -l, --nolock            no UUCP lock file
      -q, --quiet             no greeting
      --modem                 watch carrier, drop DTR at the end
      --lower-dtr, --lower-rts   off from the start
      --imap, --omap, --emap MAPS   change what is received, sent, echoed; some of
                              crlf, crcrlf, igncr, lfcr, lfcrlf, ignlf, bsdel, delbs
      --transport KIND        jserialcomm (default), or posix
      --addresses LOCAL:REMOTE   for PPP and SLIP

    Keys, after the escape key:
    """
        + Key.help(Key.control('a'))
        + """

        Handed to PPP or SLIP the port stays open; packets stay in this process, which answers pings.

        Exit status: 0, 1 the port has gone or can't be opened, 2 the command line was not understood.\
        """;
  }

  @Override
  public int run(List<String> words, Terminal terminal)
      throws CommandException, InterruptedException {
    TermOptions options = TermOptions.parse(words);
    try (Station station = new Station()) {
      station.report("term");
      SerialTransport line = open(options);
      if (options.noReset()) {
        line.leaveAsSet();
      }
      Tty tty = station.open(line);
      var raw = new AtomicReference<RawMode>();
      Thread hook = new Thread(() -> endBySignal(tty, raw));
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        raw.set(terminal.dialogue() ? RawMode.of(StandardStream.INPUT) : null);
        return converse(options, station, tty, raw.get(), terminal);
      } finally {
        putBack(raw.get());
        close(tty);
        removeHook(hook);
      }
    } catch (IOException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private int converse(
      TermOptions options, Station station, Tty tty, @Nullable RawMode raw, Terminal terminal)
      throws IOException, CommandException, InterruptedException {
    boolean person = raw != null && raw.isTerminal();
    try (Screen screen = Screen.open(terminal.out(), terminal.err(), person, options.log())) {
      return new TermSession(options, station, tty, screen, keyboard, person).run();
    }
  }

  private static SerialTransport open(TermOptions options) throws PortException {
    SerialPorts ports = new SerialPorts();
    PortLocks locks = options.noLock() ? new PortLocks(NO_FOLDER) : new PortLocks();
    return options.noInit()
        ? options.backend().openAsFound(ports.find(options.port()), options.settings(), locks)
        : new PortOpener(ports, locks, options.backend()).open(options.port(), options.settings());
  }

  private static void close(Tty tty) throws InterruptedException {
    boolean _ = tty.close(CLOSE_LIMIT).await(CLOSE_LIMIT.multipliedBy(2));
  }

  /// Terminal and port are put back whatever ends the program.
  private static void endBySignal(Tty tty, AtomicReference<RawMode> raw) {
    putBack(raw.get());
    try {
      close(tty);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void putBack(@Nullable RawMode raw) {
    if (raw != null) {
      raw.close();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal has come; the hook does the rest.
    }
  }
}
