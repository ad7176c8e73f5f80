package linedisc.ppp.hdlc;

import static linedisc.ppp.hdlc.HdlcEncoderTest.encode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import linedisc.slip.FrameBatch;
import org.junit.jupiter.api.Test;

class HdlcDecoderTest {
  private static final int ALL_CONTROLS = 0xffffffff;

  /// An IPv4 frame of three octets and how it looks on a transparent line, without flags.
  private static final String GOOD = "0021450102";

  private static final String GOOD_LINE = body("ff03" + GOOD);

  private final HdlcDecoder decoder = new HdlcDecoder(64);

  @Test
  void framesFromRealPeers() {
    assertEquals(
        List.of("c0210101001402060000000005065d58cf4107020802"),
        decode(
            "7eff7d23c0217d217d217d207d347d227d267d207d207d207d207d257d265d58cf417d277d227d287d22c4c97e"));
    assertEquals(
        List.of("80210202000a0306c0000202"),
        decode("7eff7d2380217d227d227d207d2a7d237d26c07d207d227d2206a17e", 0));
    assertEquals(
        List.of("c0210103001402060000000005066606be7007020802"),
        decode(
            "7eff7d23c0217d217d237d207d347d227d267d207d207d207d207d257d26667d26be707d277d227d287d22f2477e"));
    assertEquals(List.of("c02102010004"), decode("7eff7d23c0217d227d217d207d241c907e", 0));
    assertEquals(
        List.of("80fd0102000f1a0478001804780015032f"),
        decode("7eff0380fd0102000f1a0478001804780015032f8f4e7e", 0));
  }

  @Test
  void aModemThatEscapesTheAddress() {
    assertEquals(
        List.of("c021010100140206000000000506930f022207020802"),
        decode(
            "7E7DDF7D23C0217D217D217D207D347D227D267D207D207D207D207D257D26937D2F7D22227D277D227D287D22DE6C7E"));
  }

  @Test
  void anIpv6FrameWithFlagsInside() {
    assertEquals(
        List.of(
            "0057"
                + "60000000000c3a40"
                + "fe800000000000000000"
                + "5efffe005344"
                + "fe80000000000000"
                + "a1416d45bf2805d1"
                + "8000086c7e3200025b2c1d25"),
        decode(
            "7eff7d230057607d207d207d207d207d2c3a40fe807d207d207d207d207d207d207d207d205efffe7d205344"
                + "fe807d207d207d207d207d207d20a1416d45bf287d25d1807d207d286c7d5e327d207d225b2c7d3d2520117e",
            0));
  }

  @Test
  void framesMayShareOneFlagAndEmptyOnesAreNothing() {
    assertEquals(
        List.of(GOOD, GOOD, GOOD),
        decode("7e7e" + GOOD_LINE + "7e" + GOOD_LINE + "7e7e7e" + GOOD_LINE + "7e", 0));
    assertEquals(3, decoder.frames());
    assertEquals(0, decoder.runts() + decoder.badFcs());
  }

  @Test
  void decodesHoweverTheLineIsCut() {
    String packet = "0021" + "7e7d5e5d00112233445566778899aabbccddeeff".repeat(2);
    byte[] line =
        hex(
            encode(packet, false, Framing.DEFAULT, true)
                + encode(GOOD, false, Framing.DEFAULT, false));
    for (int first = 0; first <= line.length; first++) {
      for (int second = first; second <= line.length; second++) {
        HdlcDecoder fresh = new HdlcDecoder(64);
        FrameBatch batch = new FrameBatch(200, 4);
        fresh.decode(line, 0, first, ALL_CONTROLS, batch);
        fresh.decode(line, first, second, ALL_CONTROLS, batch);
        fresh.decode(line, second, line.length, ALL_CONTROLS, batch);
        assertEquals(List.of(packet, GOOD), frames(batch), "cut at " + first + " and " + second);
      }
    }
  }

  @Test
  void acceptsBothCompressionsAtAnyTime() {
    assertEquals(
        List.of(GOOD, GOOD, GOOD, GOOD),
        decode(
            "7e"
                + body("ff030021450102")
                + "7e"
                + body("ff0321450102")
                + "7e"
                + body("0021450102")
                + "7e"
                + body("21450102")
                + "7e",
            0));
  }

