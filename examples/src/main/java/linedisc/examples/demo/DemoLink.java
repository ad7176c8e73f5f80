package linedisc.examples.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Progress;
import linedisc.examples.cli.Terminal;
import linedisc.examples.stack.Pinger;
import linedisc.examples.stack.Station;
import linedisc.ppp.PppEvent;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Removal;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.InterfaceGoneException;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.tty.LineDiscipline;
import linedisc.serial.tty.Link;
import linedisc.serial.tty.PppProtocol;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;

/// One link between the two stations: brought up, measured, its near interface destroyed under
/// traffic, its port bound again.
final class DemoLink {
  private static final int PINGS = 10;
  private static final long PATIENCE = 10_000_000_000L;
  private static final long MEGABYTE = 1_000_000;

  private final LinkKind kind;
  private final Station near;
  private final Station far;
  private final Tty nearTty;
  private final Tty farTty;
  private final LineDiscipline nearDiscipline;
  private final LineDiscipline farDiscipline;
  private final Pinger pinger;
  private final Transfer.Receiver receiver;
  private final Terminal terminal;
  private final List<String> complaints = new ArrayList<>();

  DemoLink(
      LinkKind kind,
      Station near,
      Station far,
      SerialTransport nearLine,
      SerialTransport farLine,
      DemoCapture capture,
      Terminal terminal,
      boolean debug)
      throws CommandException {
    this.kind = kind;
    this.near = near;
    this.far = far;
    this.terminal = terminal;
    this.nearTty = near.ttys().open(nearLine);
    this.farTty = far.ttys().open(farLine);
    this.nearDiscipline = capture.of(kind.discipline(true), kind.type + "0", kind.linkType);
    this.farDiscipline = capture.of(kind.discipline(false), kind.type + "1", kind.linkType);
    this.pinger = new Pinger();
    this.receiver = new Transfer.Receiver();
    if (debug) {
      trace(nearTty, kind.type + "0", near);
      trace(farTty, kind.type + "1", far);
    }
  }

  private void trace(Tty tty, String name, Station station) {
    EventStream<TtyEvent> _ =
        tty.events(
            station.executor(),
            event -> {
              if (event instanceof TtyEvent.FromProtocol(PppEvent.Trace(String text))) {
                terminal.err().println(name + ": " + text);
              }
            });
  }

  /// The far end comes up again whenever its link has ended, as an answering daemon would.
  private static void reopen(TtyEvent event, PppProtocol protocol) {
    if (event instanceof TtyEvent.FromProtocol(PppEvent.Terminated _)) {
      protocol.open();
    }
  }

  Pinger pinger() {
    return pinger;
  }

  Transfer.Receiver receiver() {
    return receiver;
  }

  LinkKind kind() {
    return kind;
  }

  /// What went wrong, one sentence each.
  List<String> complaints() {
    return complaints;
  }

  /// Does all of it.
  LinkReport run(long megabytes) throws CommandException, InterruptedException {
    try {
      bindFar();
      NetInterface first = bindNear();
      long[] rtt = ping(first);
      double rate = transfer(first, megabytes * MEGABYTE);
      boolean destroyed = destroyUnderTraffic(first);
      NetInterface second = bindNear();
      boolean rebound = destroyed && second.index() != first.index() && ping(second).length > 0;
      rebound &= transfer(second, Math.min(megabytes, 1) * MEGABYTE) > 0;
      if (!rebound) {
        complain("the port carried no traffic after its interface was destroyed");
      }
      return new LinkReport(
          kind.type + "0 <> " + kind.type + "1",
          receiver.packets(),
          receiver.octets(),
          rate,
          receiver.errors() + complaints.size(),
          rtt,
          rebound);
    } catch (NetException e) {
      throw CommandException.failed(kind.type + ": " + e.getMessage(), e);
    }
  }

  private void bindFar() throws NetException {
    NetInterface netInterface = far.interfaces().create(kind.type + "1");
    kind.configure(netInterface, false);
    far.forwarder().attach(netInterface);
    Link link = farTty.bind(farDiscipline, netInterface);
    PppProtocol protocol = link.protocol().as(PppProtocol.class);
    if (protocol != null) {
      EventStream<TtyEvent> _ = farTty.events(far.executor(), event -> reopen(event, protocol));
    }
  }

  /// Binds the port to an interface of its own, made for it, and waits until it is RUNNING.
  private NetInterface bindNear() throws NetException, CommandException, InterruptedException {
    try (EventStream<InterfaceEvent> events = near.interfaces().events()) {
      NetInterface netInterface = nearTty.bind(nearDiscipline).netInterface();
      kind.configure(netInterface, true);
      near.forwarder().attach(netInterface);
      long deadline = System.nanoTime() + PATIENCE;
      while (!netInterface.is(InterfaceFlag.RUNNING)) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw CommandException.failed(
              netInterface.name() + " did not come up within " + PATIENCE / 1_000_000_000L + " s");
        }
        InterfaceEvent _ = events.take(java.time.Duration.ofNanos(left));
      }
      return netInterface;
    }
  }

  private long[] ping(NetInterface out) throws NetException, InterruptedException {
    long[] times = pinger.ping(out::send, kind.local, kind.remote, PINGS);
    if (times.length < PINGS) {
      complain(PINGS - times.length + " of " + PINGS + " pings were not answered");
    }
    Arrays.sort(times);
    return times;
  }

  /// Megabytes per second, of IP packets.
  private double transfer(NetInterface out, long octets) throws NetException, InterruptedException {
    long before = receiver.octets();
    receiver.begin(out.index());
    try (var progress = new Progress(terminal, out.name(), octets / 1e6, "MB")) {
      long start = System.nanoTime();
      long sent =
          Transfer.send(
              out,
              kind.local,
              kind.remote,
              out.index(),
              octets,
              soFar -> progress.update(soFar / 1e6));
      long missing = receiver.await(sent);
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.update((receiver.octets() - before) / 1e6);
      if (missing > 0) {
        complain(missing + " of " + sent + " packets did not arrive over " + out.name());
      }
      return (receiver.octets() - before) / 1e6 / seconds;
    }
  }

  /// Destroys the interface while a transfer runs over it.
  ///
  /// @return whether the sender was told, and nothing touched the interface afterwards
  private boolean destroyUnderTraffic(NetInterface doomed)
      throws NetException, InterruptedException, CommandException {
    long run = -doomed.index();
    receiver.begin(run);
    Future<Boolean> sender =
        near.executor()
            .submit(() -> {
              try {
                long _ =
                    Transfer.send(
                        doomed, kind.local, kind.remote, run, Long.MAX_VALUE, soFar -> {});
                return false;
              } catch (InterfaceGoneException e) {
                return true;
              }
            });
    long deadline = System.nanoTime() + PATIENCE;
    while (receiver.received() == 0 && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    Removal removal = near.interfaces().destroy(doomed);
    removal.await();
    terminal.err().println(doomed.name() + ": destroyed under traffic");
    try {
      return sender.get() && near.interfaces().touches() == 0;
    } catch (ExecutionException e) {
      throw CommandException.failed(doomed.name() + ": " + e.getMessage(), e);
    }
  }

  private void complain(String sentence) {
    complaints.add(kind.type + ": " + sentence);
  }
}
