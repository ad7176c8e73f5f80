package linedisc.examples.shell;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import linedisc.examples.cli.CommandException;
import linedisc.examples.stack.Station;
import linedisc.serial.forward.Prefix;
import linedisc.serial.host.DefaultRoute;
import linedisc.serial.host.HostLink;
import linedisc.serial.host.HostSettings;
import linedisc.serial.life.Removal;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceInfo;
import linedisc.serial.net.InterfaceStatistics;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.jspecify.annotations.Nullable;

/// `ifconfig`, as on the BSDs.
final class Ifconfig implements Verb {
  private final Station station;

  /// Those that have a device of the host; guarded by its own monitor.
  private final Map<NetInterface, HostLink> links = new HashMap<>();

  Ifconfig(Station station) {
    this.station = station;
  }

  @Override
  public String usage() {
    return """
    ifconfig -C                           types of interface that can be created
    ifconfig -a                           all interfaces
    ifconfig TYPE create                  the lowest free unit
    ifconfig NAME create                  a certain one
    ifconfig NAME                         one interface
    ifconfig NAME destroy|up|down|keep
    ifconfig NAME mtu OCTETS
    ifconfig NAME LOCAL [REMOTE]          its addresses
    ifconfig NAME host [default]          a device of the host, [with the default route]
    ifconfig NAME -host                   packets stay in this process again\
    """;
  }

  @Override
  public Answer run(List<String> words) throws IOException, CommandException, InterruptedException {
    if (words.isEmpty() || words.equals(List.of("-a"))) {
      return list(station.interfaces().list());
    }
    if (words.equals(List.of("-C"))) {
      List<String> types = station.interfaces().cloners();
      return Answer.done(String.join(" ", types), types);
    }
    String name = words.getFirst();
    if (words.size() == 1) {
      long index = station.interfaces().get(name).index();
      return list(
          station.interfaces().list().stream().filter(info -> info.index() == index).toList());
    }
    List<String> rest = words.subList(2, words.size());
    return switch (words.get(1)) {
      case "create" -> create(name, rest);
      case "destroy" -> destroy(name, rest);
      case "up" -> change(name, rest, NetInterface::up);
      case "down" -> change(name, rest, NetInterface::down);
      case "keep" -> change(name, rest, NetInterface::keep);
      case "mtu" -> mtu(name, rest);
      case "host" -> host(name, rest);
      case "-host" -> noHost(name, rest);
      default -> addresses(name, words.subList(1, words.size()));
    };
  }

  private Answer create(String name, List<String> rest) throws NetException, CommandException {
    refuse(rest);
    NetInterface created = station.interfaces().create(name);
    station.forwarder().attach(created);
    return Answer.done(created.name(), created.name());
  }

  private Answer destroy(String name, List<String> rest)
      throws NetException, CommandException, InterruptedException {
    refuse(rest);
    Removal removal = station.interfaces().destroy(name);
    removal.await();
    return Answer.done();
  }

  private interface Change {
    void apply(NetInterface netInterface) throws NetException;
  }

  private Answer change(String name, List<String> rest, Change change)
      throws NetException, CommandException {
    refuse(rest);
    change.apply(station.interfaces().get(name));
    return Answer.done();
  }

