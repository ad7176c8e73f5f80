package linedisc.examples.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import linedisc.examples.cli.Arguments;
import linedisc.examples.cli.Command;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Json;
import linedisc.examples.cli.Table;
import linedisc.examples.cli.Terminal;
import linedisc.examples.cli.TransportOption;
import linedisc.examples.demo.DemoOptions.LineKind;
import linedisc.examples.stack.Station;
import linedisc.serial.port.NullModem;
import linedisc.serial.port.NullModemPump;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.SerialBackend;
import linedisc.serial.port.SerialTransport;

/// `linedisc demo`: a PPP and a SLIP link over kernel ptys, pinged, loaded, and bound again after
/// their interfaces were destroyed under traffic.
public final class DemoCommand implements Command {
  private static final int DEFAULT_MEGABYTES = 16;
  private static final int MOST_MEGABYTES = 100_000;

  /// The command.
  public DemoCommand() {}

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String summary() {
    return "two live links over real tty devices, measured and torn down under load";
  }

  @Override
  public String help() {
    return """
    usage: linedisc demo [--line pty|null] [--megabytes N] [--capture FILE] [--json] [--debug]
           linedisc demo --ppp 'OPTION...' [--ppp-peer 'OPTION...'] [--loss P] [--ber P] ...

    Makes two kernel ptys, opens the slave of each as a serial port, and runs PPP over one and SLIP
    over the other against a second stack on the masters: 10 pings, a bulk transfer checked octet by
    octet, then the interface is destroyed under traffic and the port bound to a new one.

      --line null      over a wire in memory, for systems without ptys
      --transport KIND what opens the slaves: jserialcomm (default), or posix, one thread for all
      --megabytes N    size of each bulk transfer, 1 to 100000 (default 16)
      --capture FILE   all frames of both ends, as pcapng
      --json           one JSON object instead of the table
      --debug          the negotiation in pppd's notation

    With --ppp there is one PPP link, whose ends take pppd's options, and what they agree on is
    shown, or why the link ended. Proofs are made with a secret that both ends know; a 'password'
    that only one end has is a wrong one.

      --ppp OPTIONS    for the near end: 'require-mschap-v2 require-mppe-128'
      --ppp-peer OPTIONS  for the far end, which else encrypts and compresses as the near one does
      --ber P          the share of bits that the line flips, 0 to 1
      --loss P         the share of octets that it loses, 0 to 1

    Exit status: 0 all well, 1 something differed, 2 the command line was not understood.\
    """;
  }

  @Override
  public int run(List<String> words, Terminal terminal)
      throws CommandException, InterruptedException {
    Arguments args =
        Arguments.parse(
            words,
            Set.of("--json", "--debug"),
            Set.of(
                "--line",
                "--megabytes",
                "--capture",
                "--ppp",
                "--ppp-peer",
                "--ber",
                "--loss",
                TransportOption.NAME));
    args.refuseOperands();
    DemoOptions options = options(args);
    String ppp = args.value("--ppp");
    if (ppp != null) {
      return negotiate(
          new PppDemo(ppp, args.value("--ppp-peer"), options, terminal), options, terminal);
    }
    for (String option : List.of("--ppp-peer", "--ber", "--loss")) {
      if (args.value(option) != null) {
        throw CommandException.usage(option + " goes with --ppp.");
      }
    }
    return run(options, terminal);
  }

  private static int negotiate(PppDemo demo, DemoOptions options, Terminal terminal)
      throws CommandException, InterruptedException {
    try (var capture = new DemoCapture(options.capture());
        var pump = new NullModemPump()) {
      SerialTransport[] line = line(LinkKind.PPP, options, pump, terminal);
      return demo.run(line, capture) ? 0 : CommandException.RUN_TIME;
    }
  }

