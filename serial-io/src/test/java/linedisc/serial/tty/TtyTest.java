package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import linedisc.serial.life.Sync;
import linedisc.serial.net.InterfaceGoneException;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetInterface;
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
}