  private Answer mtu(String name, List<String> rest) throws NetException, CommandException {
    NetInterface netInterface = station.interfaces().get(name);
    if (rest.size() != 1) {
      throw CommandException.usage("mtu needs a number of octets");
    }
    try {
      netInterface.setMtu(Integer.parseInt(rest.getFirst()));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "mtu needs a number of octets from 68 to 65535, and not '" + rest.getFirst() + "'");
    }
    return Answer.done();
  }

  private Answer host(String name, List<String> rest) throws IOException, CommandException {
    HostSettings.Builder settings = HostSettings.builder();
    if (rest.equals(List.of("default"))) {
      settings.defaultRoute(DefaultRoute.ADD, 0).defaultRoute6(DefaultRoute.ADD, 0);
    } else {
      refuse(rest);
    }
    NetInterface netInterface = station.interfaces().get(name);
    HostLink link = station.toHost(netInterface, settings.build());
    synchronized (links) {
      links.keySet().removeIf(other -> !other.isAttached());
      links.put(netInterface, link);
    }
    return Answer.done(link.device().name(), link.device().name());
  }

  private Answer noHost(String name, List<String> rest)
      throws NetException, CommandException, InterruptedException {
    refuse(rest);
    NetInterface netInterface = station.interfaces().get(name);
    HostLink link;
    synchronized (links) {
      link = links.remove(netInterface);
    }
    if (link == null) {
      throw NetError.EINVAL.on(name, "it has no device of the host");
    }
    link.remove().await();
    station.forwarder().attach(netInterface);
    return Answer.done();
  }

  private Answer addresses(String name, List<String> words) throws NetException, CommandException {
    NetInterface netInterface = station.interfaces().get(name);
    if (words.size() > 2) {
      throw CommandException.usage("unexpected word '" + words.get(2) + "'");
    }
    netInterface.configure(pair(words.getFirst(), words.size() == 2 ? words.get(1) : null));
    return Answer.done();
  }

  /// The addresses of both ends.
  ///
  /// @throws CommandException a sentence, when they are none
  static AddressPair pair(String local, @Nullable String remote) throws CommandException {
    try {
      return new AddressPair(Prefix.address(local), remote == null ? null : Prefix.address(remote));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static void refuse(List<String> rest) throws CommandException {
    if (!rest.isEmpty()) {
      throw CommandException.usage("unexpected word '" + rest.getFirst() + "'");
    }
  }

  private static Answer list(List<InterfaceInfo> infos) {
    return Answer.done(
        infos.stream().map(Ifconfig::text).collect(Collectors.joining("\n")),
        infos.stream().map(Ifconfig::data).toList());
  }

  private static String text(InterfaceInfo info) {
    var text = new StringBuilder();
    text.append(info.name()).append(": flags=<");
    text.append(info.flags().stream().map(Enum::name).collect(Collectors.joining(",")));
    text.append("> mtu ").append(info.mtu());
    if (!info.state().name().equals("ATTACHED")) {
      text.append(' ').append(info.state());
    }
    text.append("\n        index ").append(info.index());
    if (info.port() != null) {
      text.append(" port ").append(info.port());
    }
    if (!info.holders().isEmpty()) {
      text.append(" held by ").append(String.join(", ", info.holders()));
    }
    for (AddressPair pair : info.addresses()) {
      String family = pair.protocol().name().equals("IPV4") ? "inet " : "inet6 ";
      text.append("\n        ").append(family).append(pair);
    }
    InterfaceStatistics s = info.statistics();
    if (s != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n        in %d packets %d octets %d dropped, out %d packets %d octets %d dropped",
              s.inPackets(),
              s.inOctets(),
              s.inDropped(),
              s.outPackets(),
              s.outOctets(),
              s.outDropped()));
    }
    return text.toString();
  }

  /// One interface for programs.
  static Map<String, @Nullable Object> data(InterfaceInfo info) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("name", info.name());
    data.put("index", info.index());
    data.put("state", info.state());
    data.put("flags", info.flags());
    data.put("port", info.port());
    data.put("mtu", info.mtu());
    data.put("addresses", info.addresses().stream().map(AddressPair::toString).toList());
    data.put("owners", info.owners());
    data.put("holders", info.holders());
    InterfaceStatistics s = info.statistics();
    if (s != null) {
      Map<String, Object> counters = new LinkedHashMap<>();
      counters.put("in_packets", s.inPackets());
      counters.put("in_octets", s.inOctets());
      counters.put("in_dropped", s.inDropped());
      counters.put("in_while_down", s.inWhileDown());
      counters.put("out_packets", s.outPackets());
      counters.put("out_octets", s.outOctets());
      counters.put("out_dropped", s.outDropped());
      counters.put("out_refused", s.outRefused());
      counters.put("touches", s.touches());
      data.put("counters", counters);
    }
    return data;
  }
}
