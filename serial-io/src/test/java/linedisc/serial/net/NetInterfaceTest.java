package linedisc.serial.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.PacketQueue;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.life.Sync;
import linedisc.slip.inet.Ipv4;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Mostly over lo0, which carries what it is given.
@Timeout(20)
class NetInterfaceTest {
  private static final byte[] IPV4 = {0x45, 0, 0, 20, 1, 2, 3, 4};
  private static final byte[] IPV6 = {0x60, 0, 0, 20, 1, 2, 3, 4};
  private static final Duration LONG = Duration.ofSeconds(10);

  private final InterfaceTable table = new InterfaceTable();
  private final byte[] got = new byte[100];

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void aNewTableHasLo0AndItsCloners() throws Exception {
    assertEquals(List.of("lo", "ppp", "sl"), table.cloners());
    NetInterface lo0 = table.get("lo0");
    assertEquals("lo", lo0.type());
    assertEquals(0, lo0.unit());
    assertFalse(lo0.isPointToPoint());
    assertEquals("loopback", lo0.portName());
    assertTrue(lo0.flags().containsAll(Set.of(InterfaceFlag.UP, InterfaceFlag.RUNNING)));
    assertNull(table.find("ppp0"));
    assertThrows(InterfaceGoneException.class, () -> table.get("ppp0"));
  }

  @Test
  void onlyIpPacketsUpToTheMtu() throws Exception {
    NetInterface lo0 = table.get("lo0");
    assertThrows(IllegalArgumentException.class, () -> lo0.send(new byte[20], 0, 20));
    assertThrows(IllegalArgumentException.class, () -> lo0.send(IPV4, 0, 0));
    lo0.setMtu(68);
    byte[] big = new byte[69];
    big[0] = 0x45;
    NetException e = assertThrows(NetException.class, () -> lo0.send(big, 0, 69));
    assertEquals(NetError.EMSGSIZE, e.error());
    assertEquals("EMSGSIZE lo0: message too long", e.getMessage());
    assertEquals(Put.TOO_LONG, lo0.offer(big, 0, 69));
    assertEquals(Put.DONE, lo0.offer(big, 0, 68));
    assertThrows(IllegalArgumentException.class, () -> lo0.setMtu(67));
  }

  @Test
  void downRefusesAndPurges() throws Exception {
    NetInterface lo0 = table.get("lo0");
    lo0.down();
    assertFalse(lo0.is(InterfaceFlag.UP));
    assertTrue(lo0.is(InterfaceFlag.RUNNING), "the link stays as it is");
    NetException e = assertThrows(NetException.class, () -> lo0.send(IPV4, 0, 8));
    assertEquals(NetError.ENETDOWN, e.error());
    assertEquals(Put.DOWN, lo0.offer(IPV4, 0, 8));
    lo0.up();
    lo0.send(IPV4, 0, 8);
    assertEquals(8, lo0.receive(got, 0, got.length, LONG));
  }

  @Test
  void receivedWhileDownIsCountedAndDropped() throws Exception {
    NetInterface ppp0 = table.create("ppp");
    InterfaceBinding binding = bind(ppp0);
    ppp0.down();
    binding.packet(IPV4, 0, 8);
    assertEquals(1, ppp0.statistics().inWhileDown());
    assertEquals(PacketQueue.EMPTY, ppp0.poll(got, 0, got.length));
    ppp0.up();
    binding.packet(IPV4, 0, 8);
    assertEquals(8, ppp0.poll(got, 0, got.length));
    assertEquals(1, ppp0.statistics().inPackets());
  }

