package linedisc.slip;

import static linedisc.slip.SlipTest.frames;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SixBitTest {
  private final SixBitDecoder decoder = new SixBitDecoder(64);

  @Test
  void sixBitsAnOctetMostSignificantFirstFilledWithZeros() {
    // 000000 000000 000100 000010 111111 11(0000)
    assertEquals("70303034326f6070", encode("000102ff"));
  }

  @Test
  void anEmptyPacketIsALoneEnd() {
    assertEquals("70", encode(""));
  }

  @Test
  void decodesWhatWasEncodedHoweverItIsCut() {
    SplittableRandom random = new SplittableRandom(6);
    for (int length = 3; length <= 64; length++) {
      byte[] packet = new byte[length];
      random.nextBytes(packet);
      String hex = HexFormat.of().formatHex(packet);
      byte[] line = hex(encode(hex));
      for (byte octet : line) {
        assertTrue(octet >= 0x30 && octet <= 0x70);
      }
      int cut = random.nextInt(line.length + 1);
      FrameBatch batch = new FrameBatch(64, 4);
      assertEquals(cut, decoder.decode(line, 0, cut, batch));
      assertEquals(line.length, decoder.decode(line, cut, line.length, batch));
      assertEquals(List.of(hex), frames(batch), "length " + length + ", cut at " + cut);
    }
    assertEquals(2 * 62, decoder.ends());
  }

  @Test
  void ignoresEveryOtherOctet() {
    assertEquals(List.of("000102"), decode("0d0a713030ff347f2f320070"));
  }

  @Test
  void dropsRuntsAndOverrunsAndDamagedFrames() {
    assertEquals(List.of("000000"), decode("7030303070" + "3030303070"));
    assertEquals(1, decoder.runts());
    assertEquals(List.of("000000!"), decode("30".repeat(88) + "70" + "3030303070"));
    assertEquals(1, decoder.overruns());
    decode("3030");
    decoder.lineError();
    assertEquals(List.of("000000!"), decode("30303070" + "3030303070"));
    decode("3f3f");
    decoder.reset();
    assertEquals(List.of("000000"), decode("3030303070"));
  }

  @Test
  void waitsAtTheEndWhileTheBatchHasNoRoom() {
    byte[] line = hex("30303030703131313170");
    FrameBatch one = new FrameBatch(64, 1);
    assertEquals(9, decoder.decode(line, 0, line.length, one));
    one.clear();
    assertEquals(10, decoder.decode(line, 9, line.length, one));
    assertEquals(List.of("041041"), frames(one));
  }

  @Test
  void mistakesOfTheCallerAreThrown() {
    assertThrows(IllegalArgumentException.class, () -> new SixBitDecoder(2));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> SixBitEncoder.encode(new byte[4], 0, 4, new byte[7], 0));
  }

  private List<String> decode(String line) {
    byte[] in = hex(line);
    FrameBatch batch = new FrameBatch(200, 8);
    assertEquals(in.length, decoder.decode(in, 0, in.length, batch));
    return frames(batch);
  }

  private static String encode(String packet) {
    byte[] source = hex(packet);
    byte[] target = new byte[SixBitEncoder.maxEncodedLength(source.length)];
    int length = SixBitEncoder.encode(source, 0, source.length, target, 0);
    return HexFormat.of().formatHex(target, 0, length);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
