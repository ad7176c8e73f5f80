package linedisc.slip.inet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {

  @Test
  void sumsTheExampleOfRfc1071() {
    byte[] b = HexFormat.of().parseHex("0001f203f4f5f6f7");
    assertEquals(~0xddf2 & 0xffff, InternetChecksum.of(b, 0, b.length));
  }

  @Test
  void agreesWithTheDefinitionAtAllOffsetsAndLengths() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] b = new byte[90];
    for (int round = 0; round < 20; round++) {
      random.nextBytes(b);
      for (int offset = 0; offset < 9; offset++) {
        for (int length = 0; length <= b.length - offset; length++) {
          assertEquals(
              byDefinition(b, offset, length),
              InternetChecksum.of(b, offset, length),
              "seed " + seed + " offset " + offset + " length " + length);
        }
      }
    }
  }

  @Test
  void piecesAddUpToTheWhole() {
    byte[] b = new byte[64];
    new SplittableRandom(8).nextBytes(b);
    for (int cut = 0; cut <= b.length; cut += 2) {
      long sum = InternetChecksum.add(0, b, 0, cut);
      sum = InternetChecksum.add(sum, b, cut, b.length - cut);
      assertEquals(InternetChecksum.of(b, 0, b.length), InternetChecksum.of(sum), "cut " + cut);
    }
  }

  @Test
  void foldsWhatCarriesTwice() {
    byte[] b = new byte[65536];
    Arrays.fill(b, (byte) 0xff);
    assertEquals(0, InternetChecksum.of(b, 0, b.length));
    assertEquals(0xfffe, InternetChecksum.of(0x1_0000_0000L));
    assertEquals(0, InternetChecksum.of(0x1_ffff_fffeL));
    assertEquals(0xfffe, InternetChecksum.of(0x1_0000_ffff_ffffL));
  }

  @Test
  void updatesAsIfComputedAnew() {
    long seed = 9;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] b = new byte[20];
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(b);
      int before = NetworkOrder.get16(b, 8);
      int checksum = InternetChecksum.of(b, 0, b.length);
      int after = random.nextInt(4) == 0 ? 0xffff * random.nextInt(2) : random.nextInt(0x10000);
      NetworkOrder.put16(b, 8, after);
      int expected = InternetChecksum.of(b, 0, b.length);
      assertEquals(
          expected,
          InternetChecksum.update(checksum, before, after),
          "seed " + seed + " round " + round);
    }
  }

  private static int byDefinition(byte[] b, int offset, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (b[offset + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return ~sum & 0xffff;
  }
}
