package linedisc.serial.host;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import linedisc.serial.forward.Prefix;
import linedisc.serial.net.NetworkProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one link has added to the host's routes and neighbours, and has to undo. Guarded by its
/// [HostLink].
final class HostRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(HostRoutes.class);

  private record Proxy(int device, InetAddress address) {}

  private final HostSettings settings;
  private final int device;

  /// Default routes that had to make room for the link's.
  private final List<HostRoute> replaced = new ArrayList<>();

  private @Nullable Proxy proxy;

  HostRoutes(HostSettings settings, int device) {
    this.settings = settings;
    this.device = device;
  }

  /// A protocol has come up on the device.
  ///
  /// @param remote the peer's address; null: not known
  void add(Rtnetlink host, NetworkProtocol protocol, @Nullable InetAddress remote)
      throws HostException {
    for (Prefix prefix : settings.routes()) {
      if (prefix.protocol() == protocol) {
        host.addRoute(prefix, device, 0);
      }
    }
    boolean ipv4 = protocol == NetworkProtocol.IPV4;
    addDefault(
        host,
        protocol,
        ipv4 ? settings.defaultRoute() : settings.defaultRoute6(),
        ipv4 ? settings.metric() : settings.metric6());
    if (ipv4 && settings.proxyArp() && remote != null) {
      addProxy(host, remote);
    }
  }

  /// A protocol has gone down: the kernel removes routes with the address that they hang on, the
  /// rest is done here.
  void remove(Rtnetlink host, NetworkProtocol protocol) {
    Proxy answering = proxy;
    if (protocol == NetworkProtocol.IPV4 && answering != null) {
      proxy = null;
      host.removeProxy(answering.device, answering.address);
    }
    for (HostRoute route : List.copyOf(replaced)) {
      if (route.prefix().protocol() == protocol) {
        replaced.remove(route);
        try {
          dropOwn(host, route);
          host.restoreRoute(route);
        } catch (HostException e) {
          LOG.warn("{}", e.getMessage());
        }
      }
    }
  }

  private void addDefault(Rtnetlink host, NetworkProtocol protocol, DefaultRoute policy, int metric)
      throws HostException {
    if (policy == DefaultRoute.NONE) {
      return;
    }
    for (HostRoute route : host.defaultRoutes(protocol)) {
      if (route.metric() != Rtnetlink.metric(protocol, metric)) {
        continue;
      }
      if (route.device() == device) {
        return;
      }
      if (policy == DefaultRoute.ADD) {
        LOG.warn("not replacing the default route of metric {}", route.metric());
        return;
      }
      host.removeRoute(route);
      replaced.add(route);
    }
    host.addRoute(new Prefix(protocol, 0, 0, 0), device, metric);
  }

  /// The link's own default route makes room for the one that it has replaced.
  private void dropOwn(Rtnetlink host, HostRoute route) throws HostException {
    for (HostRoute present : host.defaultRoutes(route.prefix().protocol())) {
      if (present.device() == device && present.metric() == route.metric()) {
        host.removeRoute(present);
      }
    }
  }

  /// The device on whose subnet the address lies answers for it; of several the one with the
  /// longest prefix.
  private void addProxy(Rtnetlink host, InetAddress remote) throws HostException {
    int wanted = Rtnetlink.IFF_UP | Rtnetlink.IFF_BROADCAST;
    Prefix address = Prefix.of(remote);
    Rtnetlink.Address best = null;
    for (Rtnetlink.Device candidate : host.devices()) {
      if ((candidate.flags() & (wanted | Rtnetlink.IFF_NOARP)) != wanted) {
        continue;
      }
      for (Rtnetlink.Address there : host.addresses()) {
        Prefix subnet = there.subnet();
        boolean holds =
            there.device() == candidate.index() && subnet.holds(address.high(), address.low());
        if (holds && (best == null || subnet.length() > best.subnet().length())) {
          best = there;
        }
      }
    }
    if (best == null) {
      LOG.warn("no device for proxy ARP: {} is on no subnet of this host", remote.getHostAddress());
      return;
    }
    host.addProxy(best.device(), remote);
    proxy = new Proxy(best.device(), remote);
  }
}
