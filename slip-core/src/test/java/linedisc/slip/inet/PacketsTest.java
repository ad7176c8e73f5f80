package linedisc.slip.inet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PacketsTest {
  // 192.0.2.1 to 198.51.100.2, made by another program.
  private static final String TCP_PACKET =
      "451000311234400040063c4cc0000201c6336402"
          + "03ff001601020304a0b0c0d060182000de650000020405b468656c6c6f";
  private static final String UDP_PACKET =
      "4510001f1234400040113c53c0000201c6336402" + "003514e9000b3a20616263";
  private static final String ICMP_PACKET =
      "451000211234400040013c61c0000201c6336402" + "0800da511ddc000170696e6721";
  private static final String ICMPV6_PACKET =
      "61000000000d3afffe800000000000000000000000000001fe800000000000000000000000000002"
          + "800065051ddc000170696e6721";

  private static final int SOURCE = 0xc0000201;
  private static final int DESTINATION = 0xc6336402;
  private static final byte[] SOURCE6 = hex("fe800000000000000000000000000001");
  private static final byte[] DESTINATION6 = hex("fe800000000000000000000000000002");

  /// Where packets are put, so that an accessor that forgets its offset is seen.
  private static final int AT = 3;

  @Test
  void readsTcpOverIpv4() {
    byte[] b = at(TCP_PACKET);
    assertEquals(49, Ip.check(b, AT, 49));
    assertTrue(Ipv4.isHeaderIntact(b, AT));
    assertEquals(20, Ipv4.headerLength(b, AT));
    assertEquals(0x10, Ipv4.typeOfService(b, AT));
    assertTrue(Ip.isLowDelay(b, AT, 49));
    assertFalse(Ip.isLowDelay(b, AT, 48));
    assertEquals(0x1234, Ipv4.identification(b, AT));
    assertEquals(Ipv4.DONT_FRAGMENT, Ipv4.flagsAndOffset(b, AT));
    assertFalse(Ipv4.isFragment(b, AT));
    assertEquals(64, Ipv4.timeToLive(b, AT));
    assertEquals(Ip.TCP, Ipv4.protocol(b, AT));
    assertEquals(0x3c4c, Ipv4.checksum(b, AT));
    assertEquals("192.0.2.1", Ipv4.text(Ipv4.source(b, AT)));
    assertEquals("198.51.100.2", Ipv4.text(Ipv4.destination(b, AT)));

    int tcp = AT + 20;
    assertEquals(24, Tcp.check(b, tcp, 29));
    assertTrue(Tcp.isIntact(b, AT, tcp, 29));
    assertEquals(0x03ff0016, Tcp.ports(b, tcp));
    assertEquals(1023, Tcp.sourcePort(b, tcp));
    assertEquals(22, Tcp.destinationPort(b, tcp));
    assertEquals(0x01020304, Tcp.sequence(b, tcp));
    assertEquals(0xa0b0c0d0, Tcp.acknowledgment(b, tcp));
    assertEquals(Tcp.ACK | Tcp.PSH, Tcp.controlBits(b, tcp));
    assertEquals(0x6018, Tcp.offsetAndControlBits(b, tcp));
    assertEquals(0x2000, Tcp.window(b, tcp));
    assertEquals(0xde65, Tcp.checksum(b, tcp));
    assertEquals(0, Tcp.urgentPointer(b, tcp));
  }

  @Test
  void writesTcpOverIpv4() {
    byte[] b = new byte[AT + 49];
    Arrays.fill(b, (byte) 0x55);
    int tcp = AT + Ipv4.write(b, AT, 0x10, 0x1234, 64, Ip.TCP, SOURCE, DESTINATION, 29);
    int data =
        tcp + Tcp.write(b, tcp, 1023, 22, 0x01020304, 0xa0b0c0d0, Tcp.ACK | Tcp.PSH, 0x2000, 4);
    System.arraycopy(hex("020405b4"), 0, b, data - 4, 4);
    System.arraycopy(ascii("hello"), 0, b, data, 5);
    Tcp.seal(b, AT, tcp, 29);
    assertArrayEquals(hex(TCP_PACKET), from(b));
  }

  @Test
  void readsAndWritesUdp() {
    byte[] b = at(UDP_PACKET);
    int udp = AT + 20;
    assertEquals(31, Ip.check(b, AT, 31));
    assertEquals(11, Udp.check(b, udp, 11));
    assertTrue(Udp.isIntact(b, AT, udp));
    assertEquals(53, Udp.sourcePort(b, udp));
    assertEquals(5353, Udp.destinationPort(b, udp));
    assertEquals(11, Udp.length(b, udp));
    b[udp + 9] ^= 1;
    assertFalse(Udp.isIntact(b, AT, udp));

    byte[] made = new byte[AT + 31];
    assertEquals(20, Ipv4.write(made, AT, 0x10, 0x1234, 64, Ip.UDP, SOURCE, DESTINATION, 11));
    assertEquals(8, Udp.write(made, udp, 53, 5353, 3));
    System.arraycopy(ascii("abc"), 0, made, udp + 8, 3);
    assertTrue(Udp.isIntact(made, AT, udp), "no checksum is allowed over IPv4");
    Udp.seal(made, AT, udp);
    assertArrayEquals(hex(UDP_PACKET), from(made));
  }

  @Test
  void udpOverIpv6NeedsAChecksum() {
    byte[] b = new byte[AT + 51];
    int udp = AT + Ipv6.write(b, AT, 0, 64, Ip.UDP, SOURCE6, DESTINATION6, 11);
    Udp.write(b, udp, 53, 5353, 3);
    assertFalse(Udp.isIntact(b, AT, udp));
    Udp.seal(b, AT, udp);
    assertTrue(Udp.isIntact(b, AT, udp));
  }

  @Test
  void udpChecksumZeroIsSentAsOnes() {
    byte[] b = new byte[30];
    int udp = Ipv4.write(b, 0, 0, 0, 64, Ip.UDP, 0, 0, 10);
    Udp.write(b, udp, 0, 0, 2);
    // The rest of the words under the checksum add up to 17 + 10 + 10.
    NetworkOrder.put16(b, udp + 8, 0xffff - 37);
    Udp.seal(b, 0, udp);
    assertEquals(0xffff, NetworkOrder.get16(b, udp + 6));
    assertTrue(Udp.isIntact(b, 0, udp));
  }

  @Test
  void answersAnEcho() {
    byte[] b = at(ICMP_PACKET);
    int icmp = AT + 20;
    assertEquals(13, Icmp.check(b, icmp, 13));
    assertEquals(Icmp.ECHO, Icmp.type(b, icmp));
    assertEquals(0, Icmp.code(b, icmp));
    assertEquals(0x1ddc, Icmp.identifier(b, icmp));
    assertEquals(1, Icmp.sequence(b, icmp));
    assertFalse(Icmp.isError(b, icmp));

    Ipv4.swapAddresses(b, AT);
    Icmp.reply(b, icmp);
    assertTrue(Ipv4.isHeaderIntact(b, AT));
    assertEquals(DESTINATION, Ipv4.source(b, AT));
    assertEquals(SOURCE, Ipv4.destination(b, AT));
    assertEquals(13, Icmp.check(b, icmp, 13));
    assertEquals(Icmp.ECHO_REPLY, Icmp.type(b, icmp));

    byte[] made = new byte[AT + 33];
    Ipv4.write(made, AT, 0x10, 0x1234, 64, Ip.ICMP, SOURCE, DESTINATION, 13);
    assertEquals(8, Icmp.writeEcho(made, icmp, Icmp.ECHO, 0x1ddc, 1));
    System.arraycopy(ascii("ping!"), 0, made, icmp + 8, 5);
    Icmp.seal(made, icmp, 13);
    assertArrayEquals(hex(ICMP_PACKET), from(made));
  }

  @Test
  void answersAnEchoOverIpv6() {
    byte[] b = at(ICMPV6_PACKET);
    int icmp = AT + 40;
    assertEquals(53, Ip.check(b, AT, 53));
    assertEquals(0x10, Ipv6.trafficClass(b, AT));
    assertTrue(Ip.isLowDelay(b, AT, 53));
    assertEquals(0, Ipv6.flowLabel(b, AT));
    assertEquals(13, Ipv6.payloadLength(b, AT));
    assertEquals(Ip.ICMPV6, Ipv6.nextHeader(b, AT));
    assertEquals(255, Ipv6.hopLimit(b, AT));
    assertFalse(Ipv6.isMulticast(b, AT));
    assertEquals(13, Icmpv6.check(b, AT, icmp, 13));
    assertEquals(Icmpv6.ECHO_REQUEST, Icmpv6.type(b, icmp));
    assertEquals(0x1ddc, Icmpv6.identifier(b, icmp));
    assertEquals(1, Icmpv6.sequence(b, icmp));

    Ipv6.swapAddresses(b, AT);
    Icmpv6.reply(b, icmp);
    assertArrayEquals(DESTINATION6, Arrays.copyOfRange(b, AT + Ipv6.SOURCE, AT + Ipv6.SOURCE + 16));
    assertArrayEquals(
        SOURCE6, Arrays.copyOfRange(b, AT + Ipv6.DESTINATION, AT + Ipv6.DESTINATION + 16));
    assertEquals(13, Icmpv6.check(b, AT, icmp, 13));
    assertEquals(Icmpv6.ECHO_REPLY, Icmpv6.type(b, icmp));
    assertEquals(0, Icmpv6.code(b, icmp));

    byte[] made = new byte[AT + 53];
    assertEquals(40, Ipv6.write(made, AT, 0x10, 255, Ip.ICMPV6, SOURCE6, DESTINATION6, 13));
    assertEquals(8, Icmpv6.writeEcho(made, icmp, Icmpv6.ECHO_REQUEST, 0x1ddc, 1));
    System.arraycopy(ascii("ping!"), 0, made, icmp + 8, 5);
    Icmpv6.seal(made, AT, icmp, 13);
    assertArrayEquals(hex(ICMPV6_PACKET), from(made));
  }

  @Test
  void quotesThePacketInAnError() {
    byte[] packet = at(TCP_PACKET);
    byte[] b = new byte[100];
    int length =
        Icmp.writeError(
            b, 5, Icmp.DESTINATION_UNREACHABLE, Icmp.FRAGMENTATION_NEEDED, 296, packet, AT);
    assertEquals(8 + 20 + 8, length);
    assertEquals(length, Icmp.check(b, 5, length));
    assertTrue(Icmp.isError(b, 5));
    assertEquals(296, NetworkOrder.get32(b, 5 + 4));
    assertArrayEquals(Arrays.copyOfRange(packet, AT, AT + 28), Arrays.copyOfRange(b, 13, 13 + 28));

    byte[] short4 = at("4500001600000000400100000000000000000000" + "0800");
    assertEquals(
        8 + 22, Icmp.writeError(b, 5, Icmp.TIME_EXCEEDED, 0, 0, short4, AT), "payload of 2");
  }

  @Test
  void quotesAnIpv6PacketUpToTheLeastMtu() {
    byte[] packet = new byte[2000];
    Ipv6.write(packet, 0, 0, 64, Ip.UDP, SOURCE6, DESTINATION6, 1960);
    byte[] b = new byte[1280];
    Ipv6.write(b, 0, 0, 255, Ip.ICMPV6, DESTINATION6, SOURCE6, 1240);
    int length = Icmpv6.writeError(b, 40, Icmpv6.PACKET_TOO_BIG, 0, 1280, packet, 0);
    assertEquals(1240, length);
    Icmpv6.seal(b, 0, 40, length);
    assertEquals(length, Icmpv6.check(b, 0, 40, length));
    assertTrue(Icmpv6.isError(b, 40));
    Ipv6.write(packet, 0, 0, 64, Ip.UDP, SOURCE6, DESTINATION6, 9);
    assertEquals(8 + 49, Icmpv6.writeError(b, 40, Icmpv6.TIME_EXCEEDED, 0, 0, packet, 0));
  }

  @Test
  void countsTimeToLiveDown() {
    byte[] b = at(ICMP_PACKET);
    for (int ttl = 63; ttl >= 1; ttl--) {
      assertTrue(Ipv4.decrementTimeToLive(b, AT));
      assertEquals(ttl, Ipv4.timeToLive(b, AT));
      assertTrue(Ipv4.isHeaderIntact(b, AT), "ttl " + ttl);
    }
    byte[] before = b.clone();
    assertFalse(Ipv4.decrementTimeToLive(b, AT));
    assertArrayEquals(before, b);

    byte[] b6 = at(ICMPV6_PACKET);
    for (int limit = 254; limit >= 1; limit--) {
      assertTrue(Ipv6.decrementHopLimit(b6, AT));
      assertEquals(limit, Ipv6.hopLimit(b6, AT));
    }
    assertFalse(Ipv6.decrementHopLimit(b6, AT));
  }

  @Test
  void refusesACutPacketAtEachLength() {
    for (String packet : new String[] {TCP_PACKET, UDP_PACKET, ICMP_PACKET, ICMPV6_PACKET}) {
      byte[] whole = hex(packet);
      for (int length = 0; length < whole.length; length++) {
        // An array that ends with the cut packet shows a read beyond it.
        byte[] cut = Arrays.copyOf(whole, length);
        assertEquals(Ip.MALFORMED, Ip.check(cut, 0, length), "length " + length);
      }
      byte[] longer = Arrays.copyOf(whole, whole.length + 7);
      assertEquals(whole.length, Ip.check(longer, 0, longer.length), "padding is left out");
    }
  }

  @Test
  void findsTheMaximumSegmentSizeAmongOptions() {
    assertEquals(22, maximumSegmentSize("020405b4"));
    assertEquals(26, maximumSegmentSize("01030302020405b4"));
    assertEquals(-1, maximumSegmentSize("0103030201010204"), "its value is cut off");
    assertEquals(-1, maximumSegmentSize("00000000020405b4"), "behind the end");
    assertEquals(-1, maximumSegmentSize("0300020405b40101"), "behind an option of no length");
    assertEquals(-1, maximumSegmentSize("0309020405b40101"), "behind an option that is too long");
    assertEquals(-1, maximumSegmentSize("0203050102020102"), "of another length");
    assertEquals(-1, maximumSegmentSize("01010103"));
    assertEquals(-1, maximumSegmentSize(""));
  }

  private static int maximumSegmentSize(String options) {
    byte[] octets = hex(options);
    byte[] segment = new byte[Tcp.HEADER_LENGTH + octets.length];
    Tcp.write(segment, 0, 1, 2, 3, 4, Tcp.SYN, 5, octets.length);
    System.arraycopy(octets, 0, segment, Tcp.HEADER_LENGTH, octets.length);
    return Tcp.findMaximumSegmentSize(segment, 0);
  }

  @Test
  void refusesACutHeaderAtEachLength() {
    byte[] tcp = Arrays.copyOfRange(hex(TCP_PACKET), 20, 49);
    for (int length = 0; length < 24; length++) {
      assertEquals(Ip.MALFORMED, Tcp.check(Arrays.copyOf(tcp, length), 0, length));
    }
    for (int words = 0; words < 5; words++) {
      tcp[Tcp.DATA_OFFSET] = (byte) (words << 4);
      assertEquals(Ip.MALFORMED, Tcp.check(tcp, 0, tcp.length));
    }
    byte[] udp = Arrays.copyOfRange(hex(UDP_PACKET), 20, 31);
    for (int length = 0; length < 11; length++) {
      assertEquals(Ip.MALFORMED, Udp.check(Arrays.copyOf(udp, length), 0, length));
    }
    for (int length = 0; length < 8; length++) {
      udp[5] = (byte) length;
      assertEquals(Ip.MALFORMED, Udp.check(udp, 0, udp.length));
    }
    for (int length = 0; length < 8; length++) {
      byte[] zero = new byte[length];
      assertEquals(Ip.MALFORMED, Icmp.check(zero, 0, length));
      assertEquals(Ip.MALFORMED, Icmpv6.check(new byte[40 + length], 0, 40, length));
    }
  }

  @Test
  void refusesHeaderLengthsThatCantBe() {
    byte[] b = hex(TCP_PACKET);
    for (int words = 0; words < 5; words++) {
      b[0] = (byte) (0x40 | words);
      assertEquals(Ip.MALFORMED, Ip.check(b, 0, b.length));
    }
    b[0] = 0x4f;
    assertEquals(Ip.MALFORMED, Ip.check(b, 0, b.length), "header of 60, packet of 49");
    b[0] = 0x45;
    NetworkOrder.put16(b, Ipv4.TOTAL_LENGTH, 19);
    assertEquals(Ip.MALFORMED, Ip.check(b, 0, b.length));
    for (int version = 0; version < 16; version++) {
      byte[] other = hex(TCP_PACKET);
      other[0] = (byte) (version << 4 | 5);
      int expected = version == 4 ? 49 : Ip.MALFORMED;
      assertEquals(expected, Ip.check(other, 0, other.length), "version " + version);
    }
  }

  @Test
  void accessorsNeverFailOnceChecked() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    int checked = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] b = new byte[random.nextInt(90)];
      random.nextBytes(b);
      if (b.length > 3) {
        b[0] = (byte) (random.nextBoolean() ? 0x40 | random.nextInt(16) : 0x60);
        b[2] = 0;
        b[3] = (byte) random.nextInt(90);
        if (b.length > 5) {
          b[4] = 0;
          b[5] = (byte) random.nextInt(60);
        }
      }
      int total = Ip.check(b, 0, b.length);
      if (total < 0) {
        continue;
      }
      checked++;
      assertTrue(total <= b.length, "seed " + seed + " round " + round);
      assertEquals(
          (b[0] >> 4 == 4 ? (b[1] & 0x10) != 0 : (b[0] & 1) != 0), Ip.isLowDelay(b, 0, b.length));
      int payload = Ipv6.HEADER_LENGTH;
      if (Ip.version(b, 0) == Ipv4.VERSION) {
        Ipv4.isHeaderIntact(b, 0);
        Ipv4.decrementTimeToLive(b, 0);
        payload = Ipv4.headerLength(b, 0);
      }
      int length = total - payload;
      if (Tcp.check(b, payload, length) > 0) {
        Tcp.isIntact(b, 0, payload, length);
        Tcp.urgentPointer(b, payload);
        Tcp.findMaximumSegmentSize(b, payload);
      }
      if (Udp.check(b, payload, length) > 0) {
        Udp.isIntact(b, 0, payload);
      }
      Icmp.check(b, payload, length);
    }
    assertTrue(checked > 10_000, "checked " + checked);
  }

  @Test
  void findsASourceRouteAmongTheOptions() {
    assertFalse(hasSourceRoute(""));
    assertFalse(hasSourceRoute("01010101"));
    assertTrue(hasSourceRoute("01830704c0000201"));
    assertTrue(hasSourceRoute("0707040000000001" + "890304" + "00"));
    assertFalse(hasSourceRoute("0707040000000001" + "00890304"), "after the end");
    assertFalse(hasSourceRoute("07ff0483"), "length beyond the header");
    assertFalse(hasSourceRoute("07008383"), "length 0");
    assertFalse(hasSourceRoute("07018383"), "length 1");
    assertFalse(hasSourceRoute("01010107"), "length cut off");
  }

  private static boolean hasSourceRoute(String options) {
    byte[] b = new byte[AT + 20 + options.length() / 2];
    Ipv4.write(b, AT, 0, 0, 64, Ip.TCP, SOURCE, DESTINATION, options.length() / 2);
    System.arraycopy(hex(options), 0, b, AT + 20, options.length() / 2);
    b[AT] = (byte) (0x40 | (5 + options.length() / 8));
    assertEquals(b.length - AT, Ip.check(b, AT, b.length - AT));
    return Ipv4.hasSourceRoute(b, AT);
  }

  @Test
  void knowsFragments() {
    byte[] b = hex(UDP_PACKET);
    NetworkOrder.put16(b, 6, Ipv4.MORE_FRAGMENTS);
    assertTrue(Ipv4.isFragment(b, 0));
    NetworkOrder.put16(b, 6, 1);
    assertTrue(Ipv4.isFragment(b, 0));
    NetworkOrder.put16(b, 6, Ipv4.DONT_FRAGMENT);
    assertFalse(Ipv4.isFragment(b, 0));
    NetworkOrder.put16(b, 6, 0x8000);
    assertFalse(Ipv4.isFragment(b, 0));
  }

  private static byte[] hex(String s) {
    return HexFormat.of().parseHex(s);
  }

  private static byte[] ascii(String s) {
    return s.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] at(String s) {
    byte[] packet = hex(s);
    byte[] b = new byte[AT + packet.length];
    System.arraycopy(packet, 0, b, AT, packet.length);
    return b;
  }

  private static byte[] from(byte[] b) {
    return Arrays.copyOfRange(b, AT, b.length);
  }
}
