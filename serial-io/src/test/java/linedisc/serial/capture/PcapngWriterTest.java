package linedisc.serial.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import linedisc.serial.capture.PcapngReader.Interface;
import linedisc.serial.capture.PcapngReader.Packet;
import linedisc.serial.capture.PcapngReader.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapngWriterTest {
  private static final long NOON = 1_700_000_000_123_456_789L;
  private static final byte[] CONFIGURE_REQUEST =
      HexFormat.of().parseHex("c02101010014020600000000050612345678070208020000");
  private static final byte[] ECHO =
      HexFormat.of().parseHex("4500001c00000000400166de0a0000010a0000020800f7ff00000000");

  @TempDir Path folder;

  @Test
  void packetsComeBackWithInterfaceDirectionAndTime() throws IOException {
    var file = new ByteArrayOutputStream();
    try (var writer = PcapngWriter.to(file)) {
      int ppp = writer.addInterface("ppp0", LinkType.PPP);
      writer.write(ppp, Direction.SENT, NOON, CONFIGURE_REQUEST, 0, 22);
      int sl = writer.addInterface("sl0", LinkType.RAW);
      writer.write(sl, Direction.RECEIVED, NOON + 1, ECHO, 0, ECHO.length);
      writer.write(ppp, Direction.RECEIVED, -1, CONFIGURE_REQUEST, 1, 3);
      writer.write(ppp, Direction.RECEIVED, 0, CONFIGURE_REQUEST, 0, 0);
      writer.writeStatistics(sl, NOON + 2, 1L << 40, 7);
    }
    var read = new PcapngReader(file.toByteArray());
    assertEquals(
        List.of(new Interface("ppp0", 9, 65535), new Interface("sl0", 101, 65535)),
        read.interfaces);
    assertEquals(
        List.of(
            new Packet(0, true, NOON, 22, HexFormat.of().formatHex(CONFIGURE_REQUEST, 0, 22)),
            new Packet(1, false, NOON + 1, 28, HexFormat.of().formatHex(ECHO)),
            new Packet(0, false, -1, 3, "210101"),
            new Packet(0, false, 0, 0, "")),
        read.packets);
    assertEquals(List.of(new Statistics(1, NOON + 2, 1L << 40, 7)), read.statistics);
  }

  @Test
  void aPacketLongerThanTheSnapLengthIsCut() throws IOException {
    var file = new ByteArrayOutputStream();
    byte[] packet = new byte[100_000];
    Arrays.fill(packet, (byte) 0x45);
    try (var writer = PcapngWriter.to(file)) {
      int sl = writer.addInterface("sl0", LinkType.RAW);
      writer.write(sl, Direction.SENT, NOON, packet, 0, packet.length);
    }
    Packet only = new PcapngReader(file.toByteArray()).packets.getFirst();
    assertEquals(100_000, only.length());
    assertEquals(65535 * 2, only.octets().length());
  }

  @Test
  void anInterfaceCreatedAgainGoesOnUnderItsNumber() throws IOException {
    var file = new ByteArrayOutputStream();
    try (var writer = PcapngWriter.to(file)) {
      assertEquals(0, writer.addInterface("ppp0", LinkType.PPP));
      assertEquals(1, writer.addInterface("ppp1", LinkType.PPP));
      assertEquals(0, writer.addInterface("ppp0", LinkType.PPP));
      assertEquals(2, writer.addInterface("ppp0", LinkType.RAW));
      writer.addInterface("é".repeat(200), LinkType.RAW);
    }
    assertEquals(4, new PcapngReader(file.toByteArray()).interfaces.size());
  }

  @Test
  void nothingReachesTheFileTwiceOrOutOfOrder() throws IOException {
    for (long seed = 0; seed < 50; seed++) {
      var random = new SplittableRandom(seed);
      var file = new ByteArrayOutputStream();
      var expected = new ArrayList<Packet>();
      try (var writer = PcapngWriter.to(file)) {
        for (int i = 0; i < 60; i++) {
          int number = writer.addInterface("ppp" + random.nextInt(4), LinkType.PPP);
          byte[] packet = new byte[random.nextInt(random.nextInt(10) == 0 ? 65535 : 1600)];
          random.nextBytes(packet);
          boolean sent = random.nextBoolean();
          writer.write(
              number,
              sent ? Direction.SENT : Direction.RECEIVED,
              NOON + i,
              packet,
              0,
              packet.length);
          expected.add(
              new Packet(number, sent, NOON + i, packet.length, HexFormat.of().formatHex(packet)));
          if (random.nextInt(8) == 0) {
            writer.flush();
            assertEquals(
                i + 1, new PcapngReader(file.toByteArray()).packets.size(), "seed " + seed);
          }
        }
      }
      var read = new PcapngReader(file.toByteArray()).packets;
      assertTrue(expected.equals(read), "seed " + seed);
    }
  }

  @Test
  void aFullFileIsFollowedByTheNextAndTheOldestGoes() throws IOException {
    Path file = folder.resolve("line.pcapng");
    Files.writeString(file, "left over from another day");
    try (var writer = PcapngWriter.rotating(file, 400, 3)) {
      int ppp = writer.addInterface("ppp0", LinkType.PPP);
      for (int i = 0; i < 40; i++) {
        writer.write(ppp, Direction.SENT, i, CONFIGURE_REQUEST, 0, 22);
      }
    }
    var times = new ArrayList<Long>();
    for (String name : List.of("line.2.pcapng", "line.1.pcapng", "line.pcapng")) {
      byte[] octets = Files.readAllBytes(folder.resolve(name));
      assertTrue(octets.length <= 400, name + " has " + octets.length);
      var read = new PcapngReader(octets);
      assertEquals("ppp0", read.interfaces.getFirst().name());
      read.packets.forEach(packet -> times.add(packet.epochNanos()));
    }
    try (var all = Files.list(folder)) {
      assertEquals(3, all.count());
    }
    for (int i = 0; i < times.size(); i++) {
      assertEquals(40 - times.size() + i, times.get(i));
    }
  }

  @Test
  void aPacketLongerThanAFileHasOneForItself() throws IOException {
    Path file = folder.resolve("tiny");
    try (var writer = PcapngWriter.rotating(file, 1, 2)) {
      int ppp = writer.addInterface("ppp0", LinkType.PPP);
      writer.write(ppp, Direction.SENT, 1, CONFIGURE_REQUEST, 0, 22);
      writer.write(ppp, Direction.SENT, 2, CONFIGURE_REQUEST, 0, 22);
    }
    assertEquals(1, new PcapngReader(Files.readAllBytes(folder.resolve("tiny.1"))).packets.size());
    assertEquals(1, new PcapngReader(Files.readAllBytes(file)).packets.size());
  }

  @Test
  void manyThreadsWriteWholeBlocks() throws Exception {
    var file = new ByteArrayOutputStream();
    try (var writer = PcapngWriter.to(file)) {
      var writers = new ArrayList<Callable<@Nullable Void>>();
      for (int t = 0; t < 8; t++) {
        String name = "ppp" + t;
        writers.add(() -> {
          for (int i = 0; i < 200; i++) {
            int number = writer.addInterface(name, LinkType.PPP);
            writer.write(number, Direction.SENT, i, CONFIGURE_REQUEST, 0, 22);
          }
          return null;
        });
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var done : threads.invokeAll(writers)) {
          done.get();
        }
      }
    }
    var read = new PcapngReader(file.toByteArray());
    assertEquals(8, read.interfaces.size());
    assertEquals(1600, read.packets.size());
  }

  @Test
  void afterCloseNothingIsWritten() throws IOException {
    var file = new ByteArrayOutputStream();
    var writer = PcapngWriter.to(file);
    int ppp = writer.addInterface("ppp0", LinkType.PPP);
    writer.close();
    int length = file.size();
    assertThrows(
        IOException.class, () -> writer.write(ppp, Direction.SENT, 0, CONFIGURE_REQUEST, 0, 22));
    writer.flush();
    writer.close();
    assertEquals(length, file.size());
  }

  @Test
  void aFullDiskIsToldToWhoeverWrites() throws IOException {
    var full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    var writer = PcapngWriter.to(full);
    int ppp = writer.addInterface("ppp0", LinkType.PPP);
    writer.write(ppp, Direction.SENT, 0, CONFIGURE_REQUEST, 0, 22);
    assertThrows(IOException.class, writer::flush);
    writer.flush();
  }

  @Test
  void mistakesOfTheCallerAreRefused() throws IOException {
    var writer = PcapngWriter.to(OutputStream.nullOutputStream());
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> writer.write(0, Direction.SENT, 0, CONFIGURE_REQUEST, 0, 1));
    writer.addInterface("ppp0", LinkType.PPP);
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> writer.write(0, Direction.SENT, 0, CONFIGURE_REQUEST, 20, 5));
    assertThrows(
        IllegalArgumentException.class, () -> PcapngWriter.rotating(folder.resolve("a"), 0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> PcapngWriter.rotating(folder.resolve("a"), 1, 0));
  }

  @Test
  void tsharkReadsProtocolsDirectionsAndTimes() throws Exception {
    Path tshark = Path.of("/usr/bin/tshark");
    assumeTrue(Files.isExecutable(tshark), "tshark is not installed");
    Path file = folder.resolve("both.pcapng");
    try (var writer = PcapngWriter.rotating(file, 1 << 20, 1)) {
      int ppp = writer.addInterface("ppp0", LinkType.PPP);
      int sl = writer.addInterface("sl0", LinkType.RAW);
      writer.write(ppp, Direction.SENT, NOON, CONFIGURE_REQUEST, 0, 22);
      writer.write(ppp, Direction.RECEIVED, NOON + 1, CONFIGURE_REQUEST, 0, 22);
      writer.write(sl, Direction.RECEIVED, NOON + 2, ECHO, 0, ECHO.length);
      writer.writeStatistics(sl, NOON + 3, 1, 0);
    }
    var command =
        new ArrayList<>(List.of(tshark.toString(), "-r", file.toString(), "-T", "fields"));
    for (String field :
        List.of(
            "frame.interface_name",
            "frame.p2p_dir",
            "frame.protocols",
            "frame.time_epoch",
            "_ws.malformed")) {
      command.add("-e");
      command.add(field);
    }
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    assertEquals(
        """
        ppp0\t0\tppp:lcp\t1700000000.123456789\t
        ppp0\t1\tppp:lcp\t1700000000.123456790\t
        sl0\t1\traw:ip:icmp\t1700000000.123456791\t
        """,
        shown);
    assertFalse(shown.contains("malformed"));
  }
}
