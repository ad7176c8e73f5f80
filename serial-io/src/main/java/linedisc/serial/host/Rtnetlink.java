package linedisc.serial.host;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import linedisc.serial.ffi.Errno;
import linedisc.serial.forward.Prefix;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.NetworkProtocol;
import org.jspecify.annotations.Nullable;

/// Devices, addresses, routes and neighbours of the host, by rtnetlink messages.
///
/// For the thread that has opened it, and to be closed by it; no lock of a port or interface may be
/// held, since each call is a system call.
///
/// See [rtnetlink](https://man7.org/linux/man-pages/man7/rtnetlink.7.html).
final class Rtnetlink implements AutoCloseable {
  /// Flag of a device: it is up.
  static final int IFF_UP = 0x1;

  /// Flag of a device: it reaches all its neighbours at once.
  static final int IFF_BROADCAST = 0x2;

  /// Flag of a device: nobody is asked for addresses of its link layer.
  static final int IFF_NOARP = 0x80;

  /// A device.
  ///
  /// @param index its number
  /// @param flags [#IFF_UP] and others
  record Device(int index, String name, int flags, int mtu) {}

  /// An address of a device.
  ///
  /// @param device the device's index
  /// @param local the host's
  /// @param subnet the addresses that are its neighbours there
  record Address(int device, InetAddress local, Prefix subnet) {}

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private static final int RTM_NEWLINK = 16;
  private static final int RTM_GETLINK = 18;
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_DELADDR = 21;
  private static final int RTM_GETADDR = 22;
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_DELROUTE = 25;
  private static final int RTM_GETROUTE = 26;
  private static final int RTM_NEWNEIGH = 28;
  private static final int RTM_DELNEIGH = 29;

  // struct ifinfomsg: family, type, index, flags, flags to change
  private static final int LINK_HEADER = 16;
  private static final int LINK_INDEX = 4;
  private static final int LINK_FLAGS = 8;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_AF_SPEC = 26;
  private static final int IFLA_INET6_ADDR_GEN_MODE = 8;
  private static final byte IN6_ADDR_GEN_MODE_NONE = 1;

  // struct ifaddrmsg: family, bits of the prefix, flags, scope, index
  private static final int ADDRESS_HEADER = 8;
  private static final int ADDRESS_BITS = 1;
  private static final int ADDRESS_INDEX = 4;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;

  // struct rtmsg: family, bits of destination and source, tos, table, protocol, scope, type, flags
  private static final int ROUTE_HEADER = 12;
  private static final int ROUTE_BITS = 1;
  private static final int ROUTE_TABLE = 4;
  private static final int ROUTE_PROTOCOL = 5;
  private static final int ROUTE_SCOPE = 6;
  private static final int ROUTE_KIND = 7;
  private static final int ROUTE_FLAGS = 8;
  private static final int RTA_DST = 1;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;
  private static final int RTA_PRIORITY = 6;
  private static final int RTA_PREFSRC = 7;
  private static final int RTA_METRICS = 8;
  private static final int RTA_MULTIPATH = 9;
  private static final int RTA_VIA = 18;
  private static final List<Integer> RTA_KEPT =
      List.of(
          RTA_DST,
          RTA_OIF,
          RTA_GATEWAY,
          RTA_PRIORITY,
          RTA_PREFSRC,
          RTA_METRICS,
          RTA_MULTIPATH,
          RTA_VIA);
  private static final int RT_TABLE_MAIN = 254;
  private static final int RTPROT_BOOT = 3;
  private static final int RT_SCOPE_UNIVERSE = 0;
  private static final int RT_SCOPE_LINK = 253;
  private static final int RTN_UNICAST = 1;
  private static final int RTNH_F_ONLINK = 4;

  /// The metric that the kernel gives an IPv6 route without one: IP6_RT_PRIO_USER.
  private static final int IPV6_METRIC = 1024;

  // struct ndmsg: family, padding, index, state, flags, type
  private static final int NUD_PERMANENT = 0x80;
  private static final int NTF_PROXY = 0x8;
  private static final int NDA_DST = 1;

  private final NetlinkSocket socket;

  Rtnetlink() throws HostException {
    socket = new NetlinkSocket();
  }

  // ---- devices

  /// All devices.
  List<Device> devices() throws HostException {
    List<Device> devices = new ArrayList<>();
    NetlinkRequest request = link(RTM_GETLINK, NetlinkRequest.DUMP, 0, 0, 0);
    for (NetlinkMessage m : socket.dump("listing the network devices", request)) {
      byte[] name = m.attribute(LINK_HEADER, IFLA_IFNAME);
      if (m.type() == RTM_NEWLINK && name != null && name.length > 0) {
        devices.add(
            new Device(
                m.number32(LINK_INDEX),
                new String(name, 0, name.length - 1, US_ASCII),
                m.number32(LINK_FLAGS),
                m.attribute32(LINK_HEADER, IFLA_MTU, 0)));
      }
    }
    return devices;
  }

