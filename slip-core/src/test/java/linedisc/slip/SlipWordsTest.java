package linedisc.slip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The word-wise loops, with and without bit deposit, against the byte loop: octet for octet,
/// counter for counter. All arrays are as long as need be, so that no word reaches too far.
class SlipWordsTest {
  private static final byte[] SPECIAL = HexFormat.of().parseHex("c0dbdcdd405b5c5d7fbfc1dadeff0080");

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void encodesAsTheByteLoop(boolean deposit) {
    SplittableRandom random = new SplittableRandom(1);
    for (int length = 0; length <= 1600; length++) {
      for (int kind = 0; kind < 5; kind++) {
        int offset = random.nextInt(9);
        byte[] source = octets(random, offset + length, kind);
        int room = SlipEncoder.maxEncodedLength(length);
        byte[] expected = new byte[room];
        int written = SlipByteLoop.encode(source, offset, length, expected, 0);
        byte[] target = new byte[offset + room];
        assertEquals(written, SlipEncoder.encode(source, offset, length, target, offset, deposit));
        int from = offset;
        assertArrayEquals(new byte[from], Arrays.copyOf(target, from), "written in front");
        assertArrayEquals(
            Arrays.copyOf(expected, written),
            Arrays.copyOfRange(target, from, from + written),
            () -> "of " + HexFormat.of().formatHex(source));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decodesEachPairOfSpecialsAtEachPlace(boolean deposit) {
    byte[] line = new byte[20];
    for (int place = 0; place < 11; place++) {
      for (int pair = 0; pair < SPECIAL.length * SPECIAL.length; pair++) {
        Arrays.fill(line, (byte) 'x');
        line[place] = SPECIAL[pair / SPECIAL.length];
        line[place + 1] = SPECIAL[pair % SPECIAL.length];
        line[18] = (byte) 0xc0;
        Both both = new Both(18, 60, deposit, "place " + place + ", pair " + pair);
        both.decode(line, 0, line.length);
        both.compare();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decodesLinesCutAnywhere(boolean deposit) {
    for (int seed = 0; seed < 300; seed++) {
      byte[] line = line(new SplittableRandom(seed), 60);
      for (int cut = 0; cut <= line.length; cut++) {
        Both both = new Both(25, 40, deposit, "seed " + seed + ", cut at " + cut);
        both.decode(line, 0, cut);
        both.decode(line, cut, line.length);
        both.compare();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decodesLongDamagedLinesInPieces(boolean deposit) {
    for (int seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] line = line(random, 8000);
      int maxFrame = 3 + random.nextInt(1500);
      Both both = new Both(maxFrame, maxFrame + random.nextInt(1500), deposit, "seed " + seed);
      for (int at = 0; at < line.length; ) {
        int end = Math.min(line.length, at + 1 + random.nextInt(1 + random.nextInt(3000)));
        both.decode(line, at, end);
        if (random.nextInt(20) == 0) {
          both.lineError();
        }
        at = end;
      }
      both.compare();
    }
  }

  /// Octets: random; half of them special; all special; all the same; text with a few special.
  private static byte[] octets(SplittableRandom random, int length, int kind) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    for (int i = 0; i < length; i++) {
      if (kind == 4) {
        octets[i] &= 0x7f;
      }
      if (kind == 2
          || (kind == 1 && random.nextBoolean())
          || (kind == 4 && random.nextInt(12) == 0)) {
        octets[i] = SPECIAL[random.nextInt(SPECIAL.length)];
      }
    }
    if (kind == 3) {
      Arrays.fill(octets, SPECIAL[length % SPECIAL.length]);
    }
    return octets;
  }

  /// Frames and damage: octets changed, lost and put in.
  private static byte[] line(SplittableRandom random, int atLeast) {
    byte[] line = new byte[2 * atLeast + 4 * 1500 + 10];
    int length = 0;
    while (length < atLeast) {
      byte[] packet =
          octets(random, random.nextInt(Math.min(1500, 1 + atLeast / 2)), random.nextInt(5));
      int written = SlipByteLoop.encode(packet, 0, packet.length, line, length);
      if (random.nextInt(3) == 0) {
        int at = length + random.nextInt(written);
        switch (random.nextInt(3)) {
          case 0 -> line[at] = SPECIAL[random.nextInt(SPECIAL.length)];
          case 1 -> System.arraycopy(line, at + 1, line, at, length + written-- - at);
          default -> System.arraycopy(line, at, line, at + 1, length + written++ - at);
        }
      }
      length += written;
    }
    return Arrays.copyOf(line, length);
  }

  /// Both decoders on the same line.
  private static final class Both {
    private final String what;
    private final SlipByteLoop loop;
    private final SlipDecoder decoder;
    private final FrameBatch expected;
    private final FrameBatch actual;

    Both(int maxFrame, int room, boolean deposit, String what) {
      this.what = what;
      loop = new SlipByteLoop(maxFrame);
      decoder = new SlipDecoder(maxFrame, deposit);
      expected = new FrameBatch(room, 3);
      actual = new FrameBatch(room, 3);
    }

    void decode(byte[] line, int from, int end) {
      byte[] in = Arrays.copyOf(line, end);
      int at = from;
      do {
        int next = loop.decode(in, at, end, expected);
        assertEquals(next, decoder.decode(in, at, end, actual), what);
        at = next;
        if (at < end) {
          compare();
          expected.clear();
          actual.clear();
        }
      } while (at < end);
    }

    void lineError() {
      loop.lineError();
      decoder.lineError();
    }

    void compare() {
      assertEquals(SlipTest.frames(expected), SlipTest.frames(actual), what);
      assertEquals(loop.counters(), SlipByteLoop.counters(decoder), what);
    }
  }
}
