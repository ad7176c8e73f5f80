package linedisc.ppp.ipv6cp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class InterfaceIdentifierTest {
  private static final HexFormat HEX = HexFormat.of();

  /// RFC 5072 section 4.1 for the form; a card's address with the local bit set gives it up.
  @Test
  void aCardsAddressGetsFffeInTheMiddleAndTheUniversalBitTurned() {
    assertEquals(0x0204_06ff_fe08_0a0cL, InterfaceIdentifier.ofEui48(HEX.parseHex("000406080a0c")));
    assertEquals(0xfdff_ffff_feff_ff80L, InterfaceIdentifier.ofEui48(HEX.parseHex("ffffffffff80")));
    assertThrows(
        IllegalArgumentException.class, () -> InterfaceIdentifier.ofEui48(HEX.parseHex("0001")));
  }

  @Test
  void anIpv4AddressFillsTheLastFourOctets() {
    assertEquals(0x0a00_0001L, InterfaceIdentifier.ofIpv4(0x0a000001));
    assertEquals(0xc0a8_0101L, InterfaceIdentifier.ofIpv4(0xc0a80101));
    assertEquals(0, InterfaceIdentifier.ofIpv4(0));
  }

  @Test
  void theLinkLocalAddressHasThePrefixFe80() {
    assertArrayEquals(
        HEX.parseHex("fe80000000000000020406fffe080a0c"),
        InterfaceIdentifier.linkLocal(0x0204_06ff_fe08_0a0cL));
    assertArrayEquals(
        HEX.parseHex("fe80000000000000ffffffffffffffff"), InterfaceIdentifier.linkLocal(-1));
    assertEquals(
        "fe80::0204:06ff:fe08:0a0c", InterfaceIdentifier.linkLocalText(0x0204_06ff_fe08_0a0cL));
    assertEquals("fe80::0000:0000:0000:0001", InterfaceIdentifier.linkLocalText(1));
    assertEquals("fe80::ffff:ffff:ffff:ffff", InterfaceIdentifier.linkLocalText(-1));
  }

  @Test
  void anIdentifierMadeUpIsLocalAndNeitherZeroNorTaken() {
    long[] numbers = {0, 1L << 57, 7, 7 | 1L << 57, 8, -1};
    int[] drawn = {0};
    RandomGenerator script = () -> numbers[drawn[0]++];
    assertEquals(8, InterfaceIdentifier.random(script, 7));
    assertEquals(5, drawn[0]);
    assertEquals(~(1L << 57), InterfaceIdentifier.random(script));
    assertNotEquals(0, InterfaceIdentifier.octets(-1).length);
  }
}
