package linedisc.examples.gateway;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import linedisc.examples.gateway.PortMachine.State;
import linedisc.examples.gateway.PortMachine.Step;
import linedisc.serial.chat.HayesModem;
import linedisc.serial.chat.ModemException;
import linedisc.serial.life.Removal;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceStatistics;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.port.PortException;
import linedisc.serial.tty.OpeningOctets;
import linedisc.serial.tty.Tty;
import org.jspecify.annotations.Nullable;

/// One port: carries out, on a thread of its own, what its [PortMachine] decides.
final class GatewayPort {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);
  private static final Duration GOODBYE_LIMIT = Duration.ofSeconds(4);
  private static final Duration WAKE_LIMIT = Duration.ofSeconds(6);
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(5);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);
  private static final Duration FOREVER = Duration.ofDays(10_000);

  /// How long a caller may take to show what it speaks; then it is taken for PPP.
  private static final Duration OPENING_LIMIT = Duration.ofSeconds(30);

  private static final int MOST_OPENING_OCTETS = 2048;
  private static final List<String> DEFAULT_INITS = List.of("ATZ", "ATE0V1Q0S0=0&C1&D2");

  private final Site site;
  private final PortSection section;
  private final Thread thread;
  private final Meter meter = new Meter();

  /// Guarded by this object's monitor.
  private final PortMachine machine;

  /// For a pause that may be over.
  private final Semaphore wakeUps = new Semaphore(0);

  private volatile @Nullable PortLink link;
  private @Nullable Tty tty;
  private @Nullable HayesModem call;

  private GatewayPort(Site site, PortSection section) {
    this.site = site;
    this.section = section;
    this.machine = new PortMachine(section);
    this.thread =
        Thread.ofPlatform().daemon().name("gateway " + section.port()).unstarted(this::run);
  }

  /// Begins.
  static GatewayPort start(Site site, PortSection section) {
    var port = new GatewayPort(site, section);
    port.thread.start();
    return port;
  }

  /// What it was made of.
  PortSection section() {
    return section;
  }

  /// Where it is.
  synchronized State state() {
    return machine.state();
  }

  /// Tells the peer goodbye, and begins nothing any more. Does not wait.
  void stop() {
    synchronized (this) {
      machine.stop();
    }
    PortLink running = link;
    if (running == null || !running.goodbye()) {
      cut();
    }
  }

  /// After [#stop]: has it end without waiting for the peer.
  void cut() {
    thread.interrupt();
  }

  /// After [#stop]: waits until the goodbye is said, or cuts it short, and the line is closed.
  void awaitEnd() throws InterruptedException {
    if (!thread.join(GOODBYE_LIMIT)) {
      cut();
      boolean _ = thread.join(GOODBYE_LIMIT.plus(CLOSE_LIMIT));
    }
  }

  private void run() {
    try {
      while (step()) {
        // The next.
      }
    } catch (InterruptedException e) {
      // Stopped while it waited.
    } finally {
      synchronized (this) {
        machine.stop();
      }
      closeLine();
      say("stopped");
    }
  }

  private void pause(long until) throws InterruptedException {
    boolean _ = wakeUps.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    int _ = wakeUps.drainPermits();
  }

  /// A device has come or gone, perhaps this one.
  void devicesChanged() {
    if (GatewayConfig.isDevice(section.port())) {
      synchronized (this) {
        machine.devicesChanged(System.nanoTime());
      }
      wakeUps.release();
    }
  }

  private void closeLine() {
    Tty open = tty;
    if (open == null) {
      return;
    }
    tty = null;
    Removal removal = open.close(CLOSE_LIMIT);
    // Whoever has stopped us has had that already.
    boolean _ = Thread.interrupted();
    try {
      boolean _ = removal.await(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// One step of the machine.
  ///
  /// @return false: there is no other
  private boolean step() throws InterruptedException {
    Step step;
    synchronized (this) {
      step = machine.next(System.nanoTime());
    }
    try {
      switch (step) {
        case Step.Open() -> open();
        case Step.Answer() -> answer(line());
        case Step.Tell() -> tell(line());
        case Step.Run(boolean slip) -> runLink(line(), slip);
        case Step.Pause(long until) -> pause(until);
        case Step.Stop() -> {
          return false;
        }
      }
    } catch (PortException | NetException | ModemException e) {
      Tty open = tty;
      boolean gone = open != null && !open.state().isUsable();
      String why = gone ? "the line has gone" : String.valueOf(e.getMessage());
      ended(new PortLink.End(why, false));
    }
    return true;
  }

  private Tty line() throws NetException {
    Tty open = tty;
    if (open == null) {
      throw NetError.EIO.on(section.port(), "the line is not open");
    }
    return open;
  }

  private void open() throws PortException, InterruptedException {
    closeLine();
    tty = site.station().open(site.lines().open(section.port(), section.settings()));
    say("open");
    synchronized (this) {
      machine.opened();
    }
  }

  private void answer(Tty open) throws ModemException, NetException, InterruptedException {
    var modem = new HayesModem(open, HayesModem.GUARD, line -> {});
    modem.wake(WAKE_LIMIT);
    for (String init : section.inits().isEmpty() ? DEFAULT_INITS : section.inits()) {
      List<String> _ = modem.command(init, COMMAND_LIMIT);
    }
    boolean _ = modem.awaitRing(FOREVER);
    say("RING");
    call = modem;
    say(modem.answer(CONNECT_LIMIT));
    synchronized (this) {
      machine.called();
    }
  }

  /// Looks at what the peer sends first, and leaves it for the discipline.
  private void tell(Tty open) throws NetException, InterruptedException {
    byte[] octets = new byte[MOST_OPENING_OCTETS];
    long start = System.nanoTime();
    int seen = 0;
    var protocol = OpeningOctets.Protocol.UNDECIDED;
    while (protocol == OpeningOctets.Protocol.UNDECIDED) {
      Duration left =
          section.answer() ? OPENING_LIMIT.minusNanos(System.nanoTime() - start) : FOREVER;
      int length = left.isPositive() ? open.peek(octets, 0, octets.length, seen, left) : 0;
      if (length > 0) {
        seen = length;
        protocol = OpeningOctets.look(octets, 0, seen);
      } else if (section.answer()) {
        protocol = OpeningOctets.Protocol.PPP;
      }
      if (seen == octets.length && protocol == OpeningOctets.Protocol.UNDECIDED) {
        // Noise, or somebody else's dialogue.
        int _ = open.read(octets, 0, octets.length, Duration.ZERO);
        seen = 0;
      }
    }
    boolean slip = protocol == OpeningOctets.Protocol.SLIP;
    say("the peer speaks " + (slip ? "SLIP" : "PPP"));
    synchronized (this) {
      machine.told(slip);
    }
  }

  private void runLink(Tty open, boolean slip) throws InterruptedException {
    var running =
        new PortLink(
            site,
            section,
            new PortLink.User() {
              @Override
              public void up() {
                synchronized (GatewayPort.this) {
                  machine.up();
                }
              }

              @Override
              public void say(String text) {
                GatewayPort.this.say(text);
              }
            });
    link = running;
    try {
      PortLink.End end = running.run(open, slip);
      ended(end);
    } finally {
      link = null;
    }
  }

  /// The step has come to nothing, or the link to its end.
  private void ended(PortLink.End end) throws InterruptedException {
    String why = end.why();
    hangUp(end.carrierLost());
    Tty open = tty;
    boolean usable = open != null && open.state().isUsable();
    boolean news;
    synchronized (this) {
      news = machine.failures() == 0 || !machine.reason().equals(why);
      machine.ended(why, usable, end.refused(), System.nanoTime());
    }
    if (!usable) {
      closeLine();
    }
    // The same failure again and again is one event.
    if (news) {
      say(why);
    }
  }

  private void hangUp(boolean carrierLost) throws InterruptedException {
    HayesModem modem = call;
    call = null;
    if (modem == null || !modem.tty().state().isUsable()) {
      return;
    }
    try {
      if (!(carrierLost ? modem.carrierLost() : modem.hangUp())) {
        say("the modem does not answer any more");
      }
    } catch (NetException e) {
      say(String.valueOf(e.getMessage()));
    }
  }

  private void say(String text) {
    site.log().accept(section.port() + ": " + text);
  }

  /// Takes a measurement for the rates.
  void measure(long now) {
    PortLink running = link;
    LinkFacts facts = running == null ? null : running.facts();
    meter.measure(facts == null ? null : facts.netInterface(), now);
  }

  /// What there is to say about it, by name, of the kinds that JSON has.
  Map<String, @Nullable Object> report() {
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    report.put("port", section.port());
    report.put("kind", section.kind());
    synchronized (this) {
      report.put("state", machine.state());
      report.put("links", machine.links());
      report.put("failures", machine.failures());
      report.put("last_reason", machine.reason());
    }
    PortLink running = link;
    LinkFacts facts = running == null ? null : running.facts();
    if (running != null && facts != null) {
      InterfaceStatistics counters = facts.netInterface().statistics();
      report.put("protocol", facts.protocol());
      report.put("interface", facts.device());
      report.put("mtu", facts.netInterface().mtu());
      report.put(
          "addresses",
          facts.netInterface().addresses().stream().map(AddressPair::toString).toList());
      report.put("peer", facts.peer());
      report.put("negotiated", facts.negotiated());
      report.put("in_packets", counters.inPackets());
      report.put("in_octets", counters.inOctets());
      report.put("out_packets", counters.outPackets());
      report.put("out_octets", counters.outOctets());
      report.put("errors", running.errors());
      report.put("dropped", counters.inDropped() + counters.outDropped());
      report.put("in_octets_per_second", meter.in());
      report.put("out_octets_per_second", meter.out());
    }
    return report;
  }
}
