package linedisc.ppp.ccp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import linedisc.ppp.auth.AuthPairs;
import linedisc.ppp.auth.MppeKeys;
import linedisc.ppp.fsm.Discard;
import linedisc.ppp.wire.ControlCode;
import linedisc.ppp.wire.ControlPacket;
import linedisc.ppp.wire.PppProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CcpTest {
  private static final CcpConfig NOTHING = CcpConfig.DEFAULT.withDeflate(CcpConfig.Deflate.NONE);
  private static final CcpConfig REQUIRE_128 =
      CcpConfig.DEFAULT.withMppe(CcpConfig.Mppe.require(MppeStrength.BITS_128));

  private static byte[] text(int length) {
    byte[] frame = new byte[2 + length];
    byte[] words = "the quick brown fox ".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < length; i++) {
      frame[2 + i] = words[i % words.length];
    }
    PppProtocol.write(PppProtocol.IPV4, frame, 0);
    return frame;
  }

  private static CcpPair withKeys(CcpPair pair) {
    List<MppeKeys> keys = AuthPairs.keys();
    pair.a.ccp.useKeys(keys.get(0));
    pair.b.ccp.useKeys(keys.get(1));
    return pair;
  }

  private static void assertTalk(CcpPair pair) {
    for (CcpPair.End end : List.of(pair.a, pair.b)) {
      CcpPair.End other = end == pair.a ? pair.b : pair.a;
      other.packets.clear();
      for (int i = 0; i < 50; i++) {
        end.send(text(100 + i));
      }
      pair.settle();
      assertEquals(50, other.packets.size());
      assertArrayEquals(text(149), other.packets.getLast());
    }
  }

  @Test
  void deflateBothWays() {
    CcpPair pair = new CcpPair(CcpConfig.DEFAULT, CcpConfig.DEFAULT, 1).open().run(100);
    for (CcpPair.End end : List.of(pair.a, pair.b)) {
      assertTrue(end.ccp.control().isOpened());
      assertEquals("Deflate (15)", end.ccp.sends());
      assertEquals("Deflate (15)", end.ccp.receives());
      assertTrue(end.log.contains("up"));
      assertFalse(end.ccp.isHoldingBack());
      assertEquals(0, end.ccp.expansion());
    }
    assertTalk(pair);
    CompressionStatistics sent = pair.a.ccp.sent();
    assertNotNull(sent);
    assertTrue(sent.compressedOctets() < sent.plainOctets() / 2);
  }

  /// As in a capture of another implementation: `1a 04 78 00 18 04 78 00`.
  @Test
  void requestNamesTheRfcsNumberFirst() {
    CcpPair pair = new CcpPair(CcpConfig.DEFAULT, CcpConfig.DEFAULT, 1).open();
    byte[] request = pair.a.sent.getFirst();
    assertEquals("000c1a04780018047800", HexFormat.of().formatHex(request, 4, request.length));
  }

  @Test
  void oneDirectionOnly() {
    CcpConfig receives = CcpConfig.DEFAULT.withDeflate(new CcpConfig.Deflate(15, 0, false));
    CcpConfig sends = CcpConfig.DEFAULT.withDeflate(new CcpConfig.Deflate(0, 15, false));
    CcpPair pair = new CcpPair(receives, sends, 1).open().run(100);
    assertEquals("", pair.a.ccp.sends());
    assertEquals("Deflate (15)", pair.a.ccp.receives());
    assertEquals("Deflate (15)", pair.b.ccp.sends());
    assertEquals("", pair.b.ccp.receives());
    assertNull(pair.a.ccp.sent());
    assertTalk(pair);
  }

  @Test
  void windowsAreNegotiated() {
    CcpConfig large = CcpConfig.DEFAULT;
    CcpConfig small = CcpConfig.DEFAULT.withDeflate(new CcpConfig.Deflate(10, 12, true));
    CcpPair pair = new CcpPair(large, small, 1).open().run(100);
    assertEquals("Deflate (10)", pair.a.ccp.sends());
    assertEquals("Deflate (12)", pair.b.ccp.sends());
    assertEquals("Deflate (12)", pair.a.ccp.receives());
    assertTalk(pair);
  }

  @Test
  void draftNumberAloneWorks() {
    CcpPair pair = new CcpPair(CcpConfig.DEFAULT, CcpConfig.DEFAULT, 1).open();
    CcpPair.End a = pair.a;
    a.sent.clear();
    // A peer that knows the draft only.
    a.receive(frame(ControlCode.CONFIGURE_REJECT, 1, "1a047800"));
    byte[] second = a.sent.getFirst();
    assertEquals("18047800", HexFormat.of().formatHex(second, 6, second.length));
    a.receive(frame(ControlCode.CONFIGURE_ACK, second[3], "18047800"));
    a.receive(frame(ControlCode.CONFIGURE_REQUEST, 9, "18047800"));
    assertEquals("Deflate(old#) (15)", a.ccp.sends());
    assertEquals("Deflate(old#) (15)", a.ccp.receives());
  }

  private static byte[] frame(int code, int identifier, String options) {
    byte[] packet =
        ControlPacket.build(code, identifier, HexFormat.of().parseHex(options.replace(" ", "")));
    byte[] frame = new byte[2 + packet.length];
    PppProtocol.write(PppProtocol.CCP, frame, 0);
    System.arraycopy(packet, 0, frame, 2, packet.length);
    return frame;
  }

  /// The first of several is used, in the peer's order.
  @Test
  void firstOfThePeersOptionsIsUsed() {
    CcpPair.End a = new CcpPair(CcpConfig.DEFAULT, CcpConfig.DEFAULT, 1).open().a;
    a.receive(frame(ControlCode.CONFIGURE_REQUEST, 9, "18047800 1a046800"));
    assertEquals("Deflate(old#) (15)", a.ccp.sends());
    assertTrue(a.ccp.isSending(), "it begins with the Configure-Ack");
    a.receive(frame(ControlCode.CONFIGURE_REQUEST, 10, "1a046800 18047800"));
    assertEquals("Deflate (14)", a.ccp.sends());
    a.receive(frame(ControlCode.CONFIGURE_REQUEST, 11, "12060100 0040"));
    assertFalse(a.ccp.isSending(), "it ends with the next Configure-Request");
  }

  @ParameterizedTest
  @CsvSource({
    "1a047800, 2", // acknowledged
    "1a040800, 2",
    "1a04f800, 3", // no such window
    "1a047900, 3", // another method
    "1a047801, 3", // another check
    "1a0378, 3",
    "1a02, 3",
    "1a05780000, 3",
    "15032f, 4", // BSD-Compress
    "0102, 4", // Predictor
    "12060100 0040, 4", // MPPE without keys
    "'', 2"
  })
  void requestsAreJudged(String options, int answer) {
    CcpPair.End a = new CcpPair(CcpConfig.DEFAULT, CcpConfig.DEFAULT, 1).open().a;
    a.sent.clear();
    a.receive(frame(ControlCode.CONFIGURE_REQUEST, 9, options));
    byte[] sent = a.sent.getFirst();
    assertEquals(answer, sent[2]);
    if (answer == 3) {
      assertEquals("1a047800", HexFormat.of().formatHex(sent, 6, sent.length));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "12060100 0040, 2, ''",
    "12060100 0020, 2, ''",
    "12060100 0060, 3, 01000040", // the strongest of several
    "12060100 00e0, 3, 01000040",
    "12060100 0000, 3, 01000040", // none at all
    "12060100 0080, 3, 01000040", // one that we may not use
    "12060000 0040, 3, 01000040", // stateful
    "12060100 0051, 3, 01000040", // obsolete and MPPC bits
    "1206ffff ffff, 3, 01000040",
    "12060000 0001, 3, 01000040",
    "1202, 3, 01000040",
    "12070100 004000, 3, 01000040",
    "'', 3, 01000040", // required, so it has to be there
    "1a047800, 4, ''" // and nothing else
  })
  void mppeRequestsAreJudged(String options, int answer, String nak) {
    CcpConfig config = CcpConfig.DEFAULT.withMppe(CcpConfig.Mppe.require());
    CcpPair pair = withKeys(new CcpPair(config, config, 1)).open();
    pair.a.sent.clear();
    pair.a.receive(frame(ControlCode.CONFIGURE_REQUEST, 9, options.replace(" 00", "00")));
    byte[] sent = pair.a.sent.getFirst();
    assertEquals(answer, sent[2]);
    if (answer == 3) {
      assertEquals("1206" + nak, HexFormat.of().formatHex(sent, 6, sent.length));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, BITS_40", "true, BITS_56", "true, BITS_128",
    "false, BITS_40", "false, BITS_56", "false, BITS_128"
  })
  void mppeBothWays(boolean stateless, MppeStrength strength) {
    CcpConfig.Mppe all =
        new CcpConfig.Mppe(true, EnumSet.allOf(MppeStrength.class), stateless, MppeMode.STATEFUL);
    CcpConfig.Mppe one =
        new CcpConfig.Mppe(true, EnumSet.of(strength), stateless, MppeMode.STATEFUL);
    CcpPair pair =
        withKeys(new CcpPair(CcpConfig.DEFAULT.withMppe(all), CcpConfig.DEFAULT.withMppe(one), 1));
    assertTrue(pair.a.ccp.isHoldingBack());
    assertEquals(4, pair.a.ccp.expansion());
    pair.open().run(100);
    String name = "MPPE " + strength.bits() + "-bit stateless";
    for (CcpPair.End end : List.of(pair.a, pair.b)) {
      assertEquals(name, end.ccp.sends());
      assertEquals(name, end.ccp.receives());
      assertFalse(end.ccp.isHoldingBack());
      assertEquals(4, end.ccp.expansion());
      assertEquals(List.of("up"), end.log);
    }
    assertTalk(pair);
    // What should be encrypted and is not does not get in.
    pair.a.packets.clear();
    pair.a.receive(text(20));
    assertEquals(0, pair.a.packets.size());
  }

  /// RFC 3078 section 3.
  @Test
  void nothingIsEncryptedBeforeOpened() {
    CcpPair.End a = withKeys(new CcpPair(REQUIRE_128, REQUIRE_128, 1)).open().a;
    a.receive(frame(ControlCode.CONFIGURE_REQUEST, 9, "120601000040"));
    assertEquals("MPPE 128-bit stateless", a.ccp.sends());
    assertFalse(a.ccp.isSending());
    assertTrue(a.ccp.isHoldingBack());
    a.receive(frame(ControlCode.CONFIGURE_ACK, 1, "120601000040"));
    assertTrue(a.ccp.isSending());
    assertFalse(a.ccp.isHoldingBack());
  }

  @Test
  void statefulIfThePeerWantsIt() {
    CcpConfig.Mppe mppe =
        new CcpConfig.Mppe(true, EnumSet.of(MppeStrength.BITS_128), false, MppeMode.STATEFUL);
    CcpConfig config = CcpConfig.DEFAULT.withMppe(mppe);
    CcpPair pair = withKeys(new CcpPair(config, config, 1)).open();
    pair.a.receive(frame(ControlCode.CONFIGURE_NAK, 1, "120600000040"));
    pair.a.receive(frame(ControlCode.CONFIGURE_REQUEST, 9, "120600000040"));
    byte[] second = pair.a.sent.stream().filter(f -> f[2] == 1).toList().getLast();
    assertEquals("120600000040", HexFormat.of().formatHex(second, 6, second.length));
    pair.a.receive(frame(ControlCode.CONFIGURE_ACK, second[3], "120600000040"));
    assertEquals("MPPE 128-bit stateful", pair.a.ccp.sends());
    assertEquals("MPPE 128-bit stateful", pair.a.ccp.receives());
  }

  @Test
  void statefulSuggestionIsRefusedWhereOnlyStatelessMayBe() {
    CcpPair pair = withKeys(new CcpPair(REQUIRE_128, REQUIRE_128, 1)).open();
    pair.a.receive(frame(ControlCode.CONFIGURE_NAK, 1, "120600000040"));
    pair.a.receive(frame(ControlCode.CONFIGURE_REQUEST, 9, "120601000040"));
    byte[] second = pair.a.sent.stream().filter(f -> f[2] == 1).toList().getLast();
    assertEquals(6, second.length, "asks for nothing any more");
    pair.a.receive(frame(ControlCode.CONFIGURE_ACK, second[3], ""));
    assertEquals(List.of("unavailable: encryption was not agreed on"), pair.a.log);
    assertTrue(pair.a.ccp.isHoldingBack());
  }

  @Test
  void requiredEncryptionEndsTheLinkWhereItCantBeHad() {
    CcpPair noKeys = new CcpPair(REQUIRE_128, REQUIRE_128, 1).open().run(200);
    assertTrue(noKeys.a.log.getFirst().startsWith("unavailable"));
    assertTrue(noKeys.a.ccp.isHoldingBack());
    CcpPair deflateOnly = withKeys(new CcpPair(REQUIRE_128, CcpConfig.DEFAULT, 1)).open().run(200);
    assertTrue(deflateOnly.a.log.getFirst().startsWith("unavailable"), deflateOnly.a.log::toString);
    assertTrue(deflateOnly.a.ccp.isHoldingBack());
    CcpPair rejected = withKeys(new CcpPair(REQUIRE_128, NOTHING, 1)).open();
    rejected.a.ccp.control().protocolRejected(0);
    assertTrue(rejected.a.log.getFirst().startsWith("unavailable"));
    CcpPair closed = withKeys(new CcpPair(REQUIRE_128, REQUIRE_128, 1)).open().run(100);
    closed.b.ccp.control().close("", closed.now);
    closed.run(20);
    assertTrue(
        closed.a.log.stream().anyMatch(l -> l.startsWith("unavailable")), closed.a.log::toString);
  }

  /// A peer that asks for MPPE with no bit set, for ever, does not keep us for ever.
  @Test
  void endlessRequestsWithoutStrengthEnd() {
    CcpPair pair = withKeys(new CcpPair(REQUIRE_128, REQUIRE_128, 1)).open();
    int answers = 0;
    for (int i = 0; i < 1000 && !pair.a.log.contains("not converging"); i++) {
      pair.a.receive(frame(ControlCode.CONFIGURE_REQUEST, i & 0xff, "120600000000"));
      answers++;
    }
    assertTrue(answers < 100);
    assertTrue(pair.a.log.contains("not converging"));
    assertTrue(pair.a.log.getFirst().startsWith("unavailable"));
  }

  @Test
  void nothingInCommonIsNoCompression() {
    CcpPair pair = new CcpPair(CcpConfig.DEFAULT, NOTHING, 1).open().run(100);
    assertTrue(pair.a.ccp.control().isOpened());
    assertEquals("", pair.a.ccp.sends());
    assertFalse(pair.a.ccp.isHoldingBack());
    assertTalk(pair);
    // A compressed frame out of the blue is dropped.
    pair.a.packets.clear();
    pair.a.receive(HexFormat.of().parseHex("00fd0000000300fcff21450000"));
    assertEquals(0, pair.a.packets.size());
    assertEquals(1, pair.a.ccp.unexpected());
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void lostFramesAreRecoveredFrom(boolean mppe) {
    CcpConfig.Mppe stateful =
        new CcpConfig.Mppe(true, EnumSet.of(MppeStrength.BITS_128), false, MppeMode.STATEFUL);
    CcpConfig config = mppe ? CcpConfig.DEFAULT.withMppe(stateful) : CcpConfig.DEFAULT;
    for (long seed = 0; seed < 20; seed++) {
      CcpPair pair = withKeys(new CcpPair(config, config, seed)).open().run(100);
      pair.loss = 0.1;
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < 300; i++) {
        CcpPair.End end = random.nextBoolean() ? pair.a : pair.b;
        end.send(text(1 + random.nextInt(CcpPair.MRU)));
        pair.settle();
        pair.now += Duration.ofMillis(100).toNanos();
      }
      pair.loss = 0;
      pair.now += Duration.ofSeconds(2).toNanos();
      for (int i = 0; i < 3; i++) {
        pair.a.send(text(20));
        pair.b.send(text(20));
        pair.settle();
      }
      pair.a.packets.clear();
      pair.b.packets.clear();
      assertTalk(pair);
    }
  }

  @Test
  void resetPacketsAreOnlyTakenWhileOpened() {
    CcpPair pair = new CcpPair(CcpConfig.DEFAULT, CcpConfig.DEFAULT, 1).open();
    pair.a.sent.clear();
    pair.a.receive(frame(ControlCode.RESET_REQUEST, 7, ""));
    pair.a.receive(frame(ControlCode.RESET_ACK, 7, ""));
    assertEquals(List.of(Discard.NOT_OPENED, Discard.NOT_OPENED), pair.a.discards);
    assertTrue(pair.a.sent.isEmpty());
    pair = new CcpPair(CcpConfig.DEFAULT, CcpConfig.DEFAULT, 1).open().run(100);
    pair.a.receive(frame(ControlCode.RESET_REQUEST, 7, "010203"));
    assertEquals("80fd0f070004", HexFormat.of().formatHex(pair.a.sent.getFirst()));
    pair.a.sent.clear();
    pair.a.receive(frame(ControlCode.RESET_ACK, 7, ""));
    assertEquals(List.of(Discard.WRONG_IDENTIFIER), pair.a.discards);
    // Data go on from the reset on.
    pair.b.receive(frame(ControlCode.RESET_ACK, 7, ""));
    pair.a.receive(frame(40, 7, ""));
    assertEquals(ControlCode.CODE_REJECT, pair.a.sent.getFirst()[2]);
  }

  /// Security case 9: a second instance of an option is not taken.
  @Test
  void case9_duplicateOptions() {
    CcpConfig config = CcpConfig.DEFAULT.withMppe(CcpConfig.Mppe.require());
    for (String options : new String[] {"1a0478001a046800", "1804780018047800"}) {
      CcpPair.End a = new CcpPair(CcpConfig.DEFAULT, CcpConfig.DEFAULT, 1).open().a;
      a.sent.clear();
      a.receive(frame(ControlCode.CONFIGURE_REQUEST, 9, options));
      assertEquals(ControlCode.CONFIGURE_REJECT, a.sent.getFirst()[2]);
      assertFalse(a.ccp.isSending());
    }
    CcpPair pair = withKeys(new CcpPair(config, config, 1)).open();
    pair.a.sent.clear();
    pair.a.receive(frame(ControlCode.CONFIGURE_REQUEST, 9, "120601000040120601000020"));
    assertEquals(ControlCode.CONFIGURE_REJECT, pair.a.sent.getFirst()[2]);
  }

  /// Security case 22: option lengths 0, 1 and past the end, in requests and answers.
  @Test
  void case22_optionLengths() {
    for (int type : new int[] {0, 18, 24, 26, 255}) {
      for (int length = 0; length <= 8; length++) {
        for (int code = 1; code <= 4; code++) {
          CcpConfig config = CcpConfig.DEFAULT.withMppe(CcpConfig.Mppe.require());
          CcpPair pair = withKeys(new CcpPair(config, config, 1)).open();
          byte[] option = {(byte) type, (byte) length, 1, 0, 0, 0x40};
          pair.a.receive(frame(code, 1, HexFormat.of().formatHex(option)));
          pair.a.receive(frame(ControlCode.CONFIGURE_REQUEST, 9, "120601000040"));
          assertEquals(ControlCode.CONFIGURE_ACK, pair.a.sent.getLast()[2], "code " + code);
        }
      }
    }
  }

  @Test
  void case19_closedCcpKeepsNothing() {
    CcpPair pair = withKeys(new CcpPair(REQUIRE_128, REQUIRE_128, 1)).open().run(100);
    pair.a.ccp.close();
    assertFalse(pair.a.ccp.isSending());
    assertEquals("", pair.a.ccp.receives());
  }

  @Test
  void renegotiationBeginsAnew() {
    CcpPair deflate = new CcpPair(CcpConfig.DEFAULT, CcpConfig.DEFAULT, 1).open().run(100);
    assertTalk(deflate);
    deflate.b.ccp.control().renegotiate(deflate.now);
    deflate.run(100);
    assertTalk(deflate);
  }

  /// With the same keys, other packets would be encrypted with the same octets.
  @Test
  void keysServeForOneNegotiation() {
    CcpPair pair = withKeys(new CcpPair(REQUIRE_128, REQUIRE_128, 1)).open().run(100);
    pair.a.ccp.control().renegotiate(pair.now);
    pair.run(100);
    assertTalk(pair);
    pair.a.ccp.control().renegotiate(pair.now);
    pair.run(100);
    for (CcpPair.End end : List.of(pair.a, pair.b)) {
      assertTrue(end.ccp.isHoldingBack());
      assertTrue(end.log.contains("unavailable: encryption was not agreed on"), end.log::toString);
    }
    withKeys(pair).a.ccp.control().renegotiate(pair.now);
    pair.run(100);
    assertTalk(pair);
  }

  @Test
  void brokenStreamClosesCcp() {
    CcpPair pair = withKeys(new CcpPair(REQUIRE_128, REQUIRE_128, 1)).open().run(100);
    byte[] clear = HexFormat.of().parseHex("00fd00000000");
    for (int i = 0; i < 20; i++) {
      pair.a.receive(clear);
    }
    assertTrue(pair.a.log.contains("unavailable: lost encryption sync"));
    assertFalse(pair.a.ccp.control().isOpened());
  }

  /// What CCP agrees on holds for both ends whatever is lost on the way, within bounds.
  @Test
  void randomConfigurationsConverge() {
    SplittableRandom seeds = new SplittableRandom(20261120);
    for (int round = 0; round < 300; round++) {
      long seed = seeds.nextLong();
      SplittableRandom random = new SplittableRandom(seed);
      CcpPair pair = withKeys(new CcpPair(randomConfig(random), randomConfig(random), seed));
      pair.loss = random.nextInt(3) * 0.1;
      pair.open().run(400);
      pair.loss = 0;
      String message = "seed " + seed;
      for (CcpPair.End end : List.of(pair.a, pair.b)) {
        CcpPair.End other = end == pair.a ? pair.b : pair.a;
        boolean bothOpened = end.ccp.control().isOpened() && other.ccp.control().isOpened();
        if (bothOpened) {
          assertEquals(end.ccp.sends(), other.ccp.receives(), message);
        }
        if (bothOpened && !end.ccp.isHoldingBack() && !other.ccp.isHoldingBack()) {
          other.packets.clear();
          for (int i = 0; i < 5; i++) {
            end.send(text(300));
            pair.settle();
            pair.now += Duration.ofSeconds(2).toNanos();
          }
          assertTrue(other.packets.size() >= 3, message);
          assertArrayEquals(text(300), other.packets.getLast(), message);
        }
      }
    }
  }

  private static CcpConfig randomConfig(SplittableRandom random) {
    CcpConfig config =
        CcpConfig.DEFAULT.withDeflate(
            new CcpConfig.Deflate(window(random), window(random), random.nextBoolean()));
    if (random.nextInt(3) == 0) {
      return config;
    }
    EnumSet<MppeStrength> strengths = EnumSet.noneOf(MppeStrength.class);
    for (MppeStrength strength : MppeStrength.values()) {
      if (random.nextBoolean()) {
        strengths.add(strength);
      }
    }
    return strengths.isEmpty()
        ? config
        : config.withMppe(
            new CcpConfig.Mppe(
                random.nextBoolean(), strengths, random.nextBoolean(), MppeMode.STATEFUL));
  }

  private static int window(SplittableRandom random) {
    int window = 7 + random.nextInt(9);
    return window == 7 ? 0 : window;
  }
}
