package linedisc.ppp.lcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.junit.jupiter.api.Test;

class LcpOptionsTest {
  private static OptionReader option(String hex) {
    OptionReader reader = new OptionReader(HexFormat.of().parseHex(hex));
    assertTrue(reader.next());
    return reader;
  }

  private static String requested(ConfigurationOption option) {
    OptionWriter out = new OptionWriter(100);
    option.request(out);
    return HexFormat.of().formatHex(out.toBytes());
  }

  private static void assertNak(String data, Verdict verdict) {
    Verdict.Nak nak = assertInstanceOf(Verdict.Nak.class, verdict);
    assertEquals(data, HexFormat.of().formatHex(nak.data()));
  }

  private static void start(ConfigurationOption option) {
    option.reset();
    option.begin();
  }

  @Test
  void mruIsAskedForUnlessItIsTheDefault() {
    MruOption mru = new MruOption(LcpConfig.DEFAULT);
    start(mru);
    assertEquals("", requested(mru));
    mru = new MruOption(LcpConfig.builder().mru(576).build());
    start(mru);
    assertEquals("01040240", requested(mru));
    mru.rejected();
    assertEquals("", requested(mru));
    mru.begin();
    assertEquals("01040240", requested(mru));
  }

  @Test
  void mruSuggestionsAreTakenWithinWhatWeCanReceive() {
    MruOption mru = new MruOption(LcpConfig.builder().mru(2000).build());
    start(mru);
    mru.naked(option("010407d1"));
    assertEquals("010407d0", requested(mru));
    mru.naked(option("0104007f"));
    assertEquals("010407d0", requested(mru));
    mru.naked(option("0103ff"));
    assertEquals("010407d0", requested(mru));
    mru.naked(option("01040080"));
    assertEquals("01040080", requested(mru));
    mru.naked(option("010407d0"));
    assertEquals("010407d0", requested(mru));
    MruOption small = new MruOption(LcpConfig.builder().mru(300).build());
    start(small);
    small.naked(option("010405dc"));
    assertEquals("", requested(small), "the default is always possible");
  }

  @Test
  void mruOfThePeerCountsWhenGranted() {
    MruOption mru = new MruOption(LcpConfig.DEFAULT);
    start(mru);
    assertEquals(Verdict.ACK, mru.consider(option("01040240")));
    assertEquals(1500, mru.peerMru());
    mru.granted();
    assertEquals(576, mru.peerMru());
    assertNak("0080", mru.consider(option("0104007f")));
    assertNak("05dc", mru.consider(option("01050000ff")));
    assertNak("05dc", mru.consider(option("0102")));
    assertNull(mru.absent());
    mru.granted();
    assertEquals(1500, mru.peerMru());
    mru.consider(option("01040240"));
    mru.granted();
    mru.reset();
    assertEquals(1500, mru.peerMru());
  }

  @Test
  void mruIsRejectedWhereItIsNotNegotiated() {
    MruOption mru = new MruOption(LcpConfig.builder().mru(576).negotiateMru(false).build());
    start(mru);
    assertEquals("", requested(mru));
    assertEquals(Verdict.REJECT, mru.consider(option("01040240")));
  }

  @Test
  void octetsOfTheLineAreAskedForInTheNextNegotiation() {
    AccmOption accm = new AccmOption(LcpConfig.DEFAULT);
    start(accm);
    accm.reserve(0x000a0000);
    assertEquals("020600000000", requested(accm));
    accm.begin();
    assertEquals("0206000a0000", requested(accm));
    assertNak("000a0000", accm.consider(option("020600000000")));
    assertEquals(Verdict.ACK, accm.consider(option("0206000a0001")));
    accm.granted();
    assertEquals(0x000a0001, accm.sendMap());
    accm.reset();
    accm.reserve(0x00000002);
    accm.granted();
    assertEquals(0x000a0003, accm.sendMap());
  }

  @Test
  void accmIsAskedForAndWidenedBySuggestions() {
    AccmOption accm = new AccmOption(LcpConfig.DEFAULT);
    start(accm);
    assertEquals("020600000000", requested(accm));
    accm.naked(option("0206000a0000"));
    accm.naked(option("020600000001"));
    accm.naked(option("0203ff"));
    assertEquals("0206000a0001", requested(accm));
    assertEquals(-1, accm.receiveMap());
    accm.confirmed();
    assertEquals(0x000a0001, accm.receiveMap());
    accm.reset();
    assertEquals(-1, accm.receiveMap());
    accm.begin();
    assertEquals("020600000000", requested(accm));
    accm.rejected();
    assertEquals("", requested(accm));
    accm.confirmed();
    assertEquals(-1, accm.receiveMap());
  }

  @Test
  void accmThatIsTheDefaultIsNotAskedFor() {
    AccmOption accm = new AccmOption(LcpConfig.builder().accm(-1).build());
    start(accm);
    assertEquals("", requested(accm));
    accm.confirmed();
    assertEquals(-1, accm.receiveMap());
    accm = new AccmOption(LcpConfig.builder().negotiateAccm(false).build());
    start(accm);
    assertEquals("", requested(accm));
    assertEquals(Verdict.REJECT, accm.consider(option("020600000000")));
  }

