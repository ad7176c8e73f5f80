package linedisc.serial.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Ipv6;
import linedisc.slip.inet.Tcp;
import org.junit.jupiter.api.Test;

class SegmentClampTest {
  private static final int FROM = 0x0a000002;
  private static final int TO = 0x0a000102;

  /// A segment whose options are so many NOPs, the segment size, and NOPs up to the next word.
  static byte[] syn4(int from, int to, int bits, int padding, int segmentSize) {
    int options = (padding + 4 + 3) & ~3;
    byte[] b = new byte[Ipv4.HEADER_LENGTH + Tcp.HEADER_LENGTH + options + 3];
    int at = Ipv4.write(b, 0, 0, 7, 64, Ip.TCP, from, to, b.length - Ipv4.HEADER_LENGTH);
    segment(b, at, bits, padding, segmentSize, options);
    return b;
  }

  private static byte[] syn6(int bits, int padding, int segmentSize) {
    int options = (padding + 4 + 3) & ~3;
    byte[] b = new byte[Ipv6.HEADER_LENGTH + Tcp.HEADER_LENGTH + options];
    byte[] from = Prefix.address("fd00::1").getAddress();
    byte[] to = Prefix.address("fd00::2").getAddress();
    int at = Ipv6.write(b, 0, 0, 64, Ip.TCP, from, to, b.length - Ipv6.HEADER_LENGTH);
    segment(b, at, bits, padding, segmentSize, options);
    return b;
  }

  private static void segment(
      byte[] b, int at, int bits, int padding, int segmentSize, int options) {
    int header = Tcp.write(b, at, 1000, 80, 0x12345678, 0, bits, 5000, options);
    Arrays.fill(b, at + Tcp.HEADER_LENGTH, at + header, (byte) 1);
    int option = at + Tcp.HEADER_LENGTH + padding;
    b[option] = 2;
    b[option + 1] = 4;
    b[option + 2] = (byte) (segmentSize >> 8);
    b[option + 3] = (byte) segmentSize;
    Tcp.seal(b, 0, at, b.length - at);
  }

  /// The number at this place of the TCP header.
  static int segmentSize(byte[] packet, int at) {
    int tcp = Ip.version(packet, 0) == 4 ? Ipv4.headerLength(packet, 0) : Ipv6.HEADER_LENGTH;
    return (packet[tcp + at - 2] & 0xff) << 8 | (packet[tcp + at - 1] & 0xff);
  }

  private static void assertClamped(byte[] packet, int padding, int expected, String what) {
    int tcp = Ip.version(packet, 0) == 4 ? Ipv4.HEADER_LENGTH : Ipv6.HEADER_LENGTH;
    assertEquals(expected, segmentSize(packet, Tcp.HEADER_LENGTH + padding + 4), what);
    assertTrue(Tcp.isIntact(packet, 0, tcp, packet.length - tcp), what);
  }

  @Test
  void lowersTheOptionWhereverItStands() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      int padding = random.nextInt(9);
      int size = random.nextInt(0x10000);
      int mtu = random.nextInt(100, 3000);
      int bits = Tcp.SYN | (random.nextBoolean() ? Tcp.ACK : 0);
      String what = "padding " + padding + ", size " + size + ", mtu " + mtu;
      byte[] packet = syn4(FROM, TO, bits, padding, size);
      SegmentClamp.apply(packet, packet.length, mtu);
      assertClamped(packet, padding, Math.min(size, mtu - 40), what);
      packet = syn6(bits, padding, size);
      SegmentClamp.apply(packet, packet.length, mtu);
      assertClamped(packet, padding, Math.min(size, mtu - 60), what);
    }
  }

  @Test
  void leavesEverythingElseAlone() {
    byte[] data = syn4(FROM, TO, Tcp.ACK, 0, 1460);
    byte[] fragment = syn4(FROM, TO, Tcp.SYN, 0, 1460);
    Ipv4.setFlagsAndOffset(fragment, 0, 1);
    byte[] udp = syn4(FROM, TO, Tcp.SYN, 0, 1460);
    udp[9] = Ip.UDP;
    byte[] cut = syn4(FROM, TO, Tcp.SYN, 0, 1460);
    cut[20 + 21] = 9; // an option that is longer than the header
    byte[] ended = syn4(FROM, TO, Tcp.SYN, 4, 1460);
    ended[20 + 20] = 0;
    for (byte[] packet : new byte[][] {data, fragment, udp, cut, ended}) {
      byte[] before = packet.clone();
      SegmentClamp.apply(packet, packet.length, 296);
      assertArrayEquals(before, packet);
    }
  }

  @Test
  void damageNeverThrows() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 20_000; i++) {
      byte[] packet = syn4(FROM, TO, Tcp.SYN, random.nextInt(9), 1460);
      for (int hits = random.nextInt(1, 5); hits > 0; hits--) {
        packet[random.nextInt(20, packet.length)] = (byte) random.nextInt();
      }
      SegmentClamp.apply(packet, packet.length, 576);
    }
  }
}
