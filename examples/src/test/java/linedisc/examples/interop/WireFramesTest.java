package linedisc.examples.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireFramesTest {
  private static final HexFormat HEX = HexFormat.of();

  private static List<String> hex(WireFrames frames) {
    return frames.frames().stream().map(HEX::formatHex).toList();
  }

  @Test
  void pppFramesAreUnescapedAndChecked() {
    // Twice a Configure-Ack of Zephyr's driver tests, with one flag between them.
    byte[] octets =
        HEX.parseHex("7eff7d23c0217d227d217d207d241c907eff7d23c0217d227d217d207d241c907e");

    WireFrames frames = WireFrames.ofPpp(octets);

    assertEquals(List.of("ff03c02102010004", "ff03c02102010004"), hex(frames));
    assertEquals(0, frames.bad());
  }

  @Test
  void oneWrongOctetMakesAPppFrameBad() {
    byte[] octets = HEX.parseHex("7eff7d23c0217d227d217d207d251c907e");

    assertEquals(new WireFrames(List.of(), 1), WireFrames.ofPpp(octets));
  }

  @Test
  void slipFramesAreUnescaped() {
    WireFrames frames = WireFrames.ofSlip(HEX.parseHex("c04500dbdcdbddc0c060c0"));

    assertEquals(List.of("4500c0db", "60"), hex(frames));
    assertEquals(0, frames.bad());
  }

  @Test
  void sixBitFramesArePutTogether() {
    WireFrames frames = WireFrames.ofSixBitSlip("pA@0ppA@0pp!p".getBytes(US_ASCII));

    assertEquals(List.of("4500", "4500"), hex(frames));
    assertEquals(1, frames.bad());
  }

  @Test
  void typesOfCslipBecomeProtocolsOfPpp() {
    WireFrames frames = WireFrames.ofSlip(HEX.parseHex("c0450007c0750007c0ff0007c0"));

    assertEquals(List.of("0021450007", "002f450007", "002d7f0007"), hex(frames.vjAsPpp()));
    assertEquals(1, frames.vjAsPpp().vjCompressed());
  }

  @Test
  void compressedPacketsAreFoundHoweverShortTheirHeaderIs() {
    List<byte[]> frames =
        List.of(HEX.parseHex("ff03002d"), HEX.parseHex("2d01"), HEX.parseHex("ff032d"));

    assertEquals(3, new WireFrames(frames, 0).vjCompressed());
    assertEquals(0, new WireFrames(List.of(HEX.parseHex("00212d")), 0).vjCompressed());
  }

  @Test
  void oddEscapesMakeASlipFrameBad() {
    assertEquals(
        new WireFrames(List.of(), 2), WireFrames.ofSlip(HEX.parseHex("c04141db41c0c041dbc0")));
  }
}