  private static DemoOptions options(Arguments args) throws CommandException {
    String line = args.word("--line", "pty", List.of("pty", "null"));
    String capture = args.value("--capture");
    return new DemoOptions(
        LineKind.valueOf(line.toUpperCase(Locale.ROOT)),
        TransportOption.of(args),
        args.number("--megabytes", DEFAULT_MEGABYTES, 1, MOST_MEGABYTES),
        capture == null ? null : Path.of(capture),
        args.has("--json"),
        args.has("--debug"),
        args.decimal("--ber", 0, 0, 1),
        args.decimal("--loss", 0, 0, 1));
  }

  private static int run(DemoOptions options, Terminal terminal)
      throws CommandException, InterruptedException {
    long start = System.nanoTime();
    List<LinkReport> reports = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    try (var capture = new DemoCapture(options.capture());
        var pump = new NullModemPump();
        var near = new Station();
        var far = new Station()) {
      for (LinkKind kind : LinkKind.values()) {
        SerialTransport[] ends = line(kind, options, pump, terminal);
        var link =
            new DemoLink(kind, near, far, ends[0], ends[1], capture, terminal, options.debug());
        near.forwarder().setLocal(new Mailbox(link.pinger(), link.receiver()));
        far.forwarder().setLocal(new Mailbox(link.pinger(), link.receiver()));
        reports.add(link.run(options.megabytes()));
        complaints.addAll(link.complaints());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long errors = reports.stream().mapToLong(LinkReport::errors).sum();
    boolean rebound = reports.stream().allMatch(LinkReport::rebound);
    if (options.json()) {
      terminal.out().println(json(options, reports, errors, rebound, seconds));
    } else {
      terminal.out().print(table(reports));
      terminal.out().printf(Locale.ROOT, "%d errors, %.1f s%n", errors, seconds);
    }
    complaints.forEach(complaint -> terminal.err().println("linedisc: demo: " + complaint));
    if (errors > 0 && complaints.isEmpty()) {
      terminal.err().println("linedisc: demo: " + errors + " packets were not what was sent");
    }
    return errors == 0 && rebound ? 0 : CommandException.RUN_TIME;
  }

  /// The two ends of a line, near one first.
  private static SerialTransport[] line(
      LinkKind kind, DemoOptions options, NullModemPump pump, Terminal terminal)
      throws CommandException {
    switch (options.line()) {
      case NULL -> {
        NullModem wire = pump.wire("null-" + kind.type, 0);
        return new SerialTransport[] {wire.left(), wire.right()};
      }
      case PTY -> {
        try {
          SerialBackend backend = options.backend();
          PtyTransport master = PtyTransport.open(backend.loop());
          terminal.err().println(kind.type + ": " + master.slave() + " through " + backend);
          return new SerialTransport[] {
            backend.open(master.slave(), PortSettings.DEFAULT, new PortLocks()), master
          };
        } catch (PortException e) {
          throw CommandException.failed(
              e.getMessage() + " 'linedisc demo --line null' needs no ptys.", e);
        }
      }
    }
    throw new AssertionError(options.line());
  }

  private static String json(
      DemoOptions options, List<LinkReport> reports, long errors, boolean rebound, double seconds) {
    var result = new LinkedHashMap<String, Object>();
    result.put("line", options.line().name().toLowerCase(Locale.ROOT));
    result.put("links", reports.stream().map(LinkReport::toJson).toList());
    result.put("errors", errors);
    result.put("rebound", rebound);
    result.put("seconds", Math.round(seconds * 1000) / 1000.0);
    return Json.write(result);
  }

  private static Table table(List<LinkReport> reports) {
    var table =
        new Table(
            "link",
            "packets",
            "octets",
            "MB/s",
            "errors",
            "rtt min us",
            "median",
            "max",
            "rebound");
    for (LinkReport r : reports) {
      table.row(
          r.name(),
          Long.toString(r.packets()),
          Long.toString(r.octets()),
          String.format(Locale.ROOT, "%.1f", r.megabytesPerSecond()),
          Long.toString(r.errors()),
          Long.toString(r.percentile(0)),
          Long.toString(r.percentile(50)),
          Long.toString(r.percentile(100)),
          r.rebound() ? "yes" : "no");
    }
    return table;
  }
}
