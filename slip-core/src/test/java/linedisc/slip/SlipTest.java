package linedisc.slip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlipTest {
  private final SlipDecoder decoder = new SlipDecoder(64);

  @Test
  void encodesWithLeadingEndAndBothEscapes() {
    assertEquals("c0dbdcdbdd41c0", encode("c0db41"));
    assertEquals("c0c0", encode("").concat("c0"), "an empty packet is a lone END");
  }

  @Test
  void decodesWhatWasEncodedHoweverItIsCut() {
    SplittableRandom random = new SplittableRandom(1055);
    byte[] packet = new byte[64];
    random.nextBytes(packet);
    packet[0] = (byte) 0xc0;
    packet[13] = (byte) 0xdb;
    packet[63] = (byte) 0xdb;
    String hex = HexFormat.of().formatHex(packet);
    byte[] line = hex(encode(hex) + encode("0102c0"));
    for (int cut = 0; cut <= line.length; cut++) {
      SlipDecoder fresh = new SlipDecoder(64);
      FrameBatch batch = new FrameBatch(200, 4);
      assertEquals(cut, fresh.decode(line, 0, cut, batch));
      assertEquals(line.length, fresh.decode(line, cut, line.length, batch));
      assertEquals(List.of(hex, "0102c0"), frames(batch), "cut at " + cut);
      assertEquals(4, fresh.ends());
    }
  }

  @Test
  void framesMayShareOneEnd() {
    assertEquals(List.of("010203", "040506"), decode("010203c0040506c0"));
  }

  @Test
  void dropsFramesUnderThreeOctetsWithoutALoss() {
    assertEquals(List.of("010203"), decode("c0c001c00102c0010203c0"));
    assertEquals(2, decoder.runts());
    assertEquals(1, decoder.frames());
  }

  @Test
  void anUnknownOctetAfterEscDropsTheFrame() {
    assertEquals(List.of("040506!", "070809"), decode("0102db4103c0040506c0070809c0"));
    assertEquals(1, decoder.badEscapes());
  }

  @Test
  void anEscBeforeEndDropsTheFrame() {
    assertEquals(List.of("040506!"), decode("010203dbc0040506c0"));
    assertEquals(1, decoder.badEscapes());
  }

  @Test
  void aDoubledEscDropsTheFrame() {
    assertEquals(List.of("040506!"), decode("010203dbdbdcc0040506c0"));
    assertEquals(1, decoder.badEscapes());
  }

  @Test
  void anOverrunDropsTheFrameWholeAndOnlyThat() {
    assertEquals(List.of("040506!"), decode("41".repeat(65) + "c0040506c0"));
    assertEquals(1, decoder.overruns());
    assertEquals(List.of("41".repeat(64)), decode("41".repeat(64) + "c0"));
  }

  @Test
  void aLineErrorDropsTheFrameItFallsInto() {
    assertEquals(List.of(), decode("010203"));
    decoder.lineError();
    assertEquals(List.of("040506!"), decode("0405c0040506c0"));
    assertEquals(1, decoder.lineErrors());
  }

  @Test
  void resetForgetsHalfAFrameAndTheLoss() {
    decode("dbc00102db");
    decoder.reset();
    assertEquals(List.of("040506"), decode("040506c0"));
  }

  @Test
  void waitsAtTheEndWhileTheBatchHasNoRoom() {
    byte[] line = hex("c0010203c0040506c0");
    FrameBatch one = new FrameBatch(64, 1);
    assertEquals(8, decoder.decode(line, 0, line.length, one));
    assertEquals(List.of("010203"), frames(one));
    assertEquals(8, decoder.decode(line, 8, line.length, one), "still no room");
    one.clear();
    assertEquals(9, decoder.decode(line, 8, line.length, one));
    assertEquals(List.of("040506"), frames(one));
    assertEquals(3, decoder.ends());
    assertEquals(2, decoder.frames());
  }

  @Test
  void mistakesOfTheCallerAreThrown() {
    assertThrows(IllegalArgumentException.class, () -> new SlipDecoder(2));
    assertThrows(IllegalArgumentException.class, () -> new SlipDecoder(0x10000));
    assertThrows(
        IllegalArgumentException.class,
        () -> decoder.decode(new byte[1], 0, 1, new FrameBatch(63, 1)));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> decoder.decode(new byte[1], 0, 2, new FrameBatch(64, 1)));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> SlipEncoder.encode(new byte[4], 0, 4, new byte[9], 0));
  }

  private List<String> decode(String line) {
    byte[] in = hex(line);
    FrameBatch batch = new FrameBatch(200, 8);
    assertEquals(in.length, decoder.decode(in, 0, in.length, batch));
    return frames(batch);
  }

  private static String encode(String packet) {
    byte[] source = hex("ee" + packet);
    byte[] target = new byte[3 + SlipEncoder.maxEncodedLength(source.length - 1)];
    int length = SlipEncoder.encode(source, 1, source.length - 1, target, 3);
    assertArrayEquals(new byte[3], Arrays.copyOf(target, 3), "nothing in front is touched");
    return HexFormat.of().formatHex(target, 3, 3 + length);
  }

  /// The frames of a batch in hex, each with `!` behind it if it comes after a loss.
  static List<String> frames(FrameBatch batch) {
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      int from = batch.offset(i);
      frames.add(
          HexFormat.of().formatHex(batch.buffer(), from, from + batch.length(i))
              + (batch.mark(i) == FrameBatch.AFTER_LOSS ? "!" : ""));
    }
    return frames;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
