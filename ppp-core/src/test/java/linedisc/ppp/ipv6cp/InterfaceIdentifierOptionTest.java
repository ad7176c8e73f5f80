package linedisc.ppp.ipv6cp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.SplittableRandom;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The rules of RFC 5072 section 4.1, one after the other.
class InterfaceIdentifierOptionTest {
  private static OptionReader option(String data) {
    String hex = String.format("01%02x%s", 2 + data.length() / 2, data);
    OptionReader reader = new OptionReader(HexFormat.of().parseHex(hex));
    assertTrue(reader.next());
    return reader;
  }

  private static OptionReader option(long identifier) {
    return option(String.format("%016x", identifier));
  }

  private static InterfaceIdentifierOption begun(Ipv6cpConfig.Builder config) {
    InterfaceIdentifierOption option =
        new InterfaceIdentifierOption(config.build(), new SplittableRandom(6));
    option.reset();
    option.begin();
    return option;
  }

  private static Ipv6cpConfig.Builder config() {
    return Ipv6cpConfig.builder();
  }

  private static @Nullable Long requested(InterfaceIdentifierOption option) {
    OptionWriter out = new OptionWriter(100);
    option.request(out);
    if (out.isEmpty()) {
      return null;
    }
    String hex = HexFormat.of().formatHex(out.toBytes());
    assertEquals("010a", hex.substring(0, 4));
    return Long.parseUnsignedLong(hex.substring(4), 16);
  }

  private static long wish(InterfaceIdentifierOption option) {
    Long wish = requested(option);
    assertNotNull(wish);
    return wish;
  }

  private static long suggested(@Nullable Verdict verdict) {
    Verdict.Nak nak = assertInstanceOf(Verdict.Nak.class, verdict);
    assertEquals(8, nak.data().length);
    return Long.parseUnsignedLong(HexFormat.of().formatHex(nak.data()), 16);
  }

  @Test
  void anIdentifierIsMadeUpAndKeptFromOneNegotiationToTheNext() {
    InterfaceIdentifierOption option = begun(config());
    long wish = wish(option);
    assertNotEquals(0, wish);
    assertEquals(0, option.local());
    option.confirmed();
    assertEquals(wish, option.local());
    option.begin();
    assertEquals(wish, wish(option));
    assertEquals(wish, option.local());
    option.reset();
    assertEquals(0, option.local());
  }

  @Test
  void anotherNonZeroIdentifierIsAcknowledged() {
    InterfaceIdentifierOption option = begun(config().localIdentifier(1));
    assertEquals(Verdict.ACK, option.consider(option(2)));
    assertEquals(0, option.remote(), "nothing takes effect before it is granted");
    option.granted();
    assertEquals(2, option.remote());
    option.reset();
    assertEquals(0, option.remote());
  }

  @Test
  void zeroGetsASuggestionThatDiffersFromOurs() {
    InterfaceIdentifierOption option = begun(config().localIdentifier(1));
    long suggestion = suggested(option.consider(option(0)));
    assertNotEquals(0, suggestion);
    assertNotEquals(1, suggestion);
    assertEquals(suggestion, suggested(option.consider(option(0))), "the same again");
    assertEquals(Verdict.ACK, option.consider(option(suggestion)));

    InterfaceIdentifierOption meant = begun(config().localIdentifier(1).remoteIdentifier(9));
    assertEquals(9, suggested(meant.consider(option(0))));
  }

  @Test
  void ourOwnIdentifierGetsAnotherSuggested() {
    InterfaceIdentifierOption option = begun(config().localIdentifier(5));
    long suggestion = suggested(option.consider(option(5)));
    assertNotEquals(5, suggestion);
    assertNotEquals(0, suggestion);
    InterfaceIdentifierOption either =
        begun(config().localIdentifier(5).remoteIdentifier(9).acceptRemote(true));
    assertEquals(9, suggested(either.consider(option(5))));
    assertEquals(Verdict.ACK, either.consider(option(6)));
  }

  @Test
  void zeroOnBothSidesIsRejected() {
    InterfaceIdentifierOption option = begun(config().askLocal(true));
    assertEquals(0, wish(option));
    assertEquals(Verdict.REJECT, option.consider(option(0)));
    assertEquals(Verdict.ACK, option.consider(option(3)));
  }

  @Test
  void whoAsksTakesWhatThePeerSuggests() {
    InterfaceIdentifierOption option = begun(config().askLocal(true));
    option.naked(option(77));
    assertEquals(77, wish(option));
    option.confirmed();
    assertEquals(77, option.local());
    option.begin();
    assertEquals(77, wish(option), "asked for again");
  }

