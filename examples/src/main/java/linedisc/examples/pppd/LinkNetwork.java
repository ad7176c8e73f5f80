package linedisc.examples.pppd;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import linedisc.examples.pppd.options.Addresses;
import linedisc.examples.pppd.options.DaemonOptions;
import linedisc.examples.pppd.options.DaemonOptions.Script;
import linedisc.examples.pppd.options.IpcpOptions;
import linedisc.examples.pppd.options.Ipv6cpOptions;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.script.Environment;
import linedisc.ppp.PppEvent;
import linedisc.ppp.ipv6cp.InterfaceIdentifier;

/// The network side of one session: its interface, what the host and the scripts are told of it.
/// For one thread.
final class LinkNetwork {
  private static final int LOOPBACK_NETWORK = 127;

  private final Parts parts;
  private PppdOptions options;
  private final Environment environment;
  private final HostedInterface hosted;
  private final String lineName;
  private final Odometer odometer;

  private boolean authenticated;
  private boolean ipv4Up;
  private boolean ipv6Up;
  private boolean ipv6Failed;

  LinkNetwork(Parts parts, HostedInterface hosted, String lineName, Odometer odometer) {
    this.parts = parts;
    this.hosted = hosted;
    this.options = parts.options();
    this.environment = parts.environment();
    this.lineName = lineName;
    this.odometer = odometer;
  }

  /// The host's own address, which is offered as ours; 0 for none.
  int hostAddress() {
    var machine = parts.around().machine();
    Inet4Address address = machine.resolve(machine.hostName());
    if (address == null) {
      return 0;
    }
    int bits = Addresses.of(address);
    return bits >>> 24 == LOOPBACK_NETWORK ? 0 : bits;
  }

  /// The line has an interface.
  void begin() throws InterruptedException {
    if (!options.get(DaemonOptions.DEMAND)) {
      hosted.announce();
    }
    parts.log().notice("Connect: " + hosted.name() + " <--> " + lineName);
  }

  /// The network protocols are about to be negotiated.
  void starting() throws InterruptedException {
    run(Script.NET_PRE_UP, hosted.arguments());
  }

  /// The link is over.
  void end() {
    start(Script.NET_DOWN, hosted.arguments());
    if (!options.get(DaemonOptions.DEMAND)) {
      hosted.withdraw();
    }
  }

  /// The peer has proved who it is.
  ///
  /// @param changed the options in effect from now on
  void authenticated(String name, PppdOptions changed) {
    options = changed;
    environment.setOptions(changed.get(DaemonOptions.ENVIRONMENT));
    environment.set("PEERNAME", name);
    authenticated = true;
    start(Script.AUTH_UP, authArguments());
  }

  private List<String> authArguments() {
    return List.of(
        environment.get("IFNAME"),
        environment.get("PEERNAME"),
        environment.get("PPPLOGNAME"),
        lineName,
        environment.get("SPEED"),
        options.get(IpcpOptions.PARAMETER));
  }

  /// IPv4 packets may flow.
  void ipv4Up(PppEvent.Ipv4Up event) throws InterruptedException {
    String local = Addresses.text(event.local());
    String remote = Addresses.text(event.remote());
    previous("IPLOCAL", local, "OLDIPLOCAL");
    previous("IPREMOTE", remote, "OLDIPREMOTE");
    environment.set("IPLOCAL", local);
    environment.set("IPREMOTE", remote);
    servers("DNS", event.dns(), options.get(IpcpOptions.USE_PEER_DNS), "USEPEERDNS");
    servers("WINS", event.nbns(), options.get(IpcpOptions.USE_PEER_WINS), "USEPEERWINS");
    List<String> arguments = ipv4Arguments();
    run(Script.IP_PRE_UP, arguments);
    boolean _ = hosted.settle();
    hosted.nameServers(options.get(IpcpOptions.USE_PEER_DNS) ? event.dns() : List.of());
    parts.log().notice("local  IP address " + local);
    if (event.remote() != 0) {
      parts.log().notice("remote IP address " + remote);
    }
    for (int i = 0; i < event.dns().size(); i++) {
      parts
          .log()
          .notice(
              (i == 0 ? "primary   DNS address " : "secondary DNS address ")
                  + Addresses.text(event.dns().get(i)));
    }
    odometer.reset();
    ipv4Up = true;
    start(Script.IP_UP, arguments);
  }

