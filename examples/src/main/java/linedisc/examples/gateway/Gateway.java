package linedisc.examples.gateway;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ports of a configuration, each at work by itself. Any thread.
final class Gateway implements AutoCloseable {
  private final Site site;

  /// By what is opened; guarded by the monitor.
  private final Map<String, GatewayPort> ports = new LinkedHashMap<>();

  /// Guarded by the monitor.
  private GatewayConfig config = new GatewayConfig(List.of(), List.of());

  private boolean closed;

  private boolean cut;

  /// Those that [#close] waits for; guarded by the monitor.
  private List<GatewayPort> ending = List.of();

  /// No ports.
  Gateway(Site site) {
    this.site = site;
  }

  /// Takes up a configuration: ports whose section is as before stay as they are, the others are
  /// ended, and begun if they are still wanted. Waits for those that end.
  void configure(GatewayConfig wanted) throws InterruptedException {
    synchronized (this) {
      config = wanted;
    }
    List<GatewayPort> leaving = leaving(wanted.ports());
    leaving.forEach(GatewayPort::stop);
    awaitEnd(leaving);
    begin(wanted.ports());
  }

  /// Begins with devices that have come and fit a pattern, and measures rates.
  void tick(long now) {
    List<GatewayPort> measured;
    synchronized (this) {
      begin(config.ports());
      measured = List.copyOf(ports.values());
    }
    measured.forEach(port -> port.measure(now));
  }

  /// Begins with devices that have come, and has those tried at once that wait for theirs.
  void devicesChanged() {
    List<GatewayPort> waiting;
    synchronized (this) {
      waiting = List.copyOf(ports.values());
      begin(config.ports());
    }
    waiting.forEach(GatewayPort::devicesChanged);
  }

  /// What the configuration calls its lines; some are patterns.
  synchronized List<String> names() {
    return config.sections().stream().map(PortSection::port).toList();
  }

  private synchronized void begin(Map<String, PortSection> wanted) {
    if (closed) {
      return;
    }
    wanted.forEach(
        (name, section) -> ports.computeIfAbsent(name, _ -> GatewayPort.start(site, section)));
  }

  /// Takes out the ports that are not wanted as they are. One whose device has gone stays: it comes
  /// back, or does no harm.
  private synchronized List<GatewayPort> leaving(Map<String, PortSection> wanted) {
    List<GatewayPort> leaving = new ArrayList<>();
    for (Iterator<GatewayPort> i = ports.values().iterator(); i.hasNext(); ) {
      GatewayPort port = i.next();
      PortSection section = wanted.get(port.section().port());
      if (section == null ? !isStillMeant(port.section()) : !section.equals(port.section())) {
        i.remove();
        leaving.add(port);
      }
    }
    return leaving;
  }

  private boolean isStillMeant(PortSection section) {
    return config.sections().stream()
        .filter(other -> GatewayConfig.isPattern(other.port()))
        .anyMatch(other -> other.on(section.port()).equals(section));
  }

  private static void awaitEnd(List<GatewayPort> leaving) throws InterruptedException {
    for (GatewayPort port : leaving) {
      port.awaitEnd();
    }
  }

  /// The ports.
  synchronized List<GatewayPort> ports() {
    return List.copyOf(ports.values());
  }

  /// What there is to say about all ports.
  List<Map<String, @Nullable Object>> report() {
    return ports().stream().map(GatewayPort::report).toList();
  }

  /// Tells all peers goodbye, closes all lines, and waits for that.
  @Override
  public void close() {
    List<GatewayPort> leaving;
    synchronized (this) {
      closed = true;
      leaving = List.copyOf(ports.values());
      ending = leaving;
      ports.clear();
    }
    leaving.forEach(GatewayPort::stop);
    synchronized (this) {
      if (cut) {
        cut();
      }
    }
    try {
      awaitEnd(leaving);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Has [#close] not wait for goodbyes, whether it has begun or not.
  synchronized void cut() {
    cut = true;
    ending.forEach(GatewayPort::cut);
  }
}
