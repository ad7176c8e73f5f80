package linedisc.ppp.ccp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import linedisc.ppp.wire.OptionReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// pppd's notation.
class CcpOptionTextTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "1a047800, deflate 15",
        "18046800, deflate(old#) 14",
        "1a040801, deflate 8 check 1",
        "1a047903, deflate 15 method 9 check 3",
        "1a0378, none",
        "1a02, none"
      })
  void deflate(String hex, String text) {
    OptionReader option = new OptionReader(HexFormat.of().parseHex(hex));
    option.next();
    assertEquals(text, DeflateOption.text(option));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "120601000060, mppe +H -M +S +L -D -C",
        "120600000040, mppe -H -M +S -L -D -C",
        "1206010000f1, mppe +H +M +S +L +D +C",
        "120681000040, mppe +H -M +S -L -D -C +U (81 00 00 40)",
        "1205010000, none"
      })
  void mppe(String hex, String text) {
    OptionReader option = new OptionReader(HexFormat.of().parseHex(hex));
    option.next();
    assertEquals(text, MppeOption.text(option));
  }
}