  /// A device by its name; null: there is none.
  @Nullable Device device(String name) throws HostException {
    return devices().stream().filter(d -> d.name.equals(name)).findFirst().orElse(null);
  }

  /// Sets a device's MTU.
  void setMtu(int device, int mtu) throws HostException {
    socket.perform(
        "setting the MTU to " + mtu,
        link(RTM_NEWLINK, NetlinkRequest.ACK, device, 0, 0).attribute(IFLA_MTU, mtu));
  }

  /// Sets a device up or down.
  void setUp(int device, boolean up) throws HostException {
    socket.perform(
        "setting the device " + (up ? "up" : "down"),
        link(RTM_NEWLINK, NetlinkRequest.ACK, device, up ? IFF_UP : 0, IFF_UP));
  }

  /// Keeps the kernel from making up a link-local address: IPV6CP negotiates one.
  ///
  /// @return whether it will; a kernel without IPv6 needs not
  boolean makeNoAddresses(int device) {
    NetlinkRequest request = link(RTM_NEWLINK, NetlinkRequest.ACK, device, 0, 0);
    int families = request.begin(IFLA_AF_SPEC);
    int ipv6 = request.begin(AF_INET6);
    request.attribute(IFLA_INET6_ADDR_GEN_MODE, new byte[] {IN6_ADDR_GEN_MODE_NONE});
    return socket.attempt(request.end(ipv6).end(families)) == 0;
  }

  // ---- addresses

  /// Gives a device the addresses of both ends; with them comes a route to the other end.
  void addAddress(int device, AddressPair pair) throws HostException {
    int errno =
        socket.attempt(
            address(
                RTM_NEWADDR,
                NetlinkRequest.ACK | NetlinkRequest.CREATE | NetlinkRequest.REPLACE,
                device,
                pair));
    if (errno != 0 && errno != Errno.EEXIST) {
      throw HostException.failed("setting the addresses " + pair, errno);
    }
  }

  /// Takes the addresses of both ends away; that they are not there is no failure.
  void removeAddress(int device, AddressPair pair) throws HostException {
    int errno = socket.attempt(address(RTM_DELADDR, NetlinkRequest.ACK, device, pair));
    if (errno != 0 && errno != Errno.EADDRNOTAVAIL && errno != Errno.ENODEV) {
      throw HostException.failed("removing the addresses " + pair, errno);
    }
  }

  /// The IPv4 addresses of all devices.
  List<Address> addresses() throws HostException {
    List<Address> addresses = new ArrayList<>();
    NetlinkRequest request =
        new NetlinkRequest(RTM_GETADDR, NetlinkRequest.DUMP)
            .octet(AF_INET)
            .octet(0)
            .octet(0)
            .octet(0)
            .number32(0);
    for (NetlinkMessage m : socket.dump("listing the addresses", request)) {
      InetAddress local = inet(m.attribute(ADDRESS_HEADER, IFA_LOCAL));
      InetAddress far = inet(m.attribute(ADDRESS_HEADER, IFA_ADDRESS));
      int bits = m.octet(ADDRESS_BITS);
      if (m.type() == RTM_NEWADDR && local != null && far != null && bits <= 32) {
        Prefix whole = Prefix.of(far);
        Prefix subnet = new Prefix(whole.protocol(), whole.high(), whole.low(), bits);
        addresses.add(new Address(m.number32(ADDRESS_INDEX), local, subnet));
      }
    }
    return addresses;
  }

  // ---- routes

  /// Adds a route out of a device.
  ///
  /// @param metric 0: the kernel's choice
  void addRoute(Prefix prefix, int device, int metric) throws HostException {
    NetlinkRequest request =
        route(RTM_NEWROUTE, NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE, prefix)
            .octet(RTPROT_BOOT)
            .octet(prefix.protocol() == NetworkProtocol.IPV4 ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE)
            .octet(RTN_UNICAST)
            .number32(0);
    if (prefix.length() > 0) {
      request.attribute(RTA_DST, octets(prefix));
    }
    request.attribute(RTA_OIF, device);
    if (metric != 0) {
      request.attribute(RTA_PRIORITY, metric);
    }
    socket.perform("adding the route " + prefix, request);
  }

  /// Adds a route that was there before.
  void restoreRoute(HostRoute route) throws HostException {
    socket.perform(
        "restoring the route " + route.prefix(),
        again(RTM_NEWROUTE, NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE, route));
  }

  /// Removes a route; that it is not there is no failure.
  void removeRoute(HostRoute route) throws HostException {
    int errno = socket.attempt(again(RTM_DELROUTE, 0, route));
    if (errno != 0 && errno != Errno.ESRCH) {
      throw HostException.failed("removing the route " + route.prefix(), errno);
    }
  }

