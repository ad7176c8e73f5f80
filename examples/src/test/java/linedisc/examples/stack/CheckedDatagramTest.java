package linedisc.examples.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CheckedDatagramTest {
  private static final int OFFSET = 3;

  private static boolean isGood(byte[] b, int length) {
    return CheckedDatagram.isOne(b, OFFSET, length)
        && CheckedDatagram.isIntact(b, OFFSET, length, new byte[length]);
  }

  private static byte[] datagram(int length, long run, long number) {
    byte[] packet = new byte[length];
    CheckedDatagram.write(packet, length, 0x0a000001, 0x0a000002, run, number);
    byte[] placed = new byte[OFFSET + length];
    System.arraycopy(packet, 0, placed, OFFSET, length);
    return placed;
  }

  @Test
  void allLengthsAreReadBack() {
    for (int length = CheckedDatagram.SHORTEST; length < 100; length++) {
      byte[] b = datagram(length, -5, length);
      assertTrue(isGood(b, length));
      assertEquals(-5, CheckedDatagram.run(b, OFFSET));
      assertEquals(length, CheckedDatagram.number(b, OFFSET));
    }
  }

  @Test
  void everyChangedOctetOfTheDatagramIsTold() {
    int length = 64;
    for (int i = 20; i < length; i++) {
      byte[] b = datagram(length, 1, 2);
      b[OFFSET + i] ^= 1;
      assertFalse(isGood(b, length), "octet " + i);
    }
  }

  @Test
  void anythingMayBeAsked() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] b = datagram(60, 1, i);
      int changes = 1 + random.nextInt(4);
      for (int k = 0; k < changes; k++) {
        b[OFFSET + random.nextInt(28)] = (byte) random.nextInt();
      }
      int length = random.nextInt(61);
      assertTrue(!isGood(b, length) || length == 60, "seed " + seed);
    }
  }
}