  /// Security case 33: a compressed protocol field is taken on asynchronous lines although it was
  /// not negotiated, and the information keeps its place.
  @Test
  void case33CompressedProtocolExpandsAndShiftsNothing() {
    assertEquals(
        List.of("0021", "00fd", "0001aa"),
        decode("7e" + body("21") + "7e" + body("fd") + "7e" + body("01aa") + "7e", 0));
  }

  @Test
  void stopsAfterAnLcpPacket() {
    byte[] line = hex("7e" + body("ff03c02102010004") + "7e" + GOOD_LINE + "7e");
    FrameBatch batch = new FrameBatch(64, 4);
    int at = decoder.decode(line, 0, line.length, 0, batch);
    assertEquals(1 + 10 + 1, at);
    assertEquals(List.of("c02102010004"), frames(batch));
    assertEquals(line.length, decoder.decode(line, at, line.length, 0, batch));
    assertEquals(List.of("c02102010004", GOOD), frames(batch));
  }

  @Test
  void dropsControlsTheLinePutIn() {
    String noisy = "11" + GOOD_LINE.substring(0, 4) + "13" + GOOD_LINE.substring(4);
    assertEquals(List.of(GOOD), decode("7e" + noisy + "7e", 0x000a0000));
    assertEquals(2, decoder.discardedControls());
    assertEquals(List.of(), decode("7e" + noisy + "7e", 0));
    assertEquals(1, decoder.badFcs());
  }

  @Test
  void aDroppedControlLeavesTheEscapePending() {
    String line = encode("00217e", false, Framing.DEFAULT, true).replace("7d5e", "7d115e");
    assertEquals(List.of("00217e"), decode(line, 0x000a0000 | 1 << 3));
    assertEquals(1, decoder.discardedControls());
  }

  @Test
  void afterAnEscapeAnEscapeIsData() {
    String body = body("ff0300215d");
    assertEquals(List.of("00215d"), decode("7e" + body.replace("5d", "7d7d") + "7e", 0));
  }

  @Test
  void anEscapeBeforeTheFlagAborts() {
    assertEquals(List.of(GOOD + "!"), decode("7e" + GOOD_LINE + "7d7e" + GOOD_LINE + "7e", 0));
    assertEquals(1, decoder.aborts());
    assertEquals(0, decoder.badFcs());
  }

  @Test
  void aBadFcsIsALoss() {
    assertEquals(
        List.of(GOOD + "!", GOOD),
        decode("7eff0300214501020000" + "7e" + GOOD_LINE + "7e" + GOOD_LINE + "7e", 0));
    assertEquals(1, decoder.badFcs());
  }

  @Test
  void runts() {
    assertEquals(List.of(GOOD + "!"), decode("7e007e00007e" + GOOD_LINE + "7e", 0));
    assertEquals(2, decoder.runts());
    assertEquals(
        List.of(GOOD + "!"),
        decode(
            body("ff03") + "7e" + body("00") + "7e" + body("ff0300") + "7e" + GOOD_LINE + "7e", 0));
    assertEquals(5, decoder.runts());
    assertEquals(0, decoder.badFcs());
  }

  @Test
  void addressesThatAreNotPpp() {
    assertEquals(
        List.of(GOOD + "!"),
        decode(body("ff0700214501") + "7e" + body("ff") + "7e" + GOOD_LINE + "7e", 0));
    assertEquals(2, decoder.badHeaders());
  }

  @Test
  void tooLongIsDroppedWholeInEveryForm() {
    for (String header : List.of("ff030021", "ff0321", "0021", "21")) {
      HdlcDecoder fresh = new HdlcDecoder(64);
      FrameBatch batch = new FrameBatch(200, 4);
      byte[] line =
          hex(
              body(header + "aa".repeat(62))
                  + "7e"
                  + body(header + "aa".repeat(63))
                  + "7e"
                  + body(header + "aa".repeat(900))
                  + "7e"
                  + GOOD_LINE
                  + "7e");
      assertEquals(line.length, fresh.decode(line, 0, line.length, 0, batch));
      assertEquals(List.of("0021" + "aa".repeat(62), GOOD + "!"), frames(batch));
      assertEquals(2, fresh.overruns());
    }
  }

