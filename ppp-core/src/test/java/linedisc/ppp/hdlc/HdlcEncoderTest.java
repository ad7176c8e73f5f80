package linedisc.ppp.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HdlcEncoderTest {
  private static final Framing COMPRESSED = new Framing(AsyncMap.NONE, 0, true, true, 1500);

  @Test
  void lcpConfigureRequestAsZephyrSendsIt() {
    assertEquals(
        "7eff7d23c0217d217d217d207d347d227d267d207d207d207d207d257d265d58cf417d277d227d287d22c4c97e",
        encode("c0210101001402060000000005065d58cf4107020802", true, COMPRESSED, true));
  }

  @Test
  void withoutLeadingFlagTheOneBeforeServes() {
    assertEquals(
        "ff7d23c0217d227d217d207d247d3c907e",
        encode("c02102010004", false, Framing.DEFAULT, false));
  }

  @Test
  void compressesAddressControlAndProtocolWhenNegotiated() {
    assertEquals(4, encode("002145", false, COMPRESSED, false).length() - 6);
    assertEquals("2145", encode("002145", false, COMPRESSED, false).substring(0, 4));
    assertEquals("8021", encode("802101", false, COMPRESSED, false).substring(0, 4));
    assertEquals("ff7d237d20214521", encode("00214521", true, COMPRESSED, false).substring(0, 16));
  }

  @Test
  void lcpKeepsItsAddressWhateverWasNegotiated() {
    assertEquals("7eff03c021", encode("c02109010004", false, COMPRESSED, true).substring(0, 10));
  }

  @Test
  void escapesTheFcsToo() {
    int escapedFcs = 0;
    for (int i = 0; i < 0x10000; i++) {
      String line = encode("0021%04x".formatted(i), false, COMPRESSED, false);
      byte[] octets = HexFormat.of().parseHex(line);
      for (int at = 0; at < octets.length - 1; at++) {
        assertEquals(false, octets[at] == 0x7e, line);
      }
      if (line.endsWith("7d5e7e") || line.endsWith("7d5d7e")) {
        escapedFcs++;
      }
    }
    assertEquals(512, escapedFcs, "every FCS comes up once");
  }

  @Test
  void escapesWhatTheMapAdds() {
    Framing framing = new Framing(AsyncMap.of(0x000a0000, 0x91), 0, true, true, 1500);
    assertEquals(
        "217d31127d33" + "7db193",
        encode("0021111213" + "9193", false, framing, false).substring(0, 18));
  }

  /// Security case 31: an LCP packet without a body.
  @Test
  void case31LcpOfEveryShortLength() {
    for (int body = 0; body <= 3; body++) {
      String frame = "c021" + "01".repeat(body);
      for (boolean asDefault : new boolean[] {false, true}) {
        String line = encode(frame, asDefault, COMPRESSED, true);
        assertEquals("7eff", line.substring(0, 4));
      }
    }
  }

  @Test
  void mistakesOfTheCallerAreThrown() {
    assertThrows(IllegalArgumentException.class, () -> encode("c0", false, Framing.DEFAULT, false));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> HdlcEncoder.encode(new byte[8], 0, 8, true, Framing.DEFAULT, true, new byte[25], 0));
  }

  static String encode(String frame, boolean asDefault, Framing framing, boolean leadingFlag) {
    byte[] source = HexFormat.of().parseHex("ee" + frame);
    byte[] target = new byte[5 + HdlcEncoder.maxEncodedLength(source.length - 1)];
    int length =
        HdlcEncoder.encode(
            source, 1, source.length - 1, asDefault, framing, leadingFlag, target, 5);
    return HexFormat.of().formatHex(target, 5, 5 + length);
  }
}
