package linedisc.ppp.hdlc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import linedisc.slip.FrameBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The word-wise loops, with and without bit deposit, against the byte loop: octet for octet,
/// counter for counter. All arrays are as long as need be, so that no word reaches too far.
class HdlcWordsTest {
  private static final byte[] SPECIAL = HexFormat.of().parseHex("7e7d5e5d7f7c20213ffefdde11001fff");

  /// All but the flag.
  private static final int SPECIALS = SPECIAL.length - 1;

  /// That of IPv4, compressed.
  private static final byte PROTOCOL = 0x21;

  @Test
  void checksAsTheByteLoop() {
    SplittableRandom random = new SplittableRandom(1);
    for (int length = 0; length <= 1600; length++) {
      for (int offset = 0; offset < 9; offset++) {
        byte[] buffer = octets(random, offset + length, random.nextInt(5));
        int register = random.nextBoolean() ? Fcs16.INITIAL : random.nextInt(0x10000);
        assertEquals(
            HdlcByteLoop.fcs(register, buffer, offset, length),
            Fcs16.update(register, buffer, offset, length),
            "length " + length + ", offset " + offset + ", register " + register);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void encodesEachOctetAtEachPlaceUnderEachMap(boolean deposit) {
    List<AsyncMap> maps = new ArrayList<>(List.of(AsyncMap.NONE, AsyncMap.DEFAULT));
    for (int bit = 0; bit < 32; bit++) {
      maps.add(AsyncMap.of(1 << bit));
      maps.add(AsyncMap.of(~(1 << bit)));
    }
    maps.add(AsyncMap.of(0x000a0000, 0x91, 0x93, 0xff));
    maps.add(AsyncMap.of(0, 0x20));
    maps.add(AsyncMap.of(-1, 0x80));
    for (AsyncMap map : maps) {
      Framing framing = new Framing(map, 0, true, true, 1500);
      for (int octet = 0; octet < 256; octet++) {
        byte[] frame = new byte[1 + 17];
        Arrays.fill(frame, (byte) 'x');
        frame[0] = 0;
        frame[1 + octet % 8] = (byte) octet;
        frame[16 - octet % 8] = (byte) octet;
        assertEncodes(frame, 0, false, framing, true, deposit);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void encodesAsTheByteLoop(boolean deposit) {
    SplittableRandom random = new SplittableRandom(2);
    for (int length = 2; length <= 1600; length++) {
      for (int kind = 0; kind < 5; kind++) {
        int offset = random.nextInt(9);
        byte[] source = octets(random, offset + length, kind);
        switch (random.nextInt(3)) {
          case 0 -> source[offset] = 0;
          case 1 -> {
            source[offset] = (byte) 0xc0;
            source[offset + 1] = 0x21;
          }
          default -> {}
        }
        AsyncMap map =
            switch (random.nextInt(4)) {
              case 0 -> AsyncMap.NONE;
              case 1 -> AsyncMap.DEFAULT;
              case 2 -> AsyncMap.of(random.nextInt());
              default -> AsyncMap.of(random.nextInt() & random.nextInt(), 0x91, 0xff);
            };
        Framing framing = new Framing(map, 0, random.nextBoolean(), random.nextBoolean(), 1500);
        assertEncodes(
            source, offset, random.nextInt(4) == 0, framing, random.nextBoolean(), deposit);
      }
    }
  }

  private static void assertEncodes(
      byte[] source,
      int offset,
      boolean asDefault,
      Framing framing,
      boolean leadingFlag,
      boolean deposit) {
    byte[] frame = Arrays.copyOfRange(source, offset, source.length);
    int room = HdlcEncoder.maxEncodedLength(frame.length);
    byte[] expected = new byte[room];
    int written = HdlcByteLoop.encode(frame, asDefault, framing, leadingFlag, expected);
    byte[] target = new byte[offset + room];
    int actual =
        HdlcEncoder.encode(
            source, offset, frame.length, asDefault, framing, leadingFlag, target, offset, deposit);
    assertArrayEquals(new byte[offset], Arrays.copyOf(target, offset), "written in front");
    assertArrayEquals(
        Arrays.copyOf(expected, written),
        Arrays.copyOfRange(target, offset, offset + actual),
        () -> framing + " of " + HexFormat.of().formatHex(frame));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decodesEachPairOfSpecialsAtEachPlace(boolean deposit) {
    assertDecodesEachPair(new byte[0], deposit);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decodesEachPairOfSpecialsBehindManyEscapes(boolean deposit) {
    byte[] escapes = new byte[80];
    Arrays.fill(escapes, SPECIAL[1]);
    escapes[0] = PROTOCOL;
    for (int i = 2; i < escapes.length; i += 2) {
      escapes[i] = 'x';
    }
    escapes[escapes.length - 1] = 'x';
    assertDecodesEachPair(HdlcByteLoop.seal(escapes, 0), deposit);
  }

  private static void assertDecodesEachPair(byte[] before, boolean deposit) {
    for (int map : new int[] {0, 1 << 0x11, -1}) {
      for (int place = 0; place < 11; place++) {
        for (int pair = 0; pair < SPECIALS * SPECIALS; pair++) {
          byte[] body = new byte[20];
          Arrays.fill(body, (byte) 'x');
          body[0] = PROTOCOL;
          body[1 + place] = SPECIAL[1 + pair / SPECIALS];
          body[2 + place] = SPECIAL[1 + pair % SPECIALS];
          byte[] line = HdlcByteLoop.seal(body, map);
          Both both = new Both(60, 120, deposit, "place " + place + ", pair " + pair);
          both.decode(before, 0, before.length, map);
          both.decode(line, 0, line.length, map);
          assertEquals(before.length == 0 ? 1 : 2, both.loop.frames());
          both.compare();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decodesLinesCutAnywhere(boolean deposit) {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int map = map(random);
      byte[] line = line(random, map, 60, 4);
      for (int cut = 0; cut <= line.length; cut++) {
        Both both = new Both(25, 40, deposit, "seed " + seed + ", cut at " + cut);
        both.decode(line, 0, cut, map);
        both.decode(line, cut, line.length, map);
        both.compare();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decodesLongDamagedLinesInPieces(boolean deposit) {
    for (int seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int map = map(random);
      byte[] line = line(random, map, 8000, 1 + random.nextInt(9));
      int maxFrame = 2 + random.nextInt(1500);
      Both both = new Both(maxFrame, maxFrame + random.nextInt(1500), deposit, "seed " + seed);
      for (int at = 0; at < line.length; ) {
        int end = Math.min(line.length, at + 1 + random.nextInt(1 + random.nextInt(3000)));
        both.decode(line, at, end, map);
        if (random.nextInt(20) == 0) {
          both.lineError();
        }
        at = end;
      }
      both.compare();
    }
  }

  /// Octets: random; half of them special; all special; all the same; about as many special as make
  /// the decoder stop or begin to look for words without.
  private static byte[] octets(SplittableRandom random, int length, int kind) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    for (int i = 0; i < length; i++) {
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

  private static int map(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> 0x000a0000;
      default -> random.nextInt();
    };
  }

  /// Frames: sent by the rules; with octets that no sender leaves so, but which come out good; one
  /// in `damaged` with an octet changed, lost or put in.
  private static byte[] line(SplittableRandom random, int map, int atLeast, int damaged) {
    byte[] line = new byte[2 * atLeast + 4 * 1500 + 40];
    int length = 0;
    while (length < atLeast) {
      byte[] frame =
          octets(random, 3 + random.nextInt(Math.min(1500, 1 + atLeast / 2)), random.nextInt(5));
      byte[] encoded;
      if (random.nextBoolean()) {
        encoded = seal(frame, map);
      } else {
        encoded = encoded(random, frame);
      }
      int written = encoded.length - 1;
      if (random.nextInt(damaged) == 0) {
        int at = random.nextInt(written);
        switch (random.nextInt(3)) {
          case 0 -> encoded[at] = SPECIAL[random.nextInt(SPECIAL.length)];
          case 1 -> System.arraycopy(encoded, at + 1, encoded, at, written-- - at);
          default -> System.arraycopy(encoded, at, encoded, at + 1, written++ - at);
        }
      }
      System.arraycopy(encoded, 0, line, length, written);
      length += written;
    }
    return Arrays.copyOf(line, length);
  }

  /// With room for one octet more.
  private static byte[] seal(byte[] frame, int map) {
    for (int i = 0; i < frame.length; i++) {
      if (frame[i] == SPECIAL[0]) {
        frame[i] = 'x';
      }
    }
    frame[0] = PROTOCOL;
    frame[frame.length - 1] = 'x';
    byte[] line = HdlcByteLoop.seal(frame, map);
    return Arrays.copyOf(line, line.length + 1);
  }

  /// With room for one octet more.
  private static byte[] encoded(SplittableRandom random, byte[] frame) {
    if (random.nextBoolean()) {
      frame[0] = 0;
    }
    AsyncMap sendMap = AsyncMap.of(map(random));
    Framing framing = new Framing(sendMap, 0, random.nextBoolean(), random.nextBoolean(), 1500);
    byte[] line = new byte[HdlcEncoder.maxEncodedLength(frame.length)];
    int written = HdlcByteLoop.encode(frame, false, framing, random.nextBoolean(), line);
    return Arrays.copyOf(line, written + 1);
  }

  /// Both decoders on the same line.
  private static final class Both {
    private final String what;
    private final HdlcByteLoop loop;
    private final HdlcDecoder decoder;
    private final FrameBatch expected;
    private final FrameBatch actual;

    Both(int maxFrame, int room, boolean deposit, String what) {
      this.what = what;
      loop = new HdlcByteLoop(maxFrame);
      decoder = new HdlcDecoder(maxFrame, deposit);
      expected = new FrameBatch(room, 3);
      actual = new FrameBatch(room, 3);
    }

    void decode(byte[] line, int from, int end, int map) {
      byte[] in = Arrays.copyOf(line, end);
      int at = from;
      do {
        int next = loop.decode(in, at, end, map, expected);
        assertEquals(next, decoder.decode(in, at, end, map, actual), what);
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
      assertEquals(HdlcDecoderTest.frames(expected), HdlcDecoderTest.frames(actual), what);
      assertEquals(loop.counters(), HdlcByteLoop.counters(decoder), what);
    }
  }
}