  @Test
  void modesOfProtocols() throws Exception {
    NetInterface ppp0 = table.create("ppp");
    assertEquals(NetworkMode.ERROR, ppp0.mode(NetworkProtocol.IPV4));
    InterfaceBinding binding = bind(ppp0);
    assertFalse(ppp0.is(InterfaceFlag.RUNNING));
    assertEquals(Put.DOWN, ppp0.offer(IPV4, 0, 8));
    binding.opened(NetworkProtocol.IPV4);
    assertTrue(ppp0.is(InterfaceFlag.RUNNING));
    assertEquals(Put.DONE, ppp0.offer(IPV4, 0, 8));
    assertEquals(Put.DOWN, ppp0.offer(IPV6, 0, 8));
    binding.opened(NetworkProtocol.IPV6);
    binding.closed(NetworkProtocol.IPV4);
    assertTrue(ppp0.is(InterfaceFlag.RUNNING), "one is still open");
    assertEquals(Put.DONE, ppp0.offer(IPV6, 0, 8));
    ppp0.setMode(NetworkProtocol.IPV6, NetworkMode.DROP);
    assertEquals(Put.DONE, ppp0.offer(IPV6, 0, 8));
    assertEquals(1, ppp0.statistics().outRefused());
    ppp0.setMode(NetworkProtocol.IPV6, NetworkMode.QUEUE);
    assertEquals(Put.DONE, ppp0.offer(IPV6, 0, 8));
    for (int i = 0; i < 2; i++) {
      assertEquals(8, binding.poll(got, 0, got.length));
    }
    assertEquals(-1, binding.nextLength());
    assertEquals(1, ppp0.statistics().outWaiting());
    ppp0.setMode(NetworkProtocol.IPV6, NetworkMode.PASS);
    assertEquals(8, binding.poll(got, 0, got.length));
    binding.closed(NetworkProtocol.IPV6);
    assertFalse(ppp0.is(InterfaceFlag.RUNNING));
  }

  @Test
  void whatNoPortHasTakenIsKeptWhenItsProtocolCloses() throws Exception {
    NetInterface ppp0 = table.create("ppp");
    ppp0.setIdleMode(NetworkMode.QUEUE);
    InterfaceBinding binding = bind(ppp0);
    binding.opened(NetworkProtocol.IPV4);
    binding.opened(NetworkProtocol.IPV6);
    byte[] urgent = new byte[Ipv4.HEADER_LENGTH];
    Ipv4.write(urgent, 0, Ipv4.LOW_DELAY, 2, 64, 17, 1, 2, 0);
    ppp0.send(IPV4, 0, 8);
    ppp0.send(urgent, 0, 20);
    ppp0.send(IPV6, 0, 8);
    binding.closed(NetworkProtocol.IPV4);
    assertEquals(8, binding.poll(got, 0, got.length));
    assertEquals(NetworkProtocol.IPV6, NetworkProtocol.of(got[0]));
    assertEquals(PacketQueue.EMPTY, binding.nextLength());
    assertEquals(2, ppp0.statistics().outWaiting());
    assertEquals(1, ppp0.statistics().outPackets());
    binding.opened(NetworkProtocol.IPV4);
    assertEquals(20, binding.poll(got, 0, got.length));
    assertEquals(8, binding.poll(got, 0, got.length));
    assertEquals(3, ppp0.statistics().outPackets());
    assertEquals(0, ppp0.statistics().outDropped());
  }

  @Test
  void urgentPacketsOvertake() throws Exception {
    NetInterface ppp0 = table.create("ppp");
    InterfaceBinding binding = bind(ppp0);
    binding.opened(NetworkProtocol.IPV4);
    byte[] usual = new byte[Ipv4.HEADER_LENGTH];
    Ipv4.write(usual, 0, 0, 1, 64, 17, 1, 2, 0);
    byte[] urgent = new byte[Ipv4.HEADER_LENGTH];
    Ipv4.write(urgent, 0, Ipv4.LOW_DELAY, 2, 64, 17, 1, 2, 0);
    ppp0.send(usual, 0, 20);
    ppp0.send(urgent, 0, 20);
    assertEquals(20, binding.nextLength());
    assertEquals(20, binding.poll(got, 0, got.length));
    assertEquals(Ipv4.LOW_DELAY, got[1]);
    assertEquals(20, binding.poll(got, 0, got.length));
    assertEquals(0, got[1]);
    assertEquals(-1, binding.poll(got, 0, got.length));
    assertEquals(-1, binding.nextLength());
  }