  @Test
  void accmOfThePeerMustHoldWhatWeEscapeAnyway() {
    AccmOption accm =
        new AccmOption(LcpConfig.builder().escapes(List.of(0x11, 0x13, 0x80)).build());
    start(accm);
    assertNak("000a0000", accm.consider(option("020600000000")));
    assertNak("000a0001", accm.consider(option("020600020001")));
    assertNak("000a0000", accm.consider(option("02050a0000")));
    assertEquals(Verdict.ACK, accm.consider(option("0206800a0000")));
    assertEquals(-1, accm.sendMap());
    accm.granted();
    assertEquals(0x800a0000, accm.sendMap());
    assertNull(accm.absent());
    accm.granted();
    assertEquals(-1, accm.sendMap());
  }

  private static MagicNumberOption magic(boolean on) {
    MagicNumberOption magic =
        new MagicNumberOption(LcpConfig.builder().magicNumber(on).build(), new SplittableRandom(3));
    start(magic);
    return magic;
  }

  @Test
  void magicNumberIsRandomAndChangesWithEverySuggestion() {
    MagicNumberOption magic = magic(true);
    String first = requested(magic);
    assertTrue(first.matches("0506.{8}"));
    assertEquals(first, requested(magic));
    magic.naked(option("050601020304"));
    String second = requested(magic);
    assertNotEquals(first, second);
    assertEquals(0, magic.ours());
    magic.confirmed();
    assertEquals((int) Long.parseLong(second.substring(4), 16), magic.ours());
    magic.begin();
    assertEquals(second, requested(magic));
    magic.reset();
    assertNotEquals(second, requested(magic));
    assertEquals(0, magic.ours());
  }

  @Test
  void magicNumberOfZeroOrOfOddLengthIsNakd() {
    MagicNumberOption magic = magic(true);
    assertInstanceOf(Verdict.Nak.class, magic.consider(option("050600000000")));
    assertInstanceOf(Verdict.Nak.class, magic.consider(option("05050000ff")));
    assertInstanceOf(Verdict.Nak.class, magic.consider(option("0502")));
    assertEquals(0, magic.loops());
    assertFalse(magic.isRejectable());
    assertEquals(Verdict.ACK, magic.consider(option("050600000001")));
    assertNull(magic.absent());
  }

  @Test
  void ourOwnMagicNumberIsCountedAndOurOwnNakRecognised() {
    MagicNumberOption magic = magic(true);
    for (int i = 1; i <= 5; i++) {
      Verdict verdict = magic.consider(option(requested(magic)));
      assertEquals(i, magic.loops());
      byte[] suggestion = assertInstanceOf(Verdict.Nak.class, verdict).data();
      String before = requested(magic);
      assertFalse(magic.isOwnSuggestion(option("050612345678")));
      assertFalse(magic.isOwnSuggestion(option("0505123456")));
      assertEquals(before, requested(magic));
      assertTrue(magic.isOwnSuggestion(option("0506" + HexFormat.of().formatHex(suggestion))));
      assertNotEquals(before, requested(magic));
    }
    magic.consider(option("050600000001"));
    assertEquals(0, magic.loops());
    magic.consider(option(requested(magic)));
    magic.absent();
    assertEquals(0, magic.loops());
  }

  @Test
  void withoutMagicNumbersThereAreNone() {
    MagicNumberOption magic = magic(false);
    assertEquals("", requested(magic));
    assertEquals(Verdict.REJECT, magic.consider(option("050600000001")));
    magic.confirmed();
    assertEquals(0, magic.ours());
    magic = magic(true);
    magic.rejected();
    assertEquals("", requested(magic));
    magic.confirmed();
    assertEquals(0, magic.ours());
    magic.begin();
    assertNotEquals("", requested(magic));
  }

  @Test
  void compressionIsThereOrNot() {
    for (int type :
        new int[] {CompressionOption.PROTOCOL_FIELD, CompressionOption.ADDRESS_CONTROL_FIELD}) {
      String wire = String.format("%02x02", type);
      CompressionOption yes = new CompressionOption(type, true);
      start(yes);
      assertEquals(wire, requested(yes));
      yes.naked(option(wire));
      yes.confirmed();
      assertEquals(wire, requested(yes));
      assertEquals(Verdict.ACK, yes.consider(option(wire)));
      assertFalse(yes.peerAccepts());
      yes.granted();
      assertTrue(yes.peerAccepts());
      assertEquals(Verdict.REJECT, yes.consider(option(String.format("%02x0300", type))));
      assertNull(yes.absent());
      yes.granted();
      assertFalse(yes.peerAccepts());
      yes.consider(option(wire));
      yes.granted();
      yes.reset();
      assertFalse(yes.peerAccepts());
      yes.rejected();
      assertEquals("", requested(yes));
      CompressionOption no = new CompressionOption(type, false);
      start(no);
      assertEquals("", requested(no));
      assertEquals(Verdict.REJECT, no.consider(option(wire)));
    }
  }

  @Test
  void escapesAreSplitAtTheControlCharacters() {
    LcpConfig config = LcpConfig.builder().escapes(List.of(0, 31, 32, 255)).build();
    assertEquals(0x80000001, config.escapedControls());
    assertArrayEquals(new int[] {32, 255}, config.escapedOthers());
  }
}
