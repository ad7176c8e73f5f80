package linedisc.examples.pppd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linedisc.examples.pppd.options.DaemonOptions;
import linedisc.examples.pppd.options.DaemonOptions.Script;
import linedisc.examples.pppd.options.IpcpOptions;
import linedisc.examples.pppd.options.Ipv6cpOptions;
import linedisc.examples.pppd.options.OwnOptions;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.script.Environment;
import linedisc.serial.host.DefaultRoute;
import linedisc.serial.host.HostException;
import linedisc.serial.host.HostLink;
import linedisc.serial.host.HostSettings;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.jspecify.annotations.Nullable;

/// An interface of our own and, unless options say otherwise, its device on the host. For one
/// thread.
final class HostedInterface {
  private static final int MAX_UNIT = 0x7FFF;

  private final Parts parts;
  private final NetInterface netInterface;
  private final @Nullable HostLink host;

  private HostedInterface(Parts parts, NetInterface netInterface, @Nullable HostLink host) {
    this.parts = parts;
    this.netInterface = netInterface;
    this.host = host;
  }

  /// Makes one: with the unit number that was asked for or, if that is taken, the lowest that
  /// neither we nor the host have.
  static HostedInterface open(Parts parts)
      throws NetException, HostException, InterruptedException {
    int wanted = parts.options().get(DaemonOptions.UNIT);
    if (wanted >= 0) {
      try {
        return open(parts, wanted);
      } catch (HostException e) {
        if (e.reason() != HostException.Reason.NAME_TAKEN) {
          throw e;
        }
        parts.log().warning("Couldn't allocate PPP unit " + wanted + " as it is already in use");
      }
    }
    for (int unit = 0; ; unit++) {
      try {
        return open(parts, unit);
      } catch (HostException e) {
        boolean isNamed = !parts.options().get(DaemonOptions.INTERFACE_NAME).isEmpty();
        if (e.reason() != HostException.Reason.NAME_TAKEN || isNamed || unit == MAX_UNIT) {
          throw e;
        }
      }
    }
  }

  private static HostedInterface open(Parts parts, int unit)
      throws NetException, HostException, InterruptedException {
    NetInterface made = parts.station().interfaces().create("ppp" + unit);
    parts.station().forwarder().attach(made);
    HostLink link = null;
    boolean done = false;
    try {
      if (parts.options().get(OwnOptions.HOST)) {
        link = parts.station().toHost(made, settings(parts));
      }
      done = true;
      return new HostedInterface(parts, made, link);
    } finally {
      if (!done) {
        made.destroy().await();
      }
    }
  }

  private static HostSettings settings(Parts parts) {
    PppdOptions options = parts.options();
    String name = options.get(DaemonOptions.INTERFACE_NAME);
    boolean names =
        options.get(IpcpOptions.USE_PEER_DNS) && !options.get(IpcpOptions.NO_RESOLV_CONF);
    Path resolv = parts.around().machine().configuration().resolve("resolv.conf");
    return HostSettings.builder()
        .deviceName(name.isEmpty() ? null : name)
        .defaultRoute(
            options.get(IpcpOptions.DEFAULT_ROUTE) ? DefaultRoute.ADD : DefaultRoute.NONE,
            Math.max(0, options.get(IpcpOptions.DEFAULT_ROUTE_METRIC)))
        .defaultRoute6(
            options.get(Ipv6cpOptions.DEFAULT_ROUTE) ? DefaultRoute.ADD : DefaultRoute.NONE,
            Math.max(0, options.get(Ipv6cpOptions.DEFAULT_ROUTE_METRIC)))
        .proxyArp(options.get(IpcpOptions.PROXY_ARP))
        .alwaysUp(options.get(DaemonOptions.DEMAND))
        .resolvFile(names ? resolv : null)
        .build();
  }

  /// Says why there is none.
  static ExitStatus refused(Parts parts, HostException e) {
    parts.log().error(String.valueOf(e.getMessage()));
    return ExitStatus.of(e.reason());
  }

  /// The interface.
  NetInterface netInterface() {
    return netInterface;
  }

  /// The name by which users and scripts know it.
  String name() {
    return host == null ? netInterface.name() : host.device().name();
  }

  /// Tells the log, the scripts and other processes that it is there. The environment knows the
  /// line.
  void announce() throws InterruptedException {
    parts.log().info("Using interface " + name());
    Environment environment = parts.environment();
    environment.set("IFNAME", name());
    environment.set("UNIT", Integer.toString(netInterface.unit()));
    parts.pidFiles().write(name(), parts.options().get(DaemonOptions.LINK_NAME));
    String path = parts.options().get(DaemonOptions.path(Script.NET_INIT));
    parts.scripts().run(Script.NET_INIT, path, arguments(), environment.snapshot());
  }

  /// Takes that back.
  void withdraw() {
    parts.pidFiles().remove();
    parts.environment().unset("IFNAME", "UNIT");
  }

  /// Those of the scripts that are about it.
  List<String> arguments() {
    Environment environment = parts.environment();
    return List.of(
        name(),
        environment.get("DEVICE"),
        environment.get("SPEED"),
        parts.options().get(IpcpOptions.PARAMETER));
  }

  /// Lets the host have what was negotiated, before scripts see it.
  ///
  /// @return false: not all of it could be done, which the log says
  boolean settle() {
    HostLink device = host;
    return device == null || done(device::settle);
  }

  /// Lets the host have the name servers of the peer, or none, in place of those before.
  ///
  /// @param servers as ints in host order
  void nameServers(List<Integer> servers) {
    HostLink device = host;
    if (device != null) {
      boolean _ = done(() -> device.nameServers(addresses(servers)));
    }
  }

  private boolean done(Attempt attempt) {
    try {
      attempt.make();
      return true;
    } catch (IOException e) {
      parts.log().error(String.valueOf(e.getMessage()));
      return false;
    }
  }

  /// Something that the host may refuse.
  private interface Attempt {
    void make() throws IOException;
  }

  private static List<InetAddress> addresses(List<Integer> servers) {
    var addresses = new ArrayList<InetAddress>();
    for (int server : servers) {
      try {
        addresses.add(InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(server).array()));
      } catch (UnknownHostException e) {
        throw new AssertionError("four octets are an address", e);
      }
    }
    return addresses;
  }

  /// Removes both; harmless if somebody else has.
  void remove() throws InterruptedException {
    if (netInterface.isAttached()) {
      try {
        netInterface.destroy().await();
      } catch (NetException e) {
        parts.log().debug(name() + ": " + e.getMessage());
      }
    }
  }
}
