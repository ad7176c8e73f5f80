package linedisc.serial.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PacketRingTest {
  @Test
  void asADequeOfArrays() {
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int maxPackets = 1 + random.nextInt(50);
      int maxOctets = 1 + random.nextInt(5000);
      PacketRing ring = new PacketRing(maxPackets, maxOctets);
      ArrayDeque<byte[]> model = new ArrayDeque<>();
      int octets = 0;
      for (int i = 0; i < 300; i++) {
        String message = "seed " + seed + ", step " + i;
        if (random.nextInt(5) < 3) {
          byte[] packet = new byte[random.nextInt(300)];
          random.nextBytes(packet);
          int split = random.nextInt(packet.length + 1);
          byte[] first = Arrays.copyOf(packet, split);
          boolean fits = model.size() < maxPackets && octets + packet.length <= maxOctets;
          assertEquals(fits, ring.fits(packet.length), message);
          assertEquals(fits, ring.add(first, split, packet, split, packet.length - split), message);
          if (fits) {
            model.add(packet);
            octets += packet.length;
          }
        } else {
          byte[] expected = model.poll();
          int room = random.nextInt(320);
          byte[] actual = new byte[room + 2];
          assertEquals(expected == null ? -1 : expected.length, ring.firstLength(), message);
          int length = ring.remove(actual, 1, room);
          if (expected == null) {
            assertEquals(-1, length, message);
          } else {
            octets -= expected.length;
            assertEquals(expected.length, length, message);
            int taken = Math.min(room, length);
            assertArrayEquals(
                Arrays.copyOf(expected, taken), Arrays.copyOfRange(actual, 1, 1 + taken), message);
            assertEquals(0, actual[1 + taken], message);
          }
        }
        assertEquals(model.size(), ring.count(), message);
        assertEquals(octets, ring.octets(), message);
      }
    }
  }

  @Test
  void clearForgets() {
    PacketRing ring = new PacketRing(2, 10);
    assertTrue(ring.add(new byte[5], 0, 5));
    assertTrue(ring.add(new byte[5], 0, 5));
    assertFalse(ring.add(new byte[0], 0, 0));
    ring.clear();
    assertEquals(0, ring.count());
    assertEquals(-1, ring.firstLength());
    assertTrue(ring.add(new byte[10], 0, 10));
  }
}
