package linedisc.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import linedisc.examples.cli.CommandException;
import linedisc.examples.gateway.PortMachine.State;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.examples.stack.Pinger;
import linedisc.examples.stack.Station;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceInfo;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.NullModem;
import linedisc.serial.port.NullModemPump;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.SerialPorts;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.tty.Tty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two gateways with wires between them: one keeps the ports of a server, the other those of its
/// peers.
@Timeout(180)
class GatewayTest {
  /// Lines between the two, by name.
  private interface Wires {
    /// One end, as it is opened for the first time or again.
    SerialTransport open(String name, boolean left) throws PortException;

    /// Has the line go.
    void hangUp(String name);
  }

  /// The n-th opening of one side meets the n-th of the other.
  private static final class NullModems implements Wires {
    private final NullModemPump pump;
    private final Map<String, NullModem> wires = new HashMap<>();
    private final Map<String, Integer> openings = new HashMap<>();

    NullModems(NullModemPump pump) {
      this.pump = pump;
    }

    @Override
    public synchronized SerialTransport open(String name, boolean left) {
      int n = openings.merge(name + left, 1, Integer::sum);
      NullModem wire = wires.computeIfAbsent(name + "#" + n, key -> pump.wire(key, 0));
      return left ? wire.left() : wire.right();
    }

    /// Pulls out the wire that both have opened last.
    @Override
    public synchronized void hangUp(String name) {
      int n =
          Math.min(openings.getOrDefault(name + true, 0), openings.getOrDefault(name + false, 0));
      NullModem wire = wires.get(name + "#" + n);
      if (wire != null) {
        wire.hangUp();
      }
    }
  }

  /// The server has the masters; what is a slave's name changes with each opening.
  private final class Ptys implements Wires {
    private final Map<String, PtyTransport> masters = new ConcurrentHashMap<>();
    private final PortOpener opener = new PortOpener(new SerialPorts(), new PortLocks(folder));

    @Override
    public SerialTransport open(String name, boolean left) throws PortException {
      if (left) {
        PtyTransport master = PtyTransport.open();
        masters.put(name, master);
        return master;
      }
      PtyTransport master = masters.get(name);
      if (master == null) {
        throw new PortException(PortException.Reason.NOT_FOUND, name + " is not there.");
      }
      SerialTransport slave = opener.open(master.slave(), PortSettings.DEFAULT);
      // The kernel gives the number of a pty that has gone to the next one, which is another wire.
      if (ttys(master).noneMatch(tty -> tty.state().isUsable())) {
        slave.close();
        throw new PortException(PortException.Reason.NOT_FOUND, name + " has gone.");
      }
      return slave;
    }

    @Override
    public void hangUp(String name) {
      PtyTransport master = masters.get(name);
      if (master != null) {
        ttys(master).forEach(Tty::close);
      }
    }

    private Stream<Tty> ttys(PtyTransport master) {
      return serverStation.ttys().list().stream().filter(tty -> tty.transport().equals(master));
    }
  }

  @TempDir Path folder;
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final NullModemPump pump = new NullModemPump();
  private Wires wires = new NullModems(pump);
  private final Pools pools = new Pools();
  private Station serverStation;
  private Station peerStation;
  private Gateway server;
  private Gateway peers;

  private final Set<Thread> threads = Thread.getAllStackTraces().keySet();

  @BeforeEach
  void begin() {
    serverStation = new Station();
    peerStation = new Station();
    server = new Gateway(site(serverStation, true, pools));
    peers = new Gateway(site(peerStation, false, new Pools()));
  }

  private Site site(Station station, boolean left, Pools shared) {
    return new Site(
        station,
        new TestMachine(folder),
        (port, settings) -> wires.open(port, left),
        shared,
        text -> log.add((left ? "server " : "peer ") + text));
  }

  @AfterEach
  void end() {
    server.close();
    peers.close();
    assertEquals(0, pools.taken());
    for (Station station : List.of(serverStation, peerStation)) {
      await(() -> station.interfaces().list().size() == 1 && station.ttys().list().isEmpty());
      assertEquals(0, station.interfaces().touches());
      station.close();
    }
    pump.close();
    await(() -> begun().isEmpty());
  }

  /// The threads that have begun since this test has, without those of the virtual machine and of
  /// JUnit.
  private Set<Thread> begun() {
    Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
    now.removeAll(threads);
    now.removeIf(thread ->
        !thread.isAlive()
            || thread.getThreadGroup() != Thread.currentThread().getThreadGroup()
            || thread.getName().startsWith("junit"));
    return now;
  }

  private void configure(Gateway gateway, String text)
      throws CommandException, InterruptedException {
    gateway.configure(ConfigReader.read(new TestMachine(folder), "test", text));
  }

