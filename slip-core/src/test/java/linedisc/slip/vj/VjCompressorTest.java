package linedisc.slip.vj;

import static linedisc.slip.vj.VjType.COMPRESSED_TCP;
import static linedisc.slip.vj.VjType.IP;
import static linedisc.slip.vj.VjType.UNCOMPRESSED_TCP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VjCompressorTest {
  private final VjPair pair = new VjPair(16, true);
  private final Segment segment =
      new Segment().sequence(1000).acknowledgment(5000).identification(77);

  /// Sends a packet over the pair, which must get there as it is.
  private VjPair.Frame send(byte[] packet) {
    VjPair.Frame frame = pair.compress(packet);
    assertArrayEquals(packet, pair.decompress(frame));
    return frame;
  }

  /// Sends a packet that must be compressed to `changes`, checksum, `deltas` and data.
  private void sendCompressed(byte[] packet, int changes, String deltas, int data) {
    VjPair.Frame frame = send(packet);
    assertEquals(COMPRESSED_TCP, frame.type());
    byte[] expected = new byte[3 + deltas.length() / 2 + data];
    expected[0] = (byte) changes;
    int tcp = Ipv4.headerLength(packet, 0);
    System.arraycopy(packet, tcp + 16, expected, 1, 2);
    byte[] octets = HexFormat.of().parseHex(deltas);
    System.arraycopy(octets, 0, expected, 3, octets.length);
    System.arraycopy(packet, packet.length - data, expected, 3 + octets.length, data);
    assertArrayEquals(expected, frame.octets(), HexFormat.of().formatHex(frame.octets()));
  }

  private void assertType(VjType expected, byte[] packet) {
    assertEquals(expected, send(packet).type());
  }

  @Test
  void firstPacketOfAConnectionNamesItsSlot() {
    byte[] packet = segment.next(3);
    VjPair.Frame frame = send(packet);
    assertEquals(UNCOMPRESSED_TCP, frame.type());
    byte[] expected = packet.clone();
    expected[9] = 0;
    assertArrayEquals(expected, frame.octets());

    byte[] other = segment.ports(1023, 24).next(3);
    expected = other.clone();
    expected[9] = 1;
    assertArrayEquals(expected, send(other).octets());
  }

  @Test
  void bulkDataTakeThreeOctets() {
    send(segment.next(100));
    for (int i = 0; i < 20; i++) {
      sendCompressed(segment.next(100), 0x0f, "", 100);
    }
    segment.flags(Tcp.ACK | Tcp.PSH);
    sendCompressed(segment.next(7), 0x1f, "", 7);
    // The data before were 7.
    segment.flags(Tcp.ACK);
    sendCompressed(segment.next(100), 0x0f, "", 100);
    assertEquals(22, pair.compressor.compressed());
    assertEquals(22, pair.decompressor.compressed());
    assertEquals(1, pair.decompressor.uncompressed());
  }

  @Test
  void echoedKeysTakeThreeOctets() {
    send(segment.next(1));
    for (int i = 0; i < 20; i++) {
      segment.acknowledgment++;
      sendCompressed(segment.next(1), 0x0b, "", 1);
    }
  }

  @Test
  void acknowledgmentsTakeOneNumber() {
    send(segment.next(0));
    segment.acknowledgment += 255;
    sendCompressed(segment.next(0), 0x04, "ff", 0);
    segment.acknowledgment += 256;
    sendCompressed(segment.next(0), 0x04, "000100", 0);
    segment.acknowledgment += 65535;
    sendCompressed(segment.next(0), 0x04, "00ffff", 0);
    segment.acknowledgment += 65536;
    assertType(UNCOMPRESSED_TCP, segment.next(0));
    segment.acknowledgment -= 1;
    assertType(UNCOMPRESSED_TCP, segment.next(0));
  }

  @Test
  void numbersAreInTheOrderOfTheRfc() {
    send(segment.next(0));
    segment.flags(Tcp.ACK | Tcp.URG | Tcp.PSH).urgentPointer(2);
    segment.window += 3;
    segment.acknowledgment += 4;
    segment.identification += 6;
    // The identification has grown by 1 already.
    sendCompressed(segment.next(1), 0x37, "02030407", 1);
    segment.flags(Tcp.ACK);
    send(segment.next(1));
    segment.window += 3;
    segment.acknowledgment += 4;
    segment.sequence += 5;
    sendCompressed(segment.next(1), 0x0e, "030406", 1);
  }

  @Test
  void windowMayShrink() {
    send(segment.next(10));
    segment.window -= 1;
    sendCompressed(segment.next(10), 0x0a, "00ffff0a", 10);
    segment.window = 0;
    sendCompressed(segment.next(10), 0x0a, "00f0010a", 10);
    segment.window = 65535;
    sendCompressed(segment.next(10), 0x0a, "00ffff0a", 10);
  }

  @Test
  void sequenceNumbersWrap() {
    segment.sequence(-50).acknowledgment(-1);
    send(segment.next(100));
    sendCompressed(segment.next(100), 0x0f, "", 100);
    segment.acknowledgment += 2;
    sendCompressed(segment.next(100), 0x0c, "0264", 100);
    segment.sequence -= 100;
    assertType(UNCOMPRESSED_TCP, segment.next(100));
  }

  @Test
  void identificationIsSentUnlessItGrewByOne() {
    send(segment.next(1));
    segment.identification -= 1;
    sendCompressed(segment.next(1), 0x2f, "000000", 1);
    segment.identification -= 2;
    sendCompressed(segment.next(1), 0x2f, "00ffff", 1);
    segment.identification += 254;
    sendCompressed(segment.next(1), 0x2f, "ff", 1);
    segment.identification += 255;
    sendCompressed(segment.next(1), 0x2f, "000100", 1);
    segment.identification = 0xffff;
    send(segment.next(1));
    sendCompressed(segment.next(1), 0x0f, "", 1);
  }

  @Test
  void dataAfterABareAcknowledgmentChangeNothing() {
    send(segment.next(0));
    sendCompressed(segment.next(1), 0x00, "", 1);
  }

  @Test
  void whatIsSentAgainGoesUncompressed() {
    send(segment.next(1));
    segment.sequence -= 1;
    assertType(UNCOMPRESSED_TCP, segment.next(1));
    segment.sequence -= 1;
    assertType(UNCOMPRESSED_TCP, segment.next(2));
    send(segment.next(0));
    assertType(UNCOMPRESSED_TCP, segment.next(0));
  }

  @Test
  void changesThatLookLikeASpecialCaseGoUncompressed() {
    send(segment.next(10));
    // S, W and U: would be taken for an echo.
    segment.flags(Tcp.ACK | Tcp.URG).urgentPointer(1);
    segment.window += 1;
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    // S, A, W and U: would be taken for bulk data.
    segment.window += 1;
    segment.acknowledgment += 1;
    assertType(UNCOMPRESSED_TCP, segment.next(10));
  }

  @Test
  void urgentDataAreCompressed() {
    send(segment.next(10));
    segment.flags(Tcp.ACK | Tcp.URG).urgentPointer(0);
    sendCompressed(segment.next(10), 0x09, "0000000a", 10);
    segment.urgentPointer(65535);
    sendCompressed(segment.next(10), 0x09, "00ffff0a", 10);
    segment.urgentPointer(10);
    sendCompressed(segment.next(10), 0x09, "0a0a", 10);
    // URG goes, the pointer stays.
    segment.flags(Tcp.ACK);
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    sendCompressed(segment.next(10), 0x0f, "", 10);
    segment.urgentPointer(0);
    assertType(UNCOMPRESSED_TCP, segment.next(10));
  }

  @Test
  void whatDeltasCantSayGoesUncompressed() {
    send(segment.next(10));
    segment.typeOfService = 0x10;
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    segment.flagsAndOffset = 0;
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    segment.flagsAndOffset = 0x8000;
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    segment.timeToLive = 63;
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    segment.flags(Tcp.ACK | 0x40);
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    segment.flags(Tcp.ACK | 0x80);
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    sendCompressed(segment.next(10), 0x0f, "", 10);
    segment.reserved = 1;
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    sendCompressed(segment.next(10), 0x0f, "", 10);
  }

  @Test
  void optionsAreCompressedWhileTheyStayTheSame() {
    segment.tcpOptions = HexFormat.of().parseHex("0101080a0000000100000002");
    segment.ipOptions = HexFormat.of().parseHex("01010101");
    send(segment.next(10));
    sendCompressed(segment.next(10), 0x0f, "", 10);
    segment.tcpOptions[11] = 3;
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    sendCompressed(segment.next(10), 0x0f, "", 10);
    segment.ipOptions[3] = 0;
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    sendCompressed(segment.next(10), 0x0f, "", 10);
    segment.tcpOptions = new byte[4];
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    segment.ipOptions = new byte[0];
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    segment.ipOptions = new byte[40];
    Arrays.fill(segment.ipOptions, (byte) 1);
    segment.tcpOptions = new byte[40];
    Arrays.fill(segment.tcpOptions, (byte) 1);
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    sendCompressed(segment.next(10), 0x0f, "", 10);
    segment.tcpOptions[39] = 0;
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    segment.ipOptions[0] = 0;
    assertType(UNCOMPRESSED_TCP, segment.next(10));
  }

  @Test
  void aSourceRouteIsNoBadChecksum() {
    segment.ipOptions = HexFormat.of().parseHex("018307040a000009");
    byte[] packet = segment.next(10);
    int tcp = Ipv4.headerLength(packet, 0);
    Tcp.setChecksum(packet, tcp, Tcp.checksum(packet, tcp) ^ 7);
    assertType(UNCOMPRESSED_TCP, packet);
    packet = segment.next(10);
    Tcp.setChecksum(packet, tcp, Tcp.checksum(packet, tcp) ^ 7);
    assertType(COMPRESSED_TCP, packet);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        Tcp.SYN,
        Tcp.SYN | Tcp.ACK,
        Tcp.FIN | Tcp.ACK,
        Tcp.RST,
        Tcp.RST | Tcp.ACK,
        Tcp.PSH,
        Tcp.URG
      })
  void whatOpensOrEndsAConnectionGoesAsItIs(int flags) {
    assertType(IP, segment.flags(flags).next(0));
    assertEquals(1, pair.compressor.plainTcp());
  }

  @Test
  void whatIsNoWholeTcpPacketGoesAsItIs() {
    byte[] packet = segment.next(10);
    byte[] udp = packet.clone();
    udp[9] = 17;
    Ipv4.seal(udp, 0);
    assertType(IP, udp);
    for (int word : new int[] {0x2000, 0x2001, 1, 0x1fff, 0x6000}) {
      segment.flagsAndOffset = word;
      assertType(IP, segment.next(10));
    }
    segment.flagsAndOffset = Ipv4.DONT_FRAGMENT;
    for (int length = 0; length < packet.length; length++) {
      assertType(IP, Arrays.copyOf(packet, length));
    }
    assertType(IP, Arrays.copyOf(packet, packet.length + 1));
    for (int words = 0; words < 16; words++) {
      byte[] odd = packet.clone();
      odd[32] = (byte) (words << 4);
      if (words < 5 || words * 4 > 30) {
        assertType(IP, odd);
      }
    }
    byte[] damaged = packet.clone();
    damaged[8]--;
    assertType(IP, damaged);
    byte[] version6 = packet.clone();
    version6[0] = 0x65;
    assertType(IP, version6);
    byte[] tiny = segment.next(10);
    tiny[3] = 39;
    Ipv4.seal(tiny, 0);
    assertType(IP, Arrays.copyOf(tiny, 39));
  }

  @Test
  void anotherConnectionNamesItsSlotAgain() {
    Segment other = new Segment().ports(1, 2);
    send(segment.next(10));
    send(other.next(10));
    byte[] packet = segment.next(10);
    VjPair.Frame frame = send(packet);
    assertEquals(0x4f, frame.octets()[0]);
    assertEquals(0, frame.octets()[1]);
    sendCompressed(segment.next(10), 0x0f, "", 10);
    frame = send(other.next(10));
    assertEquals(0x4f, frame.octets()[0]);
    assertEquals(1, frame.octets()[1]);
    sendCompressed(other.next(10), 0x0f, "", 10);
  }

  @Test
  void namesTheSlotAlwaysIfTold() {
    VjPair plain = new VjPair(16, false);
    plain.decompress(plain.compress(segment.next(10)));
    for (int i = 0; i < 5; i++) {
      VjPair.Frame frame = plain.compress(segment.next(10));
      assertEquals(0x4f, frame.octets()[0]);
      assertEquals(0, frame.octets()[1]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 255, 256})
  void takesTheSlotThatWasNotUsedForLongest(int slots) {
    VjPair many = new VjPair(slots, true);
    for (int i = 0; i < slots; i++) {
      assertSlot(i, UNCOMPRESSED_TCP, many, new Segment().ports(1, i).packet());
    }
    // Slot 0 is used once more, so slot 1 is now the oldest, then 2 and so on.
    VjPair.Frame frame = many.compress(new Segment().ports(1, 0).sequence(5).packet());
    assertEquals(COMPRESSED_TCP, frame.type());
    many.decompress(frame);
    for (int i = 1; i <= slots; i++) {
      assertSlot(i % slots, UNCOMPRESSED_TCP, many, new Segment().ports(2, i).packet());
    }
    assertEquals(2L * slots, many.compressor.misses());
    assertEquals(0, many.decompressor.errors());
  }

  private static void assertSlot(int expected, VjType type, VjPair pair, byte[] packet) {
    VjPair.Frame frame = pair.compress(packet);
    assertEquals(type, frame.type());
    assertEquals(expected, frame.octets()[9] & 0xff);
    assertArrayEquals(packet, pair.decompress(frame));
  }

  @Test
  void resetForgetsTheConnections() {
    send(segment.next(10));
    send(segment.next(10));
    pair.compressor.reset();
    assertType(UNCOMPRESSED_TCP, segment.next(10));
    sendCompressed(segment.next(10), 0x0f, "", 10);
  }

  @Test
  void aConnectionOfZerosIsOneLikeOthers() {
    Segment zeros = new Segment().ports(0, 0);
    zeros.source = 0;
    zeros.destination = 0;
    assertType(UNCOMPRESSED_TCP, zeros.next(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 257, 65536})
  void refusesSlotsThatCantBeNumbered(int slots) {
    assertThrows(IllegalArgumentException.class, () -> new VjCompressor(slots, true));
    assertThrows(IllegalArgumentException.class, () -> new VjDecompressor(slots));
  }

  @Test
  void longestPacketsPass() {
    byte[] packet = segment.next(65535 - 40);
    assertEquals(UNCOMPRESSED_TCP, send(packet).type());
    assertEquals(COMPRESSED_TCP, send(segment.next(65535 - 40)).type());
  }
}