  /// The default routes of the main table.
  List<HostRoute> defaultRoutes(NetworkProtocol protocol) throws HostException {
    List<HostRoute> routes = new ArrayList<>();
    NetlinkRequest request = new NetlinkRequest(RTM_GETROUTE, NetlinkRequest.DUMP);
    request.octet(family(protocol)).octet(0).number16(0).number32(0).number32(0);
    for (NetlinkMessage m : socket.dump("listing the routes", request)) {
      boolean inMain = m.octet(ROUTE_TABLE) == RT_TABLE_MAIN;
      boolean isDefault = m.octet(ROUTE_BITS) == 0 && m.octet(ROUTE_KIND) == RTN_UNICAST;
      if (m.type() == RTM_NEWROUTE && inMain && isDefault) {
        routes.add(
            new HostRoute(
                new Prefix(protocol, 0, 0, 0),
                m.attribute32(ROUTE_HEADER, RTA_OIF, 0),
                m.attribute32(ROUTE_HEADER, RTA_PRIORITY, 0),
                m.octet(ROUTE_SCOPE),
                m.octet(ROUTE_KIND),
                m.octet(ROUTE_PROTOCOL),
                m.number32(ROUTE_FLAGS) & RTNH_F_ONLINK,
                m.attributes(ROUTE_HEADER).stream()
                    .filter(a -> RTA_KEPT.contains(a.type()))
                    .toList()));
      }
    }
    return routes;
  }

  /// The metric that a route has when it is made with this one.
  static int metric(NetworkProtocol protocol, int wanted) {
    return protocol == NetworkProtocol.IPV6 && wanted == 0 ? IPV6_METRIC : wanted;
  }

  // ---- neighbours

  /// Has a device answer for an address that is not its own: proxy ARP.
  void addProxy(int device, InetAddress address) throws HostException {
    socket.perform(
        "answering for " + address.getHostAddress() + " by proxy ARP",
        proxy(RTM_NEWNEIGH, NetlinkRequest.CREATE | NetlinkRequest.REPLACE, device, address));
  }

  /// Ends what [#addProxy] has begun; that it is not there is no failure.
  void removeProxy(int device, InetAddress address) {
    int _ = socket.attempt(proxy(RTM_DELNEIGH, 0, device, address));
  }

  @Override
  public void close() {
    socket.close();
  }

  // ---- inside

  private static NetlinkRequest link(int type, int flags, int index, int set, int change) {
    return new NetlinkRequest(type, flags)
        .octet(0)
        .octet(0)
        .number16(0)
        .number32(index)
        .number32(set)
        .number32(change);
  }

  private static NetlinkRequest address(int type, int flags, int device, AddressPair pair) {
    InetAddress remote = pair.remote();
    byte[] local = pair.local().getAddress();
    byte[] far = remote == null ? local : remote.getAddress();
    int scope = pair.local().isLinkLocalAddress() ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
    return new NetlinkRequest(type, flags)
        .octet(family(pair.protocol()))
        .octet(8 * local.length)
        .octet(0)
        .octet(scope)
        .number32(device)
        .attribute(IFA_LOCAL, local)
        .attribute(IFA_ADDRESS, far);
  }

  /// The header of a route up to its table; protocol, scope, kind and flags are still to come.
  private static NetlinkRequest route(int type, int flags, Prefix prefix) {
    return new NetlinkRequest(type, flags | NetlinkRequest.ACK)
        .octet(family(prefix.protocol()))
        .octet(prefix.length())
        .octet(0)
        .octet(0)
        .octet(RT_TABLE_MAIN);
  }

  private static NetlinkRequest again(int type, int flags, HostRoute route) {
    NetlinkRequest request =
        route(type, flags, route.prefix())
            .octet(route.protocol())
            .octet(route.scope())
            .octet(route.kind())
            .number32(route.flags());
    route.attributes().forEach(a -> request.attribute(a.type(), a.value()));
    return request;
  }

  private static NetlinkRequest proxy(int type, int flags, int device, InetAddress address) {
    return new NetlinkRequest(type, flags | NetlinkRequest.ACK)
        .octet(address.getAddress().length == 4 ? AF_INET : AF_INET6)
        .octet(0)
        .number16(0)
        .number32(device)
        .number16(NUD_PERMANENT)
        .octet(NTF_PROXY)
        .octet(0)
        .attribute(NDA_DST, address.getAddress());
  }

  private static int family(NetworkProtocol protocol) {
    return protocol == NetworkProtocol.IPV4 ? AF_INET : AF_INET6;
  }

  private static byte[] octets(Prefix prefix) {
    byte[] octets = new byte[16];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) ((i < 8 ? prefix.high() : prefix.low()) >>> (56 - 8 * (i & 7)));
    }
    return prefix.protocol() == NetworkProtocol.IPV4 ? Arrays.copyOf(octets, 4) : octets;
  }

  private static @Nullable InetAddress inet(byte @Nullable [] octets) {
    try {
      return octets == null ? null : InetAddress.getByAddress(octets);
    } catch (java.net.UnknownHostException e) {
      return null;
    }
  }
}