  private void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(
          deadline - System.nanoTime() > 0, () -> "never: " + log + server.report() + begun());
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static boolean allUp(Gateway gateway, int count) {
    return gateway.ports().stream().filter(port -> port.state() == State.UP).count() == count;
  }

  /// Both sides' sections for wires of mixed kinds.
  private static void mixed(int count, StringBuilder left, StringBuilder right) {
    left.append("pool guests 10.8.0.10-10.8.0.").append(10 + count).append('\n');
    for (int i = 0; i < count; i++) {
      String port = "port w" + i + "\n";
      left.append(port);
      right.append(port);
      String ours = "10.9." + i + ".1";
      String theirs = "10.9." + i + ".2";
      switch (i % 5) {
        case 0 -> {
          left.append("kind ppp\naddresses 10.8.0.1:\nfrom guests\n");
          right.append("kind ppp\noptions noipdefault\n");
        }
        case 1 -> {
          left.append("kind slip\naddresses ").append(ours).append(':').append(theirs);
          right.append("kind slip\naddresses ").append(theirs).append(':').append(ours);
        }
        case 2 -> {
          left.append("kind cslip\naddresses ").append(ours).append(':').append(theirs);
          right.append("kind cslip\naddresses ").append(theirs).append(':').append(ours);
        }
        case 3 -> {
          left.append("kind auto\nfrom guests\naddresses 10.8.0.1:");
          right.append("kind ppp\noptions noipdefault\n");
        }
        default -> {
          left.append("kind auto\naddresses ").append(ours).append(':').append(theirs);
          right.append("kind slip\nnoforward\naddresses ").append(theirs).append(':').append(ours);
        }
      }
      left.append('\n');
      right.append('\n');
    }
  }

  @Test
  void everyLinkComesBack() throws Exception {
    hangUpAtRandom(20, Duration.ofSeconds(2), 1);
  }

  @Test
  @Tag("slow")
  void everyLinkOnPtysComesBackForMinute() throws Exception {
    wires = new Ptys();
    SortedMap<String, Integer> before = descriptors();
    hangUpAtRandom(100, Duration.ofMinutes(1), 2);
    server.close();
    peers.close();
    await(() -> descriptors().equals(before));
  }

  /// How many descriptors this process has open of each kind that a link needs.
  private static SortedMap<String, Integer> descriptors() {
    SortedMap<String, Integer> open = new TreeMap<>();
    for (File file : Objects.requireNonNull(new File("/proc/self/fd").listFiles())) {
      try {
        String target = Files.readSymbolicLink(file.toPath()).toString();
        if (target.startsWith("/dev/pt")) {
          open.merge("pty", 1, Integer::sum);
        } else if (target.startsWith("anon_inode:")) {
          open.merge(target, 1, Integer::sum);
        }
      } catch (IOException e) {
        // That of the folder itself.
      }
    }
    return open;
  }

  private void hangUpAtRandom(int count, Duration time, long seed) throws Exception {
    var left = new StringBuilder();
    var right = new StringBuilder();
    mixed(count, left, right);
    configure(server, left.toString());
    configure(peers, right.toString());
    awaitAllUp(count);
    var random = new SplittableRandom(seed);
    long end = System.nanoTime() + time.toNanos();
    while (end - System.nanoTime() > 0) {
      wires.hangUp("w" + random.nextInt(count));
      LockSupport.parkNanos(random.nextLong(2 * time.toNanos() / count));
    }
    awaitAllUp(count);
    // Two of five have their address from the pool, and none has a unit that is not needed.
    assertEquals(2 * count / 5, pools.taken());
    for (Station station : List.of(serverStation, peerStation)) {
      for (InterfaceInfo info : station.interfaces().list()) {
        int unit = Integer.parseInt(info.name().replaceAll("\\D", ""));
        assertTrue(unit < count, info.name());
      }
    }
    for (GatewayPort port : server.ports()) {
      assertTrue(answers(port), () -> "seed " + seed + ": " + port.report());
    }
  }

  /// SLIP says nothing by itself, so somebody must, if the other end is to tell what it is.
  private void awaitAllUp(int count) {
    await(() -> {
      for (InterfaceInfo info : peerStation.interfaces().list()) {
        NetInterface net = peerStation.interfaces().find(info.name());
        if (net != null && net.type().equals("sl") && !net.addresses().isEmpty()) {
          byte[] packet = new byte[20];
          packet[0] = 0x45;
          packet[3] = 20;
          Put _ = net.offer(packet, 0, packet.length);
        }
      }
      return allUp(server, count) && allUp(peers, count);
    });
  }

  private boolean answers(GatewayPort port) throws Exception {
    Map<String, ?> report = port.report();
    NetInterface net = serverStation.interfaces().get(String.valueOf(report.get("interface")));
    AddressPair pair =
        net.addresses().stream()
            .filter(addresses -> addresses.local() instanceof Inet4Address)
            .findFirst()
            .orElseThrow();
    var pinger = new Pinger();
    serverStation.forwarder().setLocal(pinger);
    int to = bits(Objects.requireNonNull(pair.remote()));
    return pinger.ping(net::send, bits(pair.local()), to, 1).length == 1;
  }

