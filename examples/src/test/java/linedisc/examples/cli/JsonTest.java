package linedisc.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void writesEveryKindOfValue() {
    var map = new LinkedHashMap<String, Object>();
    map.put("b", List.of(1, 2L, 0.5));
    map.put("a", true);
    map.put("n", Arrays.asList((Object) null));
    map.put("m", Map.of());
    assertEquals("{\"b\":[1,2,0.5],\"a\":true,\"n\":[null],\"m\":{}}", Json.write(map));
  }

  @Test
  void escapesWhatMustBe() {
    assertEquals("\"\\\"\\\\\\n\\r\\t\\u0001\\u007fé\"", Json.write("\"\\\n\r\t\u0001\u007fé"));
  }

  @Test
  void loneSurrogatesAreEscapedAndPairsAreNot() {
    assertEquals("\"😀\\ud800x\\udc00\"", Json.write("😀\ud800x\udc00"));
  }

  @Test
  void refusesWhatHasNoForm() {
    assertThrows(IllegalArgumentException.class, () -> Json.write(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Json.write(new Object()));
  }
}
