package linedisc.serial.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterfaceCaptureTest {
  @TempDir Path folder;
  private final InterfaceTable table = new InterfaceTable();

  @AfterEach
  void close() {
    table.close();
  }

  /// Over a loopback interface each packet is sent, then received.
  private static void send(NetInterface lo, int number) throws Exception {
    byte[] packet = new byte[100];
    packet[0] = 0x45;
    packet[1] = (byte) number;
    lo.send(packet, 0, packet.length);
    lo.receive(packet, 0, packet.length);
  }

  private static int number(PcapngReader.Packet packet) {
    return HexFormat.of().parseHex(packet.octets())[1] & 0xff;
  }

  private PcapngReader read(String name) throws IOException {
    return new PcapngReader(Files.readAllBytes(folder.resolve(name)));
  }

  @Test
  void holdsAllThatHasPassedWhenItIsClosed() throws Exception {
    NetInterface lo1 = table.create("lo1");
    send(lo1, 1);
    Path file = folder.resolve("lo1.pcapng");
    try (var capture = InterfaceCapture.start(lo1, PcapngWriter.to(Files.newOutputStream(file)))) {
      assertTrue(capture.isRunning());
      for (int i = 2; i < 22; i++) {
        send(lo1, i);
      }
    }
    send(lo1, 22);
    PcapngReader read = read("lo1.pcapng");
    assertEquals(40, read.packets.size());
    for (int i = 0; i < 40; i++) {
      PcapngReader.Packet packet = read.packets.get(i);
      assertEquals(2 + i / 2, number(packet));
      assertEquals(i % 2 == 0, packet.outbound());
      assertEquals(100, packet.length());
    }
    assertEquals(1, read.statistics.size());
    assertEquals(40, read.statistics.getFirst().seen());
    assertEquals(0, read.statistics.getFirst().dropped());
  }

  @Test
  void goesOnInTheNextFile() throws Exception {
    NetInterface lo1 = table.create("lo1");
    Path file = folder.resolve("lo1.pcapng");
    try (var _ = InterfaceCapture.start(lo1, PcapngWriter.rotating(file, 1000, 3))) {
      for (int i = 0; i < 30; i++) {
        send(lo1, i);
      }
    }
    int last = 29;
    for (String name : List.of("lo1.pcapng", "lo1.1.pcapng", "lo1.2.pcapng")) {
      List<PcapngReader.Packet> packets = read(name).packets;
      assertTrue(Files.size(folder.resolve(name)) <= 1000 + 60, "as long as was asked for");
      if (!packets.isEmpty()) {
        assertEquals(last, number(packets.getLast()), name);
        last = number(packets.getFirst()) - (packets.getFirst().outbound() ? 1 : 0);
      }
    }
    assertFalse(Files.exists(folder.resolve("lo1.3.pcapng")));
  }

  @Test
  void endsWithItsInterface() throws Exception {
    NetInterface lo1 = table.create("lo1");
    Path file = folder.resolve("lo1.pcapng");
    var capture = InterfaceCapture.start(lo1, PcapngWriter.to(Files.newOutputStream(file)));
    send(lo1, 7);
    lo1.destroy().await();
    capture.close();
    assertFalse(capture.isRunning());
    assertEquals(2, read("lo1.pcapng").packets.size());
    var writer = PcapngWriter.to(Files.newOutputStream(file));
    NetException gone = assertThrows(NetException.class, () -> InterfaceCapture.start(lo1, writer));
    assertEquals(NetError.ENXIO, gone.error());
  }

  @Test
  void aFileThatFailsIsToldAndDelaysNobody() throws Exception {
    NetInterface lo1 = table.create("lo1");
    var full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("full");
          }
        };
    var capture = InterfaceCapture.start(lo1, PcapngWriter.to(full));
    for (int i = 0; i < 2000; i++) {
      send(lo1, i);
    }
    assertEquals("full", assertThrows(IOException.class, capture::close).getMessage());
  }
}
