package linedisc.examples.pppd.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PacketFilterTest {
  private static final byte[] WEB = ipv4(6, "10.0.0.1", "192.168.1.2", 40000, 80);
  private static final byte[] NAME = ipv4(17, "192.168.1.2", "10.0.0.1", 53, 40000);
  private static final byte[] PING = ipv4(1, "10.0.0.1", "10.0.0.2", 0x0800, 0);
  private static final byte[] WEB6 = ipv6(6, "2001:db8::1", "fe80::2", 40000, 443);

  @Test
  void protocols() throws FilterException {
    assertMatches("tcp", WEB, WEB6);
    assertMatches("udp", NAME);
    assertMatches("icmp", PING);
    assertMatches("ip", WEB, NAME, PING);
    assertMatches("ip6", WEB6);
    assertMatches("proto 17", NAME);
    assertMatches("ip proto \\tcp", WEB);
    assertMatches("ip6 proto 6", WEB6);
    assertMatches("", WEB, NAME, PING, WEB6);
  }

  @Test
  void hostsAndNetworks() throws FilterException {
    assertMatches("host 10.0.0.1", WEB, NAME, PING);
    assertMatches("src host 10.0.0.1", WEB, PING);
    assertMatches("dst 10.0.0.1", NAME);
    assertMatches("10.0.0.2", PING);
    assertMatches("src or dst 10.0.0.2", PING);
    assertMatches("src and dst net 10", PING);
    assertMatches("dst and src net 10.0.0.0/30", PING);
    assertMatches("net 192.168.1", WEB, NAME);
    assertMatches("net 192.168", WEB, NAME);
    assertMatches("net 192.168.0.0 mask 255.255.0.0", WEB, NAME);
    assertMatches("net 0.0.0.0/0", WEB, NAME, PING);
    assertMatches("host 10.0.0.0/8", WEB, NAME, PING);
    assertMatches("host here", WEB, NAME);
    assertMatches("ip host 10.0.0.2", PING);
    assertMatches("ip6 host 10.0.0.2");
  }

  @Test
  void addressesOfIpv6() throws FilterException {
    assertMatches("host 2001:db8::1", WEB6);
    assertMatches("src net 2001:db8::/32", WEB6);
    assertMatches("dst net 2001:db8::/32");
    assertMatches("net ::/0", WEB6);
    assertMatches("dst fe80::2", WEB6);
    assertMatches("net fe80::/65", WEB6);
    assertMatches("net fe80::2/128", WEB6);
  }

  @Test
  void ports() throws FilterException {
    assertMatches("port 80", WEB);
    assertMatches("dst port 443", WEB6);
    assertMatches("src port 40000", WEB, WEB6);
    assertMatches("src or dst port 40000", WEB, NAME, WEB6);
    assertMatches("udp port 40000", NAME);
    assertMatches("tcp src port 80");
    assertMatches("portrange 80-443", WEB, WEB6);
    assertMatches("port domain", NAME);
    assertMatches("port https or http", WEB, WEB6);
    assertMatches("ip6 dst port https", WEB6);
    assertMatches("port 8");
  }

  @Test
  void wordsBeforeHoldOn() throws FilterException {
    assertMatches("port 53 or 80", WEB, NAME);
    assertMatches("src 10.0.0.1 and not dst port 80", PING);
    assertMatches("dst host 10.0.0.1 or 10.0.0.2", NAME, PING);
    assertMatches("tcp port 443 or 80", WEB, WEB6);
    assertMatches("not port 80 and 53", NAME);
    assertMatches("not host 10.0.0.2 and 10.0.0.1", WEB, NAME);
  }

  @Test
  void andAndOrBindEquallyFromTheLeft() throws FilterException {
    assertMatches("icmp or udp and port 53", NAME);
    assertMatches("icmp or (udp and port 53)", NAME, PING);
    assertMatches("! tcp && ! udp", PING);
    assertMatches("not (tcp or udp)", PING);
    assertMatches("!(tcp || udp)", PING);
    assertMatches("not not icmp", PING);
  }

  @Test
  void directions() throws FilterException {
    assertTrue(matches("outbound", WEB, true));
    assertFalse(matches("outbound", WEB, false));
    assertTrue(matches("inbound", WEB, false));
    assertTrue(matches("outbound and not icmp", WEB, true));
    assertFalse(matches("outbound and not icmp", PING, true));
    assertTrue(matches("not outbound", PING, false));
  }

  @Test
  void onlyTheFirstFragmentHasPorts() throws FilterException {
    byte[] first = WEB.clone();
    first[6] = 0x20;
    assertTrue(matches("port 80", first, true));
    byte[] later = WEB.clone();
    later[7] = 1;
    assertFalse(matches("port 80", later, true));
    assertTrue(matches("tcp", later, true));
    for (int fragmentOffset : new int[] {0, 8}) {
      byte[] packet = ByteBuffer.allocate(WEB6.length + 8).put(WEB6, 0, 40).array();
      packet[5] += 8;
      packet[6] = 44;
      packet[40] = 6;
      packet[43] = (byte) (fragmentOffset | 1);
      System.arraycopy(WEB6, 40, packet, 48, WEB6.length - 40);
      assertEquals(fragmentOffset == 0, matches("port 443", packet, true));
      assertTrue(matches("tcp", packet, true));
    }
  }

  @Test
  void optionsOfIpAreSkipped() throws FilterException {
    byte[] packet = ByteBuffer.allocate(WEB.length + 8).put(WEB, 0, 20).array();
    packet[0] = 0x47;
    packet[3] += 8;
    System.arraycopy(WEB, 20, packet, 28, WEB.length - 20);
    assertTrue(matches("dst port 80", packet, true));
  }

  @Test
  void whatIsNoPacketNeverMatches() throws FilterException {
    for (String expression : List.of("", "tcp or not tcp", "outbound", "not port 80")) {
      for (int length = 0; length < 20; length++) {
        byte[] cut = new byte[length];
        System.arraycopy(WEB, 0, cut, 0, length);
        assertFalse(matches(expression, cut, true), expression + " " + length);
      }
      assertFalse(matches(expression, new byte[] {0x50, 0, 0, 0}, true));
    }
  }

  @Test
  void anyOctetsAtAllAreLookedAt() throws FilterException {
    var filters =
        List.of(
            compile("tcp port 80 or udp src port 53 and not host 10.0.0.1"),
            compile("ip6 and (net 2001:db8::/32 or dst portrange 1-1000)"),
            compile("icmp6 or proto 44"));
    for (long seed = 0; seed < 20_000; seed++) {
      var random = new SplittableRandom(seed);
      byte[] packet = new byte[random.nextInt(80)];
      random.nextBytes(packet);
      if (packet.length > 8) {
        packet[0] = (byte) (random.nextBoolean() ? 0x40 | random.nextInt(16) : 0x60);
        packet[2] = 0;
        packet[4] = 0;
        packet[6] = random.nextBoolean() ? 44 : packet[6];
      }
      int offset = packet.length == 0 ? 0 : random.nextInt(packet.length);
      for (PacketFilter filter : filters) {
        filter.matches(packet, 0, packet.length, true);
        filter.matches(packet, offset, packet.length - offset, false);
      }
    }
  }

  @Test
  void whatIsBeyondTheSubsetIsRefused() {
    assertEquals(
        "'tcp[13]': the octets of a packet can't be looked at (word 5)",
        mistake("tcp port 80 and tcp[13] & 2 != 0"));
    assertEquals("'ether' is not supported (word 1)", mistake("ether host 0:0:0:0:0:0"));
    assertEquals("'greater' is not supported (word 3)", mistake("ip and greater 100"));
    assertEquals(
        "'icmp[0]': the octets of a packet can't be looked at (word 4)",
        mistake("outbound and not icmp[0] == 11"));
    assertTrue(mistake("port gopher").contains("no service known here; give its port's number"));
    assertTrue(mistake("nowhere").contains("neither an address nor a host"));
  }

  @Test
  void mistakes() {
    for (String wrong :
        List.of(
            "(",
            ")",
            "tcp and",
            "and tcp",
            "not",
            "(tcp",
            "tcp)",
            "port",
            "port 65536",
            "port -1",
            "port 80-90x",
            "portrange 1-",
            "host",
            "net 10.0.0.1/8",
            "net 10/33",
            "net 10.0.0.0/8 mask 255.0.0.0",
            "net 10 mask 1.2.3",
            "host 1.2.3",
            "host 1.2.3.256",
            "net 2001:db8::1/32",
            "host fe80::1%eth0",
            "host ::g",
            "proto 256",
            "proto x",
            "tcp proto 6",
            "tcp udp",
            "src",
            "src or port 80",
            "host and tcp",
            "net 1.2.3.4.5",
            "tcp port 80 tcp",
            "&&",
            "ip proto",
            "mask 1.2.3.4")) {
      assertFalse(mistake(wrong).isEmpty(), wrong);
    }
    assertTrue(mistake("(".repeat(200) + "tcp" + ")".repeat(200)).contains("nested"));
    assertTrue(mistake("not ".repeat(200) + "tcp").contains("nested"));
    assertTrue(mistake("tcp or ".repeat(600) + "udp").contains("1000 words"));
  }

  @Test
  void aLongExpressionIsLookedAt() throws FilterException {
    assertTrue(matches("udp or ".repeat(499) + "tcp", WEB, true));
  }

  private static String mistake(String expression) {
    return assertThrows(FilterException.class, () -> compile(expression), expression).sentence();
  }

  /// Which of the four packets match, outbound.
  private static void assertMatches(String expression, byte[]... expected) throws FilterException {
    for (byte[] packet : List.of(WEB, NAME, PING, WEB6)) {
      assertEquals(
          List.of(expected).contains(packet),
          matches(expression, packet, true),
          expression
              + " of "
              + (packet == WEB
                  ? "WEB"
                  : packet == NAME ? "NAME" : packet == PING ? "PING" : "WEB6"));
    }
  }

  private static boolean matches(String expression, byte[] packet, boolean outbound)
      throws FilterException {
    byte[] moved = new byte[packet.length + 3];
    System.arraycopy(packet, 0, moved, 3, packet.length);
    return compile(expression).matches(moved, 3, packet.length, outbound);
  }

  private static PacketFilter compile(String expression) throws FilterException {
    return PacketFilter.compile(expression, PacketFilterTest::resolve);
  }

  private static @Nullable Inet4Address resolve(String host) {
    return host.equals("here") ? (Inet4Address) InetAddress.ofLiteral("192.168.1.2") : null;
  }

  private static byte[] ipv4(int protocol, String source, String destination, int from, int to) {
    return ByteBuffer.allocate(28)
        .put((byte) 0x45)
        .put((byte) 0)
        .putShort((short) 28)
        .putInt(0)
        .put((byte) 64)
        .put((byte) protocol)
        .putShort((short) 0)
        .put(InetAddress.ofLiteral(source).getAddress())
        .put(InetAddress.ofLiteral(destination).getAddress())
        .putShort((short) from)
        .putShort((short) to)
        .array();
  }

  private static byte[] ipv6(int protocol, String source, String destination, int from, int to) {
    return ByteBuffer.allocate(48)
        .putInt(0x60000000)
        .putShort((short) 8)
        .put((byte) protocol)
        .put((byte) 64)
        .put(InetAddress.ofLiteral(source).getAddress())
        .put(InetAddress.ofLiteral(destination).getAddress())
        .putShort((short) from)
        .putShort((short) to)
        .array();
  }
}