  private void previous(String name, String value, String old) {
    String before = environment.get(name);
    if (before.isEmpty() || before.equals(value)) {
      environment.unset(old);
    } else {
      environment.set(old, before);
    }
  }

  private void servers(String prefix, List<Integer> servers, boolean asked, String flag) {
    environment.unset(prefix + 1, prefix + 2, flag);
    for (int i = 0; i < Math.min(2, servers.size()); i++) {
      environment.set(prefix + (i + 1), Addresses.text(servers.get(i)));
    }
    if (asked) {
      environment.set(flag, "1");
    }
  }

  /// IPv4 went down, or did not come up.
  void ipv4Down(String why) {
    if (!ipv4Up) {
      parts.log().warning("IPCP: " + why);
      return;
    }
    ipv4Up = false;
    traffic();
    start(Script.IP_DOWN, ipv4Arguments());
  }

  /// IPv6 packets may flow.
  void ipv6Up(PppEvent.Ipv6Up event) {
    String local = InterfaceIdentifier.linkLocalText(event.local());
    String remote = InterfaceIdentifier.linkLocalText(event.remote());
    environment.set("LLLOCAL", local);
    environment.set("LLREMOTE", remote);
    if (!hosted.settle()) {
      // Linux has no IPv6 on a device whose MTU is below 1280.
      ipv6Failed = true;
      return;
    }
    parts.log().notice("local  LL address " + local);
    parts.log().notice("remote LL address " + remote);
    ipv6Up = true;
    start(Script.IPV6_UP, ipv6Arguments());
  }

  /// IPv6 went down, or did not come up.
  void ipv6Down(String why) {
    if (!ipv6Up) {
      parts.log().debug("IPV6CP: " + why);
      ipv6Failed = true;
      return;
    }
    ipv6Up = false;
    traffic();
    start(Script.IPV6_DOWN, ipv6Arguments());
    environment.unset("LLLOCAL", "LLREMOTE");
  }

  /// Whether all network protocols that options ask for are up.
  boolean isComplete() {
    return (ipv4Up || !options.get(IpcpOptions.IP))
        && (ipv6Up || ipv6Failed || !options.get(Ipv6cpOptions.IPV6));
  }

  /// LCP is not Opened any more: nobody has proved anything. The networks follow.
  void linkDown() {
    if (authenticated) {
      authenticated = false;
      traffic();
      start(Script.AUTH_DOWN, authArguments());
    }
  }

  /// The link has ended.
  void down() {
    linkDown();
    if (ipv4Up) {
      ipv4Down("");
    }
    if (ipv6Up) {
      ipv6Down("");
    }
  }

  /// What the down scripts are told.
  private void traffic() {
    environment.set("CONNECT_TIME", Long.toString(odometer.connected().toSeconds()));
    environment.set("BYTES_SENT", Long.toString(odometer.sent()));
    environment.set("BYTES_RCVD", Long.toString(odometer.received()));
  }

  private List<String> ipv4Arguments() {
    return arguments(List.of(environment.get("IPLOCAL"), environment.get("IPREMOTE")));
  }

  private List<String> ipv6Arguments() {
    return arguments(List.of(environment.get("LLLOCAL"), environment.get("LLREMOTE")));
  }

  private List<String> arguments(List<String> addresses) {
    var words = new ArrayList<String>();
    words.add(environment.get("IFNAME"));
    words.add(lineName);
    words.add(environment.get("SPEED"));
    words.addAll(addresses);
    words.add(options.get(IpcpOptions.PARAMETER));
    return words;
  }

  private void start(Script script, List<String> arguments) {
    String path = options.get(DaemonOptions.path(script));
    parts.scripts().start(script, path, arguments, environment.snapshot());
  }

  private void run(Script script, List<String> arguments) throws InterruptedException {
    String path = options.get(DaemonOptions.path(script));
    parts.scripts().run(script, path, arguments, environment.snapshot());
  }
}
