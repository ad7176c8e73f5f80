package linedisc.ppp.ipcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.ipcp.IpCompressionOption.Reception;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IpcpOptionsTest {
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

  private static IpAddressOption address(IpcpConfig.Builder config) {
    IpAddressOption address = new IpAddressOption(config.build());
    address.reset();
    address.begin();
    return address;
  }

  @Test
  void anAddressIsAskedForWithZeros() {
    IpAddressOption address = address(IpcpConfig.builder());
    assertEquals("030600000000", requested(address));
    address.naked(option("030600000000"));
    address.naked(option("030501020f"));
    assertEquals("030600000000", requested(address));
    address.naked(option("030601020304"));
    assertEquals("030601020304", requested(address));
    assertEquals(0, address.local());
    address.confirmed();
    assertEquals(0x01020304, address.local());
    address.begin();
    assertEquals("030600000000", requested(address));
    address.reset();
    assertEquals(0, address.local());
  }

  @Test
  void aConfiguredAddressIsKeptUnlessThePeerMayChooseIt() {
    IpAddressOption fixed = address(IpcpConfig.builder().localAddress(5));
    fixed.naked(option("030600000006"));
    assertEquals("030600000005", requested(fixed));
    fixed.rejected();
    assertEquals("", requested(fixed));
    fixed.confirmed();
    assertEquals(0, fixed.local(), "the peer wanted another");

    IpAddressOption unknown = address(IpcpConfig.builder().localAddress(5));
    unknown.rejected();
    unknown.confirmed();
    assertEquals(5, unknown.local(), "the peer does not talk about addresses");

    IpAddressOption free = address(IpcpConfig.builder().localAddress(5).acceptLocal(true));
    free.naked(option("030600000006"));
    free.confirmed();
    assertEquals(6, free.local());
  }

  @Test
  void anAddressThatIsNotSentIsNotDisputed() {
    IpAddressOption quiet = address(IpcpConfig.builder().localAddress(5).sendAddress(false));
    assertEquals("", requested(quiet));
    quiet.naked(option("030600000006"));
    quiet.confirmed();
    assertEquals(5, quiet.local());
  }

  @Test
  void thePeersAddressIsItsOwnAffairWhereNoneIsMeantForIt() {
    IpAddressOption address = address(IpcpConfig.builder());
    assertEquals(Verdict.ACK, address.consider(option("030600000009")));
    assertEquals(0, address.remote());
    address.granted();
    assertEquals(9, address.remote());
    assertEquals(Verdict.REJECT, address.consider(option("030600000000")));
    assertEquals(Verdict.REJECT, address.consider(option("03050000ff")));
  }

  @Test
  void thePeerGetsTheAddressMeantForIt() {
    IpAddressOption address = address(IpcpConfig.builder().remoteAddress(7));
    assertNak("00000007", address.consider(option("030600000000")));
    assertNak("00000007", address.consider(option("030600000009")));
    assertNak("00000007", address.consider(option("03050000ff")));
    assertEquals(Verdict.ACK, address.consider(option("030600000007")));
    address.assignRemote(8);
    assertNak("00000008", address.consider(option("030600000007")));
    IpAddressOption lenient = address(IpcpConfig.builder().remoteAddress(7).acceptRemote(true));
    assertEquals(Verdict.ACK, lenient.consider(option("030600000009")));
    assertNak("00000007", lenient.consider(option("030600000000")));
    lenient.granted();
    assertEquals(9, lenient.remote());
  }

  @Test
  void aPeerThatHidesItsAddressIsAskedOnce() {
    IpAddressOption address = address(IpcpConfig.builder().remoteAddress(7));
    assertNak("00000007", assertNotNull(address.absent()));
    assertNull(address.absent());
    address.granted();
    assertEquals(7, address.remote());
    address.begin();
    assertNak("00000007", assertNotNull(address.absent()));
    assertNull(address(IpcpConfig.builder().remoteAddress(7).askRemote(false)).absent());
  }

  private static Verdict assertNotNull(Verdict.@Nullable Nak nak) {
    if (nak == null) {
      throw new AssertionError("no Nak");
    }
    return nak;
  }

  @Test
  void nameServersAreAskedForAndGiven() {
    NameServerOption asking = new NameServerOption(NameServerOption.PRIMARY_DNS, true, 0);
    asking.reset();
    asking.begin();
    assertEquals("810600000000", requested(asking));
    assertEquals(Verdict.REJECT, asking.consider(option("810600000000")));
    asking.naked(option("8105000000"));
    assertEquals("810600000000", requested(asking));
    asking.naked(option("810608080808"));
    assertEquals("810608080808", requested(asking));
    asking.confirmed();
    assertEquals(0x08080808, asking.received());
    asking.begin();
    assertEquals("810600000000", requested(asking));
    asking.rejected();
    assertEquals("", requested(asking));
    asking.confirmed();
    assertEquals(0, asking.received());

    NameServerOption giving = new NameServerOption(NameServerOption.SECONDARY_NBNS, false, 5);
    giving.reset();
    giving.begin();
    assertEquals("", requested(giving));
    assertNak("00000005", giving.consider(option("840600000000")));
    assertNak("00000005", giving.consider(option("84050000ff")));
    assertEquals(Verdict.ACK, giving.consider(option("840600000005")));
    assertNull(giving.absent());
    giving.granted();
    giving.naked(option("840600000009"));
    giving.confirmed();
    assertEquals(0, giving.received());
  }

  private static IpCompressionOption vj(int slots) {
    IpCompressionOption vj = new IpCompressionOption(IpcpConfig.builder().vjSlots(slots).build());
    vj.reset();
    vj.begin();
    return vj;
  }

  @Test
  void headerCompressionIsOffByDefault() {
    IpCompressionOption vj = vj(0);
    assertEquals("", requested(vj));
    assertEquals(Verdict.REJECT, vj.consider(option("0206002d0f01")));
    vj.naked(option("0206002d0f01"));
    assertEquals("", requested(vj));
    vj.confirmed();
    assertEquals(Reception.NONE, vj.ours());
  }

  @Test
  void headerCompressionIsAskedForWithItsSlots() {
    IpCompressionOption vj = vj(16);
    assertEquals("0206002d0f01", requested(vj));
    assertEquals(Reception.NONE, vj.ours());
    vj.naked(option("0206002d0700"));
    assertEquals("0206002d0700", requested(vj));
    vj.naked(option("0206002d0f01"));
    assertEquals("0206002d0700", requested(vj));
    vj.confirmed();
    assertEquals(new Reception(8, false), vj.ours());
    vj.naked(option("02060061000f"));
    assertEquals("", requested(vj), "another compression is none of ours");
    vj.begin();
    assertEquals("0206002d0f01", requested(vj));
    vj.rejected();
    vj.confirmed();
    assertEquals(Reception.NONE, vj.ours());
    assertEquals("0206002dff01", requested(vj(256)));
  }

  @Test
  void headerCompressionOfThePeerInAllItsForms() {
    IpCompressionOption vj = vj(16);
    assertEquals(Verdict.ACK, vj.consider(option("0206002d0301")));
    vj.granted();
    assertEquals(new Reception(4, true), vj.peers());
    assertEquals(Verdict.ACK, vj.consider(option("0206002dff00")));
    vj.granted();
    assertEquals(new Reception(256, false), vj.peers());
    for (String old : new String[] {"0204002d", "02040037"}) {
      assertEquals(Verdict.ACK, vj.consider(option(old)));
      vj.granted();
      assertEquals(new Reception(16, false), vj.peers());
    }
    assertNak("002d0f01", vj.consider(option("02040061")));
    assertNak("002d0f01", vj.consider(option("0205002d0f")));
    assertNak("002d0f01", vj.consider(option("0206003700ff")));
    assertNak("002d0f01", vj.consider(option("0202")));
    assertNull(vj.absent());
    vj.granted();
    assertEquals(Reception.NONE, vj.peers());
  }

  @Test
  void addressesArePrintedWithDots() {
    assertEquals("255.0.128.1", IpAddressOption.dotted(0xff008001));
  }
}