  @Test
  void tapsSeeBothWaysAndEndAfterWhatTheyHold() throws Exception {
    NetInterface ppp0 = table.create("ppp");
    InterfaceBinding binding = bind(ppp0);
    binding.opened(NetworkProtocol.IPV4);
    PacketTap tap = ppp0.tap(10_000);
    PacketTap small = ppp0.tap(20);
    PacketTap closed = ppp0.tap(10_000);
    binding.packet(IPV4, 0, 8);
    ppp0.send(IPV4, 0, 8);
    assertEquals(8, binding.poll(got, 0, got.length));
    closed.close();
    ppp0.destroy().await();
    PacketTap.Sighting sighting = new PacketTap.Sighting(4);
    assertTrue(tap.take(sighting, LONG));
    assertFalse(sighting.isSent());
    assertEquals(8, sighting.length());
    assertEquals(4, sighting.captured());
    assertEquals(0x45, sighting.buffer()[sighting.offset()]);
    assertTrue(tap.take(sighting, LONG));
    assertTrue(sighting.isSent());
    assertThrows(InterfaceGoneException.class, () -> tap.take(sighting, LONG));
    assertTrue(small.take(sighting, LONG));
    assertEquals(1, small.dropped());
    assertThrows(InterfaceGoneException.class, () -> closed.take(sighting, LONG));
    assertThrows(InterfaceGoneException.class, () -> ppp0.tap(100));
  }

  @Test
  void aFinishedTapSeesNothingMoreAndGivesWhatItHolds() throws Exception {
    NetInterface ppp0 = table.create("ppp");
    InterfaceBinding binding = bind(ppp0);
    PacketTap tap = ppp0.tap(10_000);
    binding.packet(IPV4, 0, 8);
    tap.finish();
    binding.packet(IPV4, 0, 8);
    PacketTap.Sighting sighting = new PacketTap.Sighting(4);
    assertTrue(tap.take(sighting, LONG));
    assertThrows(InterfaceGoneException.class, () -> tap.take(sighting, LONG));
  }

