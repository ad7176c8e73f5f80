package linedisc.serial.forward;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceRef;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.NetworkProtocol;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Ipv6;
import org.jspecify.annotations.Nullable;

/// An immutable snapshot of where packets go: own addresses, the peers of attached interfaces, and
/// the routes that somebody has added.
final class RoutingTable {
  /// Where a packet goes.
  ///
  /// @param via null: it is for us
  record Hop(@Nullable InterfaceRef via) {
    static final Hop LOCAL = new Hop(null);
  }

  private final List<Map.Entry<Prefix, Hop>> entries;
  private final int added;
  private final PrefixTable<Hop> ipv4;
  private final PrefixTable<Hop> ipv6;

  /// @param interfaces attached ones, in the order in which they are preferred
  /// @param routes added ones, newest last; a later one hides an earlier one with its prefix
  RoutingTable(List<InterfaceRef> interfaces, List<Map.Entry<Prefix, Hop>> routes) {
    List<Map.Entry<Prefix, Hop>> all = new ArrayList<>();
    List<Map.Entry<Prefix, Hop>> peers = new ArrayList<>();
    for (InterfaceRef ref : interfaces) {
      NetInterface netInterface = ref.follow();
      if (netInterface == null) {
        continue;
      }
      for (AddressPair pair : netInterface.addresses()) {
        all.add(Map.entry(Prefix.of(pair.local()), Hop.LOCAL));
        InetAddress remote = pair.remote();
        if (remote != null) {
          peers.add(Map.entry(Prefix.of(remote), new Hop(ref)));
        } else if (pair.local().isLoopbackAddress() && pair.protocol() == NetworkProtocol.IPV4) {
          all.add(Map.entry(Prefix.parse("127.0.0.0/8"), Hop.LOCAL));
        }
      }
    }
    // Our own addresses come first: a peer who claims one of them gets none of our packets.
    all.addAll(routes.reversed());
    this.added = routes.size();
    all.addAll(peers);
    this.entries = List.copyOf(all);
    this.ipv4 = new PrefixTable<>(NetworkProtocol.IPV4, all);
    this.ipv6 = new PrefixTable<>(NetworkProtocol.IPV6, all);
  }

  /// Where a checked packet goes; null: nowhere.
  @Nullable Hop find(byte[] b, int offset) {
    if (Ip.version(b, offset) == Ipv4.VERSION) {
      return ipv4.longest((long) Ipv4.destination(b, offset) << 32, 0);
    }
    return ipv6.longest(bits(b, offset + Ipv6.DESTINATION), bits(b, offset + Ipv6.DESTINATION + 8));
  }

  /// Where packets to an address go; null: nowhere.
  @Nullable Hop find(Prefix address) {
    return (address.protocol() == NetworkProtocol.IPV4 ? ipv4 : ipv6)
        .longest(address.high(), address.low());
  }

  /// For people.
  List<Route> list() {
    int own = (int) entries.stream().filter(e -> e.getValue().via() == null).count();
    List<Route> routes = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      InterfaceRef via = entries.get(i).getValue().via();
      if (via == null || via.follow() != null) {
        boolean connected = i < own || i >= own + added;
        routes.add(
            new Route(entries.get(i).getKey(), via == null ? "local" : via.name(), connected));
      }
    }
    return routes;
  }

  private static long bits(byte[] b, int offset) {
    long bits = 0;
    for (int i = offset; i < offset + 8; i++) {
      bits = bits << 8 | (b[i] & 0xff);
    }
    return bits;
  }
}
