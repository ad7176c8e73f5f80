package linedisc.serial.forward.tcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Both rings against streams whose octets tell their place.
class BuffersTest {
  private static byte[] octets(long from, int length) {
    byte[] b = new byte[length];
    for (int i = 0; i < length; i++) {
      b[i] = (byte) ((from + i) * 31 >>> 3);
    }
    return b;
  }

  @Test
  void whatWasSentIsKeptInOrder() {
    SplittableRandom random = new SplittableRandom(5);
    SendBuffer buffer = new SendBuffer(100);
    long written = 0;
    long dropped = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] more = octets(written, random.nextInt(60));
      int taken = buffer.write(more, 0, more.length);
      assertEquals(Math.min(more.length, 100 - (written - dropped)), taken);
      written += taken;
      assertEquals(written - dropped, buffer.count());
      int from = random.nextInt(buffer.count() + 1);
      byte[] copy = new byte[random.nextInt(buffer.count() - from + 1)];
      buffer.copy(from, copy, 0, copy.length);
      assertEquals(
          new String(octets(dropped + from, copy.length), ISO_8859_1),
          new String(copy, ISO_8859_1));
      int drop = random.nextInt(buffer.count() + 1);
      buffer.drop(drop);
      dropped += drop;
    }
  }

  @Test
  void whatComesEarlyIsPutInOrder() {
    SplittableRandom random = new SplittableRandom(6);
    ReceiveBuffer buffer = new ReceiveBuffer(200);
    long awaited = 0;
    long read = 0;
    BitSet come = new BitSet();
    for (int i = 0; i < 200_000; i++) {
      int early = random.nextInt(3) == 0 ? 0 : random.nextInt(buffer.room() + 1);
      int length = random.nextInt(Math.min(30, buffer.room() - early) + 1);
      if (length > 0) {
        BitSet with = (BitSet) come.clone();
        with.set(early, early + length);
        // More pieces than it can note are not taken.
        come = pieces(with) <= 16 ? with : come;
        int advance = buffer.put(early, octets(awaited + early, length), 0, length);
        assertEquals(come.nextClearBit(0), advance);
        come = come.get(advance, 400);
        awaited += advance;
      }
      assertEquals(awaited - read, buffer.ready());
      byte[] out = new byte[random.nextInt(40)];
      int n = buffer.read(out, 0, out.length);
      byte[] expected = octets(read, n);
      for (int j = 0; j < n; j++) {
        assertEquals(expected[j], out[j], "octet " + (read + j));
      }
      read += n;
    }
  }

  private static int pieces(BitSet set) {
    int count = 0;
    for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(set.nextClearBit(i))) {
      count++;
    }
    return count;
  }
}