  @Test
  void aSubscriptionBringsPacketsInOrderAndThenTheEnd() throws Exception {
    NetInterface lo1 = table.create("lo1");
    LinkedBlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      PacketHandler handler =
          new PacketHandler() {
            @Override
            public void packet(byte[] buffer, int offset, int length) {
              seen.add(Byte.toUnsignedInt(buffer[offset + 4]));
            }

            @Override
            public void gone() {
              seen.add(-1);
            }
          };
      PacketSubscription subscription = lo1.subscribe(executor, handler);
      NetException e = assertThrows(NetException.class, () -> lo1.subscribe(executor, handler));
      assertEquals(NetError.EBUSY, e.error());
      for (int i = 0; i < 200; i++) {
        byte[] packet = IPV4.clone();
        packet[4] = (byte) i;
        while (lo1.offer(packet, 0, 8) != Put.DONE) {
          Thread.onSpinWait();
        }
      }
      for (int i = 0; i < 200; i++) {
        assertEquals(i, next(seen));
      }
      lo1.destroy().await();
      assertEquals(-1, next(seen));
      subscription.close();
    }
  }

  /// A packet that comes at the worst moment: just before the subscription takes one, after it has
  /// seen that there is none.
  private static final class LatePacket implements Sync {
    private @Nullable Thread consumer;
    private @Nullable NetInterface target;

    void bring(NetInterface to) {
      target = to;
      consumer = Thread.currentThread();
    }

    @Override
    public void step() {
      NetInterface to = target;
      if (to != null && Thread.currentThread().equals(consumer)) {
        target = null;
        Put _ = to.offer(IPV4, 0, IPV4.length);
      }
    }

    @Override
    public long nanoTime() {
      return Sync.system().nanoTime();
    }

    @Override
    public void park(long nanos) {
      Sync.system().park(nanos);
    }

    @Override
    public void unpark(Thread thread) {
      Sync.system().unpark(thread);
    }

    @Override
    public Thread start(String name, Runnable body) {
      return Sync.system().start(name, body);
    }
  }

  @Test
  void aPacketThatComesWhileTheSubscriptionLooksIsWhole() throws Exception {
    LatePacket sync = new LatePacket();
    LinkedBlockingQueue<Integer> room = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<Integer> looked = new LinkedBlockingQueue<>();
    try (InterfaceTable own = new InterfaceTable(sync)) {
      NetInterface lo0 = own.get("lo0");
      PacketSubscription _ =
          lo0.subscribe(
              delivery -> {
                sync.bring(lo0);
                delivery.run();
                looked.add(0);
              },
              (buffer, offset, length) -> room.add(buffer.length - offset - length));
      assertEquals(0, next(looked));
      lo0.send(IPV4, 0, IPV4.length);
      assertTrue(next(room) >= 0);
    }
  }

  @Test
  void aClosedSubscriptionLeavesPacketsToOthers() throws Exception {
    NetInterface lo0 = table.get("lo0");
    LinkedBlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      PacketSubscription subscription =
          lo0.subscribe(executor, (buffer, offset, length) -> seen.add(length));
      lo0.send(IPV4, 0, 8);
      assertEquals(8, next(seen));
      subscription.close();
      lo0.send(IPV4, 0, 8);
      assertEquals(8, lo0.receive(got, 0, got.length, LONG));
    }
  }

  @Test
  void addressesAreAtMostOnePairAProtocol() throws Exception {
    NetInterface ppp0 = table.create("ppp");
    AddressPair four = pair("10.0.0.1", "10.0.0.2");
    AddressPair six = pair("fe80::1", "fe80::2");
    ppp0.configure(four);
    ppp0.configure(six);
    assertEquals(Set.of(four, six), Set.copyOf(ppp0.addresses()));
    AddressPair other = pair("10.0.0.3", "10.0.0.4");
    ppp0.configure(other);
    assertEquals(Set.of(other, six), Set.copyOf(ppp0.addresses()));
    assertEquals("10.0.0.3 --> 10.0.0.4", other.toString());
    assertThrows(IllegalArgumentException.class, () -> pair("10.0.0.1", "fe80::2"));
  }

  @Test
  void changesAreToldAndSeveralBecomeOne() throws Exception {
    NetInterface ppp0 = table.create("ppp");
    try (EventStream<InterfaceEvent> events = table.events()) {
      ppp0.down();
      ppp0.up();
      ppp0.setMtu(1000);
      assertEquals(new InterfaceEvent.Changed("ppp0", ppp0.index()), events.poll());
      assertNull(events.poll());
      ppp0.destroy().await();
      assertEquals(new InterfaceEvent.Departed("ppp0", ppp0.index()), events.poll());
    }
  }

  @Test
  void waitsEndWithTheirLimitOrAnInterrupt() throws Exception {
    NetInterface lo1 = table.create("lo1");
    assertEquals(-1, lo1.receive(got, 0, got.length, Duration.ZERO));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> lo1.receive(got, 0, got.length));
    NetInterface ppp0 = table.create("ppp");
    InterfaceBinding binding = bind(ppp0);
    binding.opened(NetworkProtocol.IPV4);
    while (ppp0.offer(IPV4, 0, 8) == Put.DONE) {
      // Until it is full.
    }
    assertFalse(ppp0.send(IPV4, 0, 8, Duration.ZERO));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> ppp0.send(IPV4, 0, 8));
    assertFalse(Thread.interrupted());
  }

  private static int next(LinkedBlockingQueue<Integer> seen) throws InterruptedException {
    return Objects.requireNonNull(seen.poll(10, TimeUnit.SECONDS));
  }

  private static AddressPair pair(String local, String remote) throws Exception {
    return new AddressPair(InetAddress.ofLiteral(local), InetAddress.ofLiteral(remote));
  }

  /// Binds an interface to a port that does nothing.
  private InterfaceBinding bind(NetInterface netInterface) throws NetException {
    InterfaceBinding[] binding = new InterfaceBinding[1];
    Attachment port =
        new Attachment() {
          @Override
          public String name() {
            return "nothing";
          }

          @Override
          public void workReady() {}

          @Override
          public void unlink(NetInterface target) {
            binding[0].unlink();
          }
        };
    InterfaceBinder binder = table.binder();
    binding[0] = binder.claim(netInterface);
    binder.lock().lock();
    try {
      binding[0].commit(port);
    } finally {
      binder.lock().unlock();
    }
    return binding[0];
  }
}
