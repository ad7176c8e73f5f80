package linedisc.slip.vj;

import static linedisc.slip.vj.VjType.COMPRESSED_TCP;
import static linedisc.slip.vj.VjType.IP;
import static linedisc.slip.vj.VjType.UNCOMPRESSED_TCP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VjDecompressorTest {
  private final VjPair pair = new VjPair(16, true);
  private final VjDecompressor decompressor = pair.decompressor;
  private final Segment segment =
      new Segment().sequence(1000).acknowledgment(5000).identification(77);

  private static VjPair.Frame with(VjPair.Frame frame, int at, int octet) {
    byte[] octets = frame.octets().clone();
    octets[at] = (byte) octet;
    return new VjPair.Frame(frame.type(), octets);
  }

  private static VjPair.Frame compressed(String hex) {
    return new VjPair.Frame(COMPRESSED_TCP, HexFormat.of().parseHex(hex));
  }

  /// The next packet of the connection must arrive, once its header has been sent anew.
  private void assertRecovers() {
    pair.compressor.reset();
    for (int i = 0; i < 2; i++) {
      byte[] packet = segment.next(10);
      assertArrayEquals(packet, pair.decompress(pair.compress(packet)));
    }
  }

  @Test
  void tossesUntilASlotIsGiven() {
    byte[] first = segment.next(10);
    VjPair.Frame whole = pair.compress(first);
    VjPair.Frame implicit = pair.compress(segment.next(10));
    assertNull(pair.decompress(implicit), "nothing was ever received");
    assertEquals(1, decompressor.tossed());
    assertNotNull(pair.decompress(whole));
    assertNotNull(pair.decompress(implicit));

    decompressor.toss();
    for (int i = 0; i < 5; i++) {
      assertNull(pair.decompress(pair.compress(segment.next(10))));
    }
    assertEquals(6, decompressor.tossed());
    assertRecovers();
    assertEquals(0, decompressor.errors());
  }

  @Test
  void anExplicitSlotEndsTossing() {
    Segment other = new Segment().ports(7, 7);
    pair.decompress(pair.compress(segment.next(10)));
    pair.decompress(pair.compress(other.next(10)));
    decompressor.toss();
    byte[] packet = segment.next(10);
    assertArrayEquals(packet, pair.decompress(pair.compress(packet)));
    packet = segment.next(10);
    assertArrayEquals(packet, pair.decompress(pair.compress(packet)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 255, 256})
  void refusesSlotsItHasNot(int slots) {
    VjDecompressor small = new VjDecompressor(slots);
    VjPair.Frame whole = pair.compress(segment.next(10));
    VjPair.Frame next = pair.compress(segment.next(10));
    byte[] octets = new byte[next.octets().length + 1];
    System.arraycopy(next.octets(), 0, octets, 1, next.octets().length);
    octets[0] = 0x4f;
    VjPair.Frame explicit = new VjPair.Frame(COMPRESSED_TCP, octets);
    int refused = 0;
    for (int slot = 0; slot < 256; slot++) {
      boolean exists = slot < slots;
      assertNull(VjPair.decompress(small, with(explicit, 1, slot)), "empty slot " + slot);
      assertEquals(exists, VjPair.decompress(small, with(whole, 9, slot)) != null);
      assertEquals(exists, VjPair.decompress(small, with(explicit, 1, slot)) != null);
      refused += exists ? 0 : 3;
      assertEquals(refused, small.errors());
    }
    assertEquals(slots, small.tossed());
    // After a slot that isn't there, packets without a slot are not for the slot before.
    VjPair.decompress(small, with(whole, 9, 0));
    if (slots < 256) {
      VjPair.decompress(small, with(explicit, 1, slots));
      assertNull(VjPair.decompress(small, next));
      assertEquals(slots + 1, small.tossed());
    }
  }

  @Test
  void aCutHeaderChangesNothing() {
    segment.tcpOptions = new byte[] {1, 1, 1, 1};
    VjPair.Frame whole = pair.compress(segment.next(0));
    Segment other = new Segment().ports(7, 7);
    pair.compress(other.next(1));
    segment.flags(Tcp.ACK | Tcp.URG | Tcp.PSH).urgentPointer(700);
    segment.window += 800;
    segment.acknowledgment += 900;
    segment.identification += 1000;
    byte[] packet = segment.packet();
    VjPair.Frame last = pair.compress(packet);
    assertEquals(2 + 2 + 4 * 3, last.octets().length);
    for (int length = 0; length < last.octets().length; length++) {
      VjDecompressor fresh = new VjDecompressor(16);
      VjPair.decompress(fresh, whole);
      byte[] cut = Arrays.copyOf(last.octets(), length);
      assertNull(VjPair.decompress(fresh, new VjPair.Frame(COMPRESSED_TCP, cut)));
      assertEquals(1, fresh.errors(), "length " + length);
      assertArrayEquals(packet, VjPair.decompress(fresh, last), "length " + length);
    }
    for (int length = 0; length < whole.octets().length; length++) {
      VjDecompressor fresh = new VjDecompressor(16);
      byte[] cut = Arrays.copyOf(whole.octets(), length);
      assertNull(VjPair.decompress(fresh, new VjPair.Frame(UNCOMPRESSED_TCP, cut)));
      assertEquals(1, fresh.errors(), "length " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0f",
        "0f12",
        "40",
        "4000",
        "400012",
        "011234",
        "01123400",
        "0112340001",
        "021234",
        "02123400",
        "041234",
        "08123400",
        "201234",
        "2012340002",
        "271234010203",
        "2f123400"
      })
  void aCutNumberIsNoNumber(String cut) {
    pair.decompress(whole());
    assertNull(pair.decompress(compressed(cut)));
    assertEquals(1, decompressor.errors());
    assertRecovers();
  }

  private static VjPair.Frame whole() {
    return new VjPair(1, true).compress(new Segment().packet());
  }

  @Test
  void refusesUncompressedPacketsThatCantBe() {
    VjPair.Frame whole = pair.compress(segment.next(10));
    int refused = 0;
    for (int at = 0; at < 20; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] octets = whole.octets().clone();
        octets[at] ^= (byte) (1 << bit);
        boolean typeBits = at == 0 && bit >= 4;
        boolean slot = at == 9 && bit < 4;
        VjPair.Frame frame = new VjPair.Frame(UNCOMPRESSED_TCP, octets);
        assertEquals(typeBits || slot, VjPair.decompress(decompressor, frame) != null);
        refused += typeBits || slot ? 0 : 1;
        assertEquals(refused, decompressor.errors(), "octet " + at + " bit " + bit);
      }
    }
    byte[] fragment = whole.octets().clone();
    fragment[6] = 0x20;
    fragment[9] = 6;
    Ipv4.seal(fragment, 0);
    fragment[9] = 0;
    assertNull(pair.decompress(new VjPair.Frame(UNCOMPRESSED_TCP, fragment)));
    assertRecovers();
  }

  @Test
  void refusesHeadersLongerThanThePacket() {
    for (int ip = 0; ip < 16; ip++) {
      for (int tcp = 0; tcp < 16; tcp++) {
        for (int length = 0; length <= 130; length += 2) {
          byte[] octets = new byte[length];
          if (length >= 20) {
            octets[0] = (byte) (0x40 | ip);
            octets[3] = (byte) length;
            octets[9] = 6;
            if (ip * 4 <= length) {
              Ipv4.seal(octets, 0);
            }
            octets[9] = 0;
            if (ip * 4 + 12 < length) {
              octets[ip * 4 + 12] = (byte) (tcp << 4);
            }
          }
          long uncompressed = decompressor.uncompressed();
          pair.decompress(new VjPair.Frame(UNCOMPRESSED_TCP, octets));
          boolean possible = ip >= 5 && tcp >= 5 && ip * 4 + tcp * 4 <= length;
          assertEquals(
              possible,
              decompressor.uncompressed() > uncompressed,
              "IHL " + ip + " data offset " + tcp + " length " + length);
        }
      }
    }
    assertRecovers();
  }

  @Test
  void ignoresTheBitsThatSlipHasForTheType() {
    byte[] first = segment.next(10);
    VjPair.Frame whole = pair.compress(first);
    assertArrayEquals(first, pair.decompress(with(whole, 0, whole.octets()[0] | 0x70)));
    byte[] second = segment.next(10);
    VjPair.Frame next = pair.compress(second);
    assertArrayEquals(second, pair.decompress(with(next, 0, next.octets()[0] | 0x80)));
  }

  @Test
  void aWrongChecksumForgetsTheSlot() {
    pair.decompress(pair.compress(segment.next(10)));
    VjPair.Frame frame = pair.compress(segment.next(10));
    assertNull(pair.decompress(with(frame, 5, frame.octets()[5] ^ 1)));
    assertEquals(1, decompressor.mismatches());
    assertNull(pair.decompress(pair.compress(segment.next(10))));
    assertNull(pair.decompress(compressed("4f00" + "0000")));
    assertEquals(2, decompressor.tossed());
    assertRecovers();

    VjPair.Frame whole = pair.compress(segment.sequence(0).next(10));
    assertEquals(UNCOMPRESSED_TCP, whole.type());
    assertNull(pair.decompress(with(whole, 25, whole.octets()[25] ^ 1)));
    assertEquals(2, decompressor.mismatches());
    assertNull(pair.decompress(pair.compress(segment.next(10))));
    assertRecovers();
  }

  @Test
  void noticesALostEndOfUrgentData() {
    pair.decompress(pair.compress(segment.next(1)));
    pair.decompress(pair.compress(segment.flags(Tcp.ACK | Tcp.URG).urgentPointer(1).next(1)));
    // This one is lost, and nobody says so.
    pair.compress(segment.flags(Tcp.ACK).urgentPointer(0).next(1));
    // One too low in the sequence number, one too high in the urgent pointer: the sum is right.
    assertNull(pair.decompress(pair.compress(segment.next(1))));
    assertEquals(1, decompressor.mismatches());
    assertRecovers();
  }

  @Test
  void noticesALostFrame() {
    pair.decompress(pair.compress(segment.next(100)));
    pair.compress(segment.next(100));
    assertNull(pair.decompress(pair.compress(segment.next(100))));
    assertEquals(1, decompressor.mismatches());
    assertRecovers();
  }

  @Test
  void writesOnlyWhereThereIsRoom() {
    byte[] first = segment.next(10);
    VjPair.Frame whole = pair.compress(first);
    byte[] second = segment.next(10);
    VjPair.Frame next = pair.compress(second);
    for (int room = 0; room <= 60; room++) {
      VjDecompressor fresh = new VjDecompressor(16);
      byte[] target = new byte[7 + room];
      int length =
          fresh.decompress(whole.type(), whole.octets(), 0, whole.octets().length, target, 7);
      assertEquals(room >= 50 ? 50 : VjDecompressor.NOTHING, length);
      VjPair.decompress(fresh, whole);
      length = fresh.decompress(next.type(), next.octets(), 0, next.octets().length, target, 7);
      assertEquals(room >= 50 ? 50 : VjDecompressor.NOTHING, length);
      length = fresh.decompress(IP, first, 0, 50, target, 7);
      assertEquals(room >= 50 ? 50 : VjDecompressor.NOTHING, length);
    }
  }

  @Test
  void refusesPacketsLongerThanIpCanSay() {
    pair.decompress(pair.compress(segment.next(10)));
    byte[] frame = new byte[65535];
    frame[0] = 0x0f;
    byte[] target = new byte[70_000];
    assertEquals(
        VjDecompressor.NOTHING,
        decompressor.decompress(COMPRESSED_TCP, frame, 0, 65535, target, 0));
    assertEquals(1, decompressor.errors());
    int longest = 65535 - 40 + 3;
    decompressor.reset();
    pair.decompress(whole());
    assertEquals(
        VjDecompressor.NOTHING,
        decompressor.decompress(COMPRESSED_TCP, frame, 0, longest, target, 0));
    assertEquals(1, decompressor.mismatches(), "only the checksum was wrong");
    assertRecovers();
  }

  @Test
  void neverThrowsWhateverComes() {
    long seed = 21;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] target = new byte[300];
    for (int round = 0; round < 200_000; round++) {
      byte[] octets;
      if (random.nextInt(4) == 0) {
        octets = pair.compress(segment.next(random.nextInt(60))).octets().clone();
        for (int i = random.nextInt(3); i > 0; i--) {
          octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
      } else {
        octets = new byte[random.nextInt(60)];
        random.nextBytes(octets);
      }
      VjType type = random.nextInt(3) == 0 ? UNCOMPRESSED_TCP : COMPRESSED_TCP;
      int length = decompressor.decompress(type, octets, 0, octets.length, target, 0);
      assertTrue(
          length == VjDecompressor.NOTHING
              || (length >= 40 && length <= octets.length + VjDecompressor.MAX_GROWTH),
          "seed " + seed + " round " + round);
    }
    assertRecovers();
  }

  @Test
  void resetForgetsTheConnections() {
    pair.decompress(pair.compress(segment.next(10)));
    decompressor.reset();
    assertNull(pair.decompress(pair.compress(segment.next(10))));
    assertNull(pair.decompress(compressed("4f00" + "0000")));
    assertEquals(2, decompressor.tossed());
    assertRecovers();
  }
}
