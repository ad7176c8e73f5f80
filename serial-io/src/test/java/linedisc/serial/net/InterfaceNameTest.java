package linedisc.serial.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterfaceNameTest {
  @ParameterizedTest
  @CsvSource({
    "ppp,ppp,-1",
    "ppp0,ppp,0",
    "ppp10,ppp,10",
    "sl32767,sl,32767",
    "a2147483647,a,2147483647"
  })
  void names(String text, String type, int unit) {
    InterfaceName name = InterfaceName.parse(text);
    assertEquals(new InterfaceName(type, unit), name);
    assertEquals(text, String.valueOf(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "7ppp",
        "ppp00",
        "ppp03",
        "ppp3a",
        "ppp-1",
        "ppp 1",
        " ppp",
        "ppp1.2",
        "ppp2147483648",
        "ppp99999999999999",
        "pppppppppppppppp",
        "pppppppppppppp10",
        "ppp\u0661"
      })
  void noNames(String text) {
    assertNull(InterfaceName.parse(text));
  }
}
