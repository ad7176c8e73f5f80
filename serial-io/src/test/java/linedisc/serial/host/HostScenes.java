package linedisc.serial.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import linedisc.serial.forward.Prefix;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetInterface;

/// What [HostLinkIT] has children do, each in a network of its own. The first argument names a
/// scene.
final class HostScenes {
  private static final HostSettings UP = HostSettings.builder().alwaysUp(true).build();

  private final InterfaceTable table = new InterfaceTable();

  private HostScenes() {}

  static void main(String[] arguments) throws Exception {
    HostScenes scenes = new HostScenes();
    switch (arguments[0]) {
      case "addresses" -> scenes.addresses();
      case "defaultRoute" -> scenes.defaultRoute();
      case "replacedRoute" -> scenes.replacedRoute();
      case "proxyArp" -> scenes.proxyArp();
      case "nameServers" -> scenes.nameServers(Path.of(arguments[1]));
      case "names" -> scenes.names();
      case "deleted" -> scenes.deleted();
      case "again" -> scenes.again();
      case "allocation" -> scenes.allocation();
      case "powerless" -> scenes.powerless();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    assertEquals(0, scenes.table.touches());
    scenes.table.close();
  }

  private static String ip(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    Namespace.Result result = Namespace.run(command);
    assertEquals(0, result.status(), command + ": " + result.output());
    return result.output().replaceAll("[ \\n]+", " ").strip();
  }

  private static AddressPair pair(String local, String remote) {
    return new AddressPair(Prefix.address(local), Prefix.address(remote));
  }

  private NetInterface interfaceWithAddresses() throws Exception {
    NetInterface sl0 = table.create("sl0");
    sl0.configure(pair("10.9.0.1", "10.9.0.2"));
    return sl0;
  }

  private HostLink link(NetInterface netInterface, HostSettings settings) throws Exception {
    return HostLink.open(table, netInterface, settings, Runnable::run);
  }

  private static void contains(String text, String part) {
    assertTrue(text.contains(part), () -> "'" + part + "' is not in: " + text);
  }

  private static void lacks(String text, String part) {
    assertFalse(text.contains(part), () -> "'" + part + "' is in: " + text);
  }

  /// State, MTU and addresses of both protocols, and what follows when they change.
  private void addresses() throws Exception {
    NetInterface sl0 = interfaceWithAddresses();
    sl0.setMtu(1400);
    sl0.configure(pair("fe80::1", "fe80::2"));
    HostLink link =
        link(sl0, HostSettings.builder().alwaysUp(true).route(Prefix.parse("10.1.0.0/16")).build());
    assertEquals("sl0", link.device().name());
    contains(ip("link", "show", "dev", "sl0"), "mtu 1400");
    contains(ip("addr", "show", "dev", "sl0"), "inet 10.9.0.1 peer 10.9.0.2/32");
    contains(ip("addr", "show", "dev", "sl0"), "inet6 fe80::1 peer fe80::2/128 scope link");
    contains(ip("route"), "10.9.0.2 dev sl0");
    contains(ip("route"), "10.1.0.0/16 dev sl0");
    assertEquals(
        2, ip("addr", "show", "dev", "sl0").split("inet", -1).length - 1, "nothing made up");

    sl0.configure(pair("10.9.0.5", "10.9.0.6"));
    sl0.setMtu(1300);
    link.settle();
    String now = ip("addr", "show", "dev", "sl0");
    contains(now, "mtu 1300");
    contains(now, "inet 10.9.0.5 peer 10.9.0.6/32");
    lacks(now, "10.9.0.1");
    contains(now, "fe80::1");

    sl0.down();
    link.settle();
    lacks(ip("addr", "show", "dev", "sl0"), "inet");
    lacks(ip("link", "show", "dev", "sl0"), ",UP");
    assertEquals("", ip("route"));
    sl0.up();
    link.settle();
    contains(ip("route"), "10.1.0.0/16 dev sl0");

    link.remove().await();
    assertEquals("", ip("route"));
    lacks(ip("link"), "sl0");
    assertTrue(sl0.isAttached(), "the interface stays");
    link(sl0, UP).remove().await();
  }

  private void defaultRoute() throws Exception {
    NetInterface sl0 = interfaceWithAddresses();
    sl0.setMtu(1500); // IPv6 needs 1280
    sl0.configure(pair("2001:db8::1", "2001:db8::2"));
    HostLink link =
        link(
            sl0,
            HostSettings.builder()
                .alwaysUp(true)
                .defaultRoute(DefaultRoute.ADD, 77)
                .defaultRoute6(DefaultRoute.ADD, 0)
                .build());
    contains(ip("route"), "default dev sl0 scope link metric 77");
    contains(ip("-6", "route"), "default dev sl0 metric 1024");
    sl0.down();
    link.settle();
    assertEquals("", ip("route"));
    lacks(ip("-6", "route"), "default");
    sl0.destroy().await();
    lacks(ip("link"), "sl0");
  }

  /// A default route of the same metric stays with ADD, and makes room and comes back with REPLACE.
  private void replacedRoute() throws Exception {
    ip("tuntap", "add", "dev", "other", "mode", "tap");
    ip("addr", "add", "192.0.2.1/24", "dev", "other");
    ip("link", "set", "other", "up");
    ip(
        "route",
        "add",
        "default",
        "via",
        "192.0.2.254",
        "dev",
        "other",
        "proto",
        "static",
        "mtu",
        "1200");
    ip("route", "add", "default", "via", "192.0.2.253", "dev", "other", "metric", "9");
    String before = ip("route");

    NetInterface sl0 = interfaceWithAddresses();
    HostSettings.Builder settings = HostSettings.builder().alwaysUp(true);
    HostLink link = link(sl0, settings.defaultRoute(DefaultRoute.ADD, 0).build());
    lacks(ip("route"), "default dev sl0");
    link.remove().await();
    assertEquals(before, ip("route"));

    link = link(sl0, settings.defaultRoute(DefaultRoute.REPLACE, 0).build());
    contains(ip("route"), "default dev sl0");
    lacks(ip("route"), "192.0.2.254");
    contains(ip("route"), "192.0.2.253");
    sl0.down();
    link.settle();
    assertEquals(before, ip("route"));
    sl0.up();
    link.settle();
    contains(ip("route"), "default dev sl0");
    sl0.destroy().await();
    assertEquals(before, ip("route"));
  }

  private void proxyArp() throws Exception {
    ip("tuntap", "add", "dev", "wide", "mode", "tap");
    ip("addr", "add", "10.0.0.1/8", "dev", "wide");
    ip("link", "set", "wide", "up");
    ip("tuntap", "add", "dev", "near", "mode", "tap");
    ip("link", "set", "near", "up");
    ip("addr", "add", "10.9.0.77/24", "dev", "near");
    NetInterface sl0 = interfaceWithAddresses();
    HostLink link = link(sl0, HostSettings.builder().alwaysUp(true).proxyArp(true).build());
    contains(ip("neigh", "show", "proxy"), "10.9.0.2 dev near");
    link.remove().await();
    assertEquals("", ip("neigh", "show", "proxy"));
  }

  private void nameServers(Path file) throws Exception {
    NetInterface sl0 = interfaceWithAddresses();
    HostLink link = link(sl0, HostSettings.builder().alwaysUp(true).resolvFile(file).build());
    link.nameServers(List.of(Prefix.address("9.9.9.9")));
    assertEquals("nameserver 9.9.9.9\n", Files.readString(file));
    sl0.destroy().await();
    assertFalse(Files.exists(file), "it names servers that can't be reached any more");
  }

  private void names() throws Exception {
    ip("tuntap", "add", "dev", "sl0", "mode", "tap");
    NetInterface sl0 = interfaceWithAddresses();
    HostException taken = assertThrows(HostException.class, () -> link(sl0, UP));
    assertEquals(HostException.Reason.NAME_TAKEN, taken.reason());
    HostLink link = link(sl0, HostSettings.builder().deviceName("line%d").build());
    assertEquals("line0", link.device().name());
    contains(ip("link"), "line0");
    HostException tooLong =
        assertThrows(
            HostException.class,
            () -> TunDevice.open(table.create("sl1"), "x".repeat(16), TunListener.NONE));
    assertEquals(HostException.Reason.NAME_TAKEN, tooLong.reason());
  }

  /// Somebody deletes the device: the interface goes, and its unit is free.
  private void deleted() throws Exception {
    NetInterface sl0 = interfaceWithAddresses();
    try (EventStream<InterfaceEvent> events = table.events()) {
      HostLink link = link(sl0, UP);
      ip("link", "del", "sl0");
      InterfaceEvent event = events.take(Duration.ofSeconds(10));
      while (event != null && !(event instanceof InterfaceEvent.Departed)) {
        event = events.take(Duration.ofSeconds(10));
      }
      assertEquals(new InterfaceEvent.Departed("sl0", sl0.index()), event);
      assertTrue(link.device().isDeleted());
    }
    link(table.create("sl0"), UP).remove().await();
  }

  /// The unit is not free before the kernel's device is gone, and nothing is left behind.
  private void again() throws Exception {
    long before = 0;
    for (int i = 0; i < 40; i++) {
      NetInterface sl = table.create("sl");
      assertEquals("sl0", sl.name());
      sl.configure(pair("10.9.0.1", "10.9.0.2"));
      var _ = link(sl, UP);
      sl.destroy().await();
      if (i == 3) {
        before = descriptors();
      }
    }
    assertEquals(before, descriptors());
    lacks(ip("link"), "sl0");
  }

  private static long descriptors() throws Exception {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  /// Without CAP_NET_ADMIN.
  private void powerless() throws Exception {
    NetInterface sl0 = interfaceWithAddresses();
    HostException refused = assertThrows(HostException.class, () -> link(sl0, UP));
    assertEquals(HostException.Reason.NOT_PERMITTED, refused.reason());
    contains(String.valueOf(refused.getMessage()), "CAP_NET_ADMIN");
    contains(String.valueOf(refused.getMessage()), "--no-host");
  }

  /// What the host sends over a loopback interface's device comes back to it, both ways on the
  /// device's own thread, and costs no memory.
  private void allocation() throws Exception {
    NetInterface lo1 = table.create("lo1");
    lo1.configure(pair("10.9.0.1", "10.9.0.2"));
    TunDevice device = link(lo1, UP).device();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long reader = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      reader = thread.getName().equals("tun lo1") ? thread.threadId() : reader;
    }
    int packets = 20_000;
    long least = Long.MAX_VALUE;
    // The first rounds pay for classes and compilers.
    for (int round = 0; round < 10 && least > 0; round++) {
      long before = threads.getThreadAllocatedBytes(reader);
      sendAndAwait(device, packets);
      least = Math.min(least, (threads.getThreadAllocatedBytes(reader) - before) / packets);
    }
    assertEquals(0, least, "octets a packet");
    assertEquals(0, device.statistics().toHostDropped());
  }

  private static void sendAndAwait(TunDevice device, int packets) throws Exception {
    long end = device.statistics().toHost() + packets;
    try (DatagramSocket socket = new DatagramSocket()) {
      var datagram = new DatagramPacket(new byte[100], 100, Prefix.address("10.9.0.2"), 9);
      while (device.statistics().toHost() < end) {
        socket.send(datagram);
      }
    }
  }
}
