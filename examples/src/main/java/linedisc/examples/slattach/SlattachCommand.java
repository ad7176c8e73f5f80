package linedisc.examples.slattach;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Terminal;
import linedisc.examples.stack.Station;
import linedisc.serial.host.HostException;
import linedisc.serial.host.HostSettings;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.SerialPorts;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import linedisc.slip.SlipConfig;
import linedisc.slip.SlipEvent;
import org.jspecify.annotations.Nullable;

/// `linedisc slattach`.
public final class SlattachCommand implements Command {
  /// net-tools' status when the tty can't be opened.
  private static final int NO_TTY = 3;

  private static final Duration FOREVER = Duration.ofDays(10_000);

  /// The command.
  public SlattachCommand() {}

  @Override
  public String name() {
    return "slattach";
  }

  @Override
  public String summary() {
    return "a SLIP, CSLIP or 6-bit SLIP interface on a serial line";
  }

  @Override
  public String help() {
    return """
    usage: linedisc slattach [-p PROTOCOL] [-s SPEED] [-k SECONDS] [-o SECONDS] [-c COMMAND]
                             [-dhlLnqv] [--mtu OCTETS] [--transport KIND] [--no-host] PORT|- [LOCAL:REMOTE]

    Binds an sl interface to a port, with a network device of the host of the same name, until the
    line goes, a signal comes or the device is deleted. The device has these addresses, or those that
    'ip addr add' gives it; making it needs CAP_NET_ADMIN. The line is locked as UUCP does, set raw,
    and put back at the end. PORT is a device, with or without /dev/, or what else 'linedisc shell'
    can open; - is standard input and output. Addresses of IPv6 stand in brackets.

      -p PROTOCOL   slip, cslip (default), slip6, cslip6, adaptive; tty: only put the line back
      -s SPEED      bits per second (default 115200)
      -k SECONDS    give up after so long without a sign of life, 0 to 255
      -o SECONDS    send a sign of life after so long without a packet, 0 to 255
      -c COMMAND    run by the shell when the line has gone; its exit status becomes ours
      -h            give up when carrier is lost
      -L            a 3-wire line: no RTS/CTS
      -l            lock the line, which is done anyway
      -n            nobody else may write to the device (mode 0600)
      -q, -v, -d    say nothing; say the interface's name; say all
      --mtu OCTETS  longest packet sent, 68 to 65535 (default 296)
      --transport KIND  what opens the port: jserialcomm (default), or posix
      --no-host     no device of the host is made: pings for LOCAL are answered by this process

    net-tools' -e (leave the line to the kernel) and -m (leave the line as it is set) are refused: the
    link lives in this process, which needs the line raw.

    Exit status: 0 ended by a signal, 1 the line has gone or could not be used, 2 the command line was
    not understood, 3 the port can't be opened.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal)
      throws CommandException, InterruptedException {
    SlattachOptions options = SlattachOptions.parse(words);
    try (var end = new SignalEnd();
        Station station = new Station()) {
      station.report("slattach");
      Tty tty;
      try {
        tty = end.guard(() -> station.open(open(options)));
      } catch (PortException e) {
        if (!options.quiet()) {
          terminal.err().println("linedisc: slattach: " + e.getMessage());
        }
        return NO_TTY;
      }
      SlipConfig slip = options.slip();
      int status = slip == null ? 0 : serve(options, slip, station, tty, end, terminal);
      SignalEnd.close(tty);
      return status;
    } catch (NetException | HostException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw CommandException.failed(options.port() + ": can't change its mode", e);
    }
  }

  private static SerialTransport open(SlattachOptions options) throws IOException {
    SerialTransport line =
        new PortOpener(new SerialPorts(), new PortLocks(), options.backend())
            .open(options.port(), options.settings());
    if (options.privateDevice() && line.name().startsWith("/")) {
      boolean done = false;
      try {
        Files.setPosixFilePermissions(
            Path.of(line.name()), PosixFilePermissions.fromString("rw-------"));
        done = true;
      } finally {
        if (!done) {
          line.close();
        }
      }
    }
    return line;
  }

  /// Binds, and waits until the line has gone.
  private static int serve(
      SlattachOptions options,
      SlipConfig slip,
      Station station,
      Tty tty,
      SignalEnd end,
      Terminal terminal)
      throws NetException, HostException, CommandException, InterruptedException {
    try (EventStream<TtyEvent> events = tty.events()) {
      String name = attach(options, slip, station, tty);
      if (options.verbose() || options.debug()) {
        // Where standard output is the line, nothing else may be written there.
        PrintStream out = options.isStandardStreams() ? terminal.err() : terminal.out();
        String protocol = slip.mode().name().toLowerCase(Locale.ROOT);
        out.println(protocol + " started on " + tty.name() + " interface " + name);
        out.flush();
      }
      String why = null;
      while (why == null) {
        why = reason(events.take(FOREVER), slip, options, terminal);
      }
      if (end.isBegun()) {
        return 0;
      }
      if (!options.quiet()) {
        terminal.err().println("linedisc: slattach: " + tty.name() + ": " + why);
      }
    }
    SignalEnd.close(tty);
    return options.command() == null ? CommandException.RUN_TIME : shell(options.command());
  }

  /// Makes the interface.
  ///
  /// @return its name, the host's if the host has it
  private static String attach(SlattachOptions options, SlipConfig slip, Station station, Tty tty)
      throws NetException, HostException {
    NetInterface sl = tty.bind(new SlipDiscipline(slip)).netInterface();
    if (options.addresses() != null) {
      sl.configure(options.addresses());
    }
    if (options.noHost()) {
      station.forwarder().attach(sl);
      return sl.name();
    }
    return station.toHost(sl, HostSettings.DEFAULT).device().name();
  }

  /// What has ended the link; null: it goes on.
  private static @Nullable String reason(
      @Nullable TtyEvent event, SlipConfig slip, SlattachOptions options, Terminal terminal) {
    if (options.debug() && event != null) {
      terminal.err().println(event);
    }
    return switch (event) {
      case TtyEvent.HungUp hungUp -> hungUp.cause().text();
      case TtyEvent.Closed _ -> "closed";
      case TtyEvent.Carrier(boolean present) when !present -> "carrier was lost";
      case TtyEvent.Unbound _ -> "the interface was destroyed or its device deleted";
      case TtyEvent.FromProtocol(SlipEvent.KeepaliveLost _) ->
          "nothing came from the peer for " + slip.keepalive() + " s";
      case null, default -> null;
    };
  }

  private static int shell(String command) throws CommandException, InterruptedException {
    try {
      return new ProcessBuilder("/bin/sh", "-c", command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw CommandException.failed("can't run '" + command + "': " + e.getMessage(), e);
    }
  }
}