  @Test
  void aLineErrorDropsEverythingToTheFlag() {
    decode("7e" + GOOD_LINE, 0);
    decoder.lineError();
    assertEquals(List.of(GOOD + "!"), decode("7e" + GOOD_LINE + "7e", 0));
    assertEquals(1, decoder.lineErrors());
    assertEquals(0, decoder.badFcs());
  }

  @Test
  void waitsAtTheFlagWhileTheBatchHasNoRoom() {
    byte[] line = hex(GOOD_LINE + "7e" + GOOD_LINE + "7e");
    FrameBatch one = new FrameBatch(64, 1);
    assertEquals(line.length - 1, decoder.decode(line, 0, line.length, 0, one));
    assertEquals(line.length - 1, decoder.decode(line, line.length - 1, line.length, 0, one));
    one.clear();
    assertEquals(line.length, decoder.decode(line, line.length - 1, line.length, 0, one));
    assertEquals(List.of(GOOD), frames(one));
    assertEquals(2, decoder.frames());
  }

  /// Security case 26: whatever went wrong before, the next good frame works.
  @Test
  void case26TheNextGoodFrameWorks() {
    for (String bad :
        List.of(
            "",
            "7d",
            "00",
            "0000",
            "ff",
            "ff03",
            "7d7d7d",
            "11",
            "aa".repeat(999),
            GOOD_LINE + "7d",
            GOOD_LINE + "00",
            body("ff"),
            body("ff00"),
            body("ff03"),
            body("00"),
            body("0000"))) {
      List<String> frames = decode("7e" + bad + "7e" + GOOD_LINE + "7e", 0);
      assertEquals(GOOD, frames.getLast().substring(0, GOOD.length()), bad);
    }
  }

  /// Security case 30: no limit on the frame size was a huge allocation.
  @Test
  void case30FrameSizesOutOfRangeAreRefused() {
    for (int size : new int[] {Integer.MIN_VALUE, -1, 0, 1, 65538, Integer.MAX_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> new HdlcDecoder(size));
    }
  }

  /// Security case 31: an LCP packet without a body.
  @Test
  void case31LcpOfEveryShortLength() {
    for (int length = 0; length <= 3; length++) {
      String frame = "c021" + "01".repeat(length);
      assertEquals(List.of(frame), decode("7e" + body("ff03" + frame) + "7e", 0));
    }
  }

  /// Security case 35: an empty packet with a valid FCS; a reconnect with half a frame buffered.
  @Test
  void case35EmptyPacketAndHalfAFrameAtReconnect() {
    assertEquals(List.of(), decode("7e00007e", 0));
    assertEquals(1, decoder.runts());
    decode("7e" + GOOD_LINE + "7d");
    decoder.reset();
    assertEquals(List.of(GOOD), decode(GOOD_LINE + "7e", 0));
  }

  @Test
  void mistakesOfTheCallerAreThrown() {
    assertThrows(
        IllegalArgumentException.class,
        () -> decoder.decode(new byte[1], 0, 1, 0, new FrameBatch(63, 1)));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> decoder.decode(new byte[1], 0, 2, 0, new FrameBatch(64, 1)));
  }

  private List<String> decode(String line) {
    return decode(line, ALL_CONTROLS);
  }

  private List<String> decode(String line, int receiveMap) {
    byte[] in = hex(line);
    FrameBatch batch = new FrameBatch(1000, 8);
    assertEquals(in.length, decoder.decode(in, 0, in.length, receiveMap, batch));
    return frames(batch);
  }

  /// Address to FCS in hex, with nothing escaped that need not be. The FCS is the obvious one.
  private static String body(String octets) {
    StringBuilder line = new StringBuilder();
    int fcs = Fcs16.INITIAL;
    for (byte octet : hex(octets)) {
      fcs = Fcs16.update(fcs, octet);
      stuff(octet & 0xff, line);
    }
    fcs ^= 0xffff;
    stuff(fcs & 0xff, line);
    stuff(fcs >>> 8, line);
    return line.toString();
  }

  private static void stuff(int octet, StringBuilder line) {
    boolean special = octet == 0x7d || octet == 0x7e;
    line.append(special ? "7d" : "").append("%02x".formatted(special ? octet ^ 0x20 : octet));
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
