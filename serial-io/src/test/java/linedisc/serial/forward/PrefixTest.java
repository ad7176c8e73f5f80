package linedisc.serial.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import linedisc.serial.net.NetworkProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, 10.0.0.0/8",
    "10.1.2.3, 10.1.2.3/32",
    "default, 0.0.0.0/0",
    "255.255.255.255/31, 255.255.255.254/31",
    "fe80::1/10, fe80:0:0:0:0:0:0:0/10",
    "::1, 0:0:0:0:0:0:0:1/128",
    "2001:db8::ff/65, 2001:db8:0:0:0:0:0:0/65",
  })
  void readsAndShows(String text, String shown) {
    assertEquals(shown, Prefix.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "a.b.c.d/8", "host"})
  void refusesWhatIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> Prefix.parse(text));
  }

  @Test
  void tableFindsWhatALinearSearchFinds() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      List<Map.Entry<Prefix, Integer>> entries = new ArrayList<>();
      for (int i = random.nextInt(40); i >= 0; i--) {
        long high = few(random);
        long low = few(random);
        entries.add(
            Map.entry(
                new Prefix(NetworkProtocol.IPV6, high, low, random.nextInt(129)), entries.size()));
      }
      var table = new PrefixTable<>(NetworkProtocol.IPV6, entries);
      for (int i = 0; i < 50; i++) {
        long high = few(random);
        long low = few(random);
        Integer best = null;
        int length = -1;
        for (Map.Entry<Prefix, Integer> entry : entries) {
          Prefix prefix = entry.getKey();
          if (prefix.holds(high, low) && prefix.length() > length) {
            best = entry.getValue();
            length = prefix.length();
          }
        }
        assertEquals(best, table.longest(high, low), "seed " + seed);
      }
    }
  }

  /// Few different numbers, with their differences near both ends.
  private static long few(SplittableRandom random) {
    return (long) random.nextInt(4) << 62 | random.nextInt(4);
  }
}
