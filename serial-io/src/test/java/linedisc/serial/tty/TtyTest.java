package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import linedisc.ppp.PppConfig;
import linedisc.ppp.PppEvent;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Sync;
import linedisc.serial.net.InterfaceGoneException;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.PortSettings;
import linedisc.slip.SlipConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TtyTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  private final InterfaceTable table = new InterfaceTable();
  private final TtyTable ttys = new TtyTable(table);
  private final FakeLine lineA = new FakeLine(Sync.system(), "A");
  private final FakeLine lineB = new FakeLine(Sync.system(), "B");

  @AfterEach
  void close() {
    ttys.close();
    table.close();
  }

  @Test
  void packetsCrossTheWireUntilOneInterfaceIsDestroyed() throws Exception {
    FakeLine.connect(lineA, lineB);
    Tty a = ttys.open(lineA);
    Tty b = ttys.open(lineB);
    NetInterface ppp0 = a.bind(new FlagDiscipline("ppp", false)).netInterface();
    NetInterface ppp1 = b.bind(new FlagDiscipline("ppp", false)).netInterface();
    assertEquals("ppp0", ppp0.name());
    assertEquals("ppp1", ppp1.name());
    byte[] got = new byte[64];
    for (int i = 0; i < 1000; i++) {
      byte[] packet = Packets.numbered(i);
      ppp0.send(packet, 0, packet.length);
      assertEquals(packet.length, ppp1.receive(got, 0, got.length, LONG));
      assertEquals(i, Packets.number(got));
    }
    table.destroy("ppp0").await();
    assertThrows(InterfaceGoneException.class, () -> ppp0.send(got, 0, 24));
    assertEquals(PortState.OPEN, a.state());
    assertEquals(PortState.BOUND, b.state());
    b.close(Duration.ZERO).await();
    assertThrows(InterfaceGoneException.class, () -> ppp1.receive(got, 0, got.length));
    assertEquals(1, lineB.closes());
    assertEquals(0, table.touches());
  }

  /// Whoever made the interface, and with whatever MTU: nobody has to set it as well.
  @Test
  void aSlipBindingGivesItsMtuToTheInterface() throws Exception {
    FakeLine.connect(lineA, lineB);
    NetInterface before = table.create("sl");
    assertEquals(296, before.mtu());
    SlipDiscipline slip = new SlipDiscipline(SlipConfig.builder().mtu(1006).build());
    ttys.open(lineA).bind(slip, before);
    assertEquals(1006, before.mtu());
    assertEquals(1006, ttys.open(lineB).bind(slip).netInterface().mtu());
  }

  /// XON and XOFF never stand for themselves on a line that they would stop.
  @Test
  void pppKeepsXonAndXoffOffALineThatObeysThem() throws Exception {
    FakeLine.connect(lineA, lineB);
    Tty a = ttys.open(lineA);
    Tty b = ttys.open(lineB);
    a.apply(PortSettings.parse("xonxoff"));
    try (EventStream<TtyEvent> eventsOfA = a.events();
        EventStream<TtyEvent> eventsOfB = b.events()) {
      NetInterface near = a.bind(ppp(1)).netInterface();
      NetInterface far = b.bind(ppp(2)).netInterface();
      for (EventStream<TtyEvent> events : List.of(eventsOfA, eventsOfB)) {
        while (!(events.take(LONG) instanceof TtyEvent.FromProtocol(PppEvent.Ipv4Up _))) {
          // Negotiating.
        }
      }
      byte[] packet = new byte[500];
      for (int i = 0; i < packet.length; i++) {
        packet[i] = (byte) i;
      }
      packet[0] = 0x45;
      near.send(packet, 0, packet.length);
      far.send(packet, 0, packet.length);
      byte[] got = new byte[1500];
      for (NetInterface receiver : List.of(near, far)) {
        assertEquals(packet.length, receiver.receive(got, 0, got.length, LONG));
        assertArrayEquals(packet, Arrays.copyOf(got, packet.length));
      }
    }
    // With the default map the negotiation escapes all; what follows it only these two.
    for (FakeLine line : List.of(lineA, lineB)) {
      boolean others = false;
      for (byte octet : line.written()) {
        assertTrue(octet != 0x11 && octet != 0x13, line.name());
        others |= octet == 0x12;
      }
      assertTrue(others, line.name());
    }
  }

  private static PppDiscipline ppp(int end) {
    IpcpConfig ipcp =
        IpcpConfig.builder()
            .localAddress(0x0a000000 + end)
            .remoteAddress(0x0a000000 + 3 - end)
            .build();
    return new PppDiscipline(
        PppConfig.builder().ipcp(ipcp).build(), () -> new SplittableRandom(end));
  }

  @Test
  void whatChatHasLeftOverGoesToTheDiscipline() throws Exception {
    Tty a = ttys.open(lineA);
    byte[] packet = Packets.numbered(7);
    byte[] octets = new byte[10 + packet.length];
    System.arraycopy(
        "CONNECT\r~".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, octets, 0, 9);
    System.arraycopy(packet, 0, octets, 9, packet.length);
    octets[octets.length - 1] = FlagDiscipline.FLAG;
    lineA.arrive(octets);
    byte[] got = new byte[64];
    int read = 0;
    while (read < 8) {
      read += a.read(got, read, 8 - read, LONG);
    }
    NetInterface ppp0 = a.bind(new FlagDiscipline("ppp", false)).netInterface();
    assertEquals(packet.length, ppp0.receive(got, 0, got.length, LONG));
    assertEquals(7, Packets.number(got));
  }

  @Test
  void whatWasOnlyLookedAtIsStillThere() throws Exception {
    Tty a = ttys.open(lineA);
    byte[] octets = {1, 2, 3, 4};
    byte[] got = new byte[3];
    assertEquals(0, a.peek(got, 0, 3, 0, Duration.ZERO));
    lineA.arrive(octets);
    int seen = 0;
    while (seen < 3) {
      seen = a.peek(got, 0, 3, seen, LONG);
    }
    assertArrayEquals(new byte[] {1, 2, 3}, got);
    byte[] all = new byte[4];
    int read = 0;
    while (read < 4) {
      read += a.read(all, read, 4 - read, LONG);
    }
    assertArrayEquals(octets, all);
  }
}