  private static int bits(InetAddress address) {
    return ByteBuffer.wrap(address.getAddress()).getInt();
  }

  @Test
  void changedFileLeavesHealthyLinksAlone() throws Exception {
    String first = "port w0\nkind ppp\naddresses 10.9.0.1:10.9.0.2\n";
    String second = "port w1\nkind slip\naddresses 10.9.1.1:10.9.1.2\n";
    configure(server, first + second);
    configure(peers, "port w0\nkind ppp\nport w1\nkind slip\naddresses 10.9.1.2:10.9.1.1\n");
    awaitAllUp(2);
    NetInterface kept = serverStation.interfaces().get("ppp0");
    configure(server, "# other\nport w2\nkind ppp\n" + first);
    assertTrue(kept.isAttached());
    assertEquals(
        List.of("w0", "w2"), server.ports().stream().map(port -> port.section().port()).toList());
    GatewayPort before = server.ports().getFirst();
    configure(server, first.replace("10.9.0.1", "10.9.0.7"));
    assertFalse(kept.isAttached());
    assertNotSame(before, server.ports().getFirst());
  }

  @Test
  void peerThatMustProveItselfAndDoesNotIsRefused() throws Exception {
    configure(server, "port w0\nkind ppp\noptions require-chap\naddresses 10.9.0.1:10.9.0.2\n");
    await(() -> server.ports().getFirst().state() == State.PAUSED);
    assertTrue(String.valueOf(server.report()).contains("no secret"), server.report()::toString);
  }

  @Test
  void emptyPoolIsSaid() throws Exception {
    configure(
        server,
        """
        pool one 10.9.0.2-10.9.0.2
        port w0
        kind ppp
        from one
        port w1
        kind ppp
        from one
        """);
    await(() ->
        server.report().stream()
            .anyMatch(
                report -> "the pool one has no free address".equals(report.get("last_reason"))));
    assertEquals(1, pools.taken());
  }

  @Test
  void limitsEndLinksOfBothKinds() throws Exception {
    configure(
        server,
        """
        port w0
          kind ppp
          options idle 1 active-filter "not icmp"
          addresses 10.9.0.1:10.9.0.2
        port w1
          kind slip
          options maxconnect 1
          addresses 10.9.1.1:10.9.1.2
        port w2
          kind ppp
          options maxoctets 10 mo-direction in
          addresses 10.9.2.1:10.9.2.2
        """);
    configure(
        peers,
        """
        port w0
          kind ppp
        port w1
          kind slip
          addresses 10.9.1.2:10.9.1.1
        port w2
          kind ppp
        """);
    List<String> reasons = List.of("idle for too long", "connect time expired");
    await(() -> {
      List<String> last =
          server.report().stream().map(port -> String.valueOf(port.get("last_reason"))).toList();
      return last.subList(0, 2).equals(reasons);
    });
    assertEquals("", server.report().getLast().get("last_reason"));
    await(() -> server.ports().getLast().state() == State.UP);
    assertTrue(answers(server.ports().getLast()));
    await(() -> "traffic limit reached".equals(server.report().getLast().get("last_reason")));
    await(() -> log.contains("peer w2: ended by the peer: Traffic limit reached"));
    await(() ->
        server.report().stream().allMatch(port -> !Long.valueOf(1).equals(port.get("links"))));
  }

  /// Has a peer prove itself, in whose line of the secrets file there are options.
  private void admit(String options) throws Exception {
    Path file = folder.resolve("etc/ppp/chap-secrets");
    Files.writeString(file, "# guests\nalice here sesame * -- " + options + "\n");
    Path _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    configure(
        server,
        """
        port w0
          kind ppp
          options require-chap idle 3600
          addresses 10.9.0.1:10.9.0.2
        """);
    configure(peers, "port w0\nkind ppp\noptions user alice password sesame\n");
  }

  @Test
  void peersOwnLimitsHold() throws Exception {
    admit("idle 1");
    await(() -> "idle for too long".equals(server.report().getFirst().get("last_reason")));
    assertFalse(log.toString().contains("sesame"), log::toString);
  }

  @Test
  void peerWhoseOptionsCannotBeTakenIsRefused() throws Exception {
    admit("idle 1 mtu 500");
    await(() -> server.ports().getFirst().state() == State.PAUSED);
    assertTrue(
        log.stream()
            .anyMatch(line -> line.contains("etc/ppp/chap-secrets:2: option mtu is not about")),
        log::toString);
    assertTrue(
        String.valueOf(server.report()).contains("the peer failed to authenticate"), log::toString);
    assertEquals(0L, server.report().getFirst().get("links"));
  }
}