  @Test
  void aSuggestionEqualToOursToThePeerMakesUsChooseANewOne() {
    InterfaceIdentifierOption option = begun(config());
    long wish = wish(option);
    long suggestion = suggested(option.consider(option(wish)));
    option.naked(option(suggestion));
    assertNotEquals(suggestion, wish(option));
    assertNotEquals(wish, wish(option));

    InterfaceIdentifierOption other = begun(config());
    wish = wish(other);
    suggestion = suggested(other.consider(option(wish)));
    other.naked(option(suggestion + 1));
    assertEquals(suggestion + 1, wish(other), "a unique one is taken");
    assertEquals(suggestion, suggested(other.consider(option(0))), "still good");
    other.naked(option(suggestion + 2));
    assertEquals(Verdict.ACK, other.consider(option(suggestion)));
  }

  @Test
  void aSuggestionThatHasBecomeOursIsNotSuggestedAgain() {
    InterfaceIdentifierOption option = begun(config().localIdentifier(4).acceptLocal(true));
    long suggestion = suggested(option.consider(option(0)));
    option.begin();
    option.naked(option(suggestion));
    assertEquals(suggestion, wish(option), "nothing was suggested in this negotiation");
    assertNotEquals(suggestion, suggested(option.consider(option(0))));

    InterfaceIdentifierOption meant = begun(config().remoteIdentifier(9));
    meant.naked(option(9));
    assertEquals(9, wish(meant));
    assertNotEquals(9, suggested(meant.consider(option(0))), "ours now");
  }

  @Test
  void aSuggestionOfZeroMakesUsChooseANewOne() {
    InterfaceIdentifierOption option = begun(config());
    long wish = wish(option);
    option.naked(option(0));
    assertNotEquals(0, wish(option));
    assertNotEquals(wish, wish(option));
  }

  @Test
  void suggestionsOfAnotherLengthAreNone() {
    InterfaceIdentifierOption option = begun(config());
    long wish = wish(option);
    for (String data : new String[] {"", "00", "00000000000001", "000000000000000001"}) {
      option.naked(option(data));
      assertEquals(wish, wish(option));
      assertEquals(Verdict.REJECT, option.consider(option(data)));
    }
  }

  @Test
  void aConfiguredIdentifierIsKeptUnlessThePeerMayChooseIt() {
    InterfaceIdentifierOption fixed = begun(config().localIdentifier(5));
    fixed.naked(option(6));
    assertEquals(5, wish(fixed));
    assertTrue(fixed.isDisputed());
    fixed.confirmed();
    assertEquals(5, fixed.local(), "the peer has given in");
    fixed.rejected();
    assertNull(requested(fixed));
    fixed.confirmed();
    assertEquals(0, fixed.local(), "the peer wanted another");
    fixed.begin();
    assertFalse(fixed.isDisputed());
    assertEquals(5, wish(fixed));

    InterfaceIdentifierOption free = begun(config().localIdentifier(5).acceptLocal(true));
    free.naked(option(6));
    free.confirmed();
    assertEquals(6, free.local());
    free.begin();
    assertEquals(5, wish(free));
  }

  @Test
  void aRejectedOptionIsNotAskedForAgain() {
    InterfaceIdentifierOption option = begun(config());
    long wish = wish(option);
    option.rejected();
    assertNull(requested(option));
    option.naked(option(3));
    option.confirmed();
    assertEquals(wish, option.local(), "the peer does not talk about identifiers");
    option.begin();
    assertEquals(wish, wish(option));
  }

  @Test
  void anIdentifierThatIsNotToBeSentIsNot() {
    InterfaceIdentifierOption option = begun(config().localIdentifier(5).sendIdentifier(false));
    assertNull(requested(option));
    option.naked(option(6));
    assertNull(requested(option));
    option.confirmed();
    assertEquals(5, option.local());
    assertNotEquals(5, suggested(option.consider(option(5))));
  }

  @Test
  void aPeerThatIsToHaveOneGetsNoOther() {
    InterfaceIdentifierOption option = begun(config().localIdentifier(1).remoteIdentifier(9));
    assertEquals(9, suggested(option.consider(option(2))));
    assertNull(begun(config().remoteIdentifier(9).askRemote(false)).absent());
    option.absent();
    option.granted();
    assertEquals(0, option.remote(), "it wanted another");
    assertEquals(Verdict.ACK, option.consider(option(9)));
    option.granted();
    assertEquals(9, option.remote());
  }

  @Test
  void aPeerThatDoesNotTellIsAskedOnce() {
    InterfaceIdentifierOption option = begun(config().localIdentifier(1).remoteIdentifier(9));
    assertEquals(9, suggested(option.absent()));
    assertNull(option.absent());
    option.granted();
    assertEquals(9, option.remote());
    option.begin();
    assertEquals(9, suggested(option.absent()));

    assertNull(begun(config().askRemote(false)).absent());
    assertNotEquals(0, suggested(begun(config()).absent()));
  }

  @Test
  void textIsPppds() {
    assertEquals(
        "addr fe80::0204:06ff:fe08:0a0c",
        InterfaceIdentifierOption.text(option("020406fffe080a0c")));
    assertNull(InterfaceIdentifierOption.text(option("020406fffe080a")));
  }
}
