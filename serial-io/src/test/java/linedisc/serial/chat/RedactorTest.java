package linedisc.serial.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RedactorTest {
  @Test
  void secretsAreHiddenWhereverTheyStand() {
    assertEquals("my ?????? is ??????", shown("my sesame is sesame", "sesame"));
    assertEquals("ses", shown("ses!", "sesame").substring(0, 3));
    assertEquals("??????!", shown("aab!", "aab"));
    assertEquals("a??????", shown("aaab", "aab"));
    assertEquals("nothing hidden", shown("nothing hidden"));
    assertEquals("??????", shown("ca", "\u00E3\u00E1"));
  }

  @Test
  void ofTwoSecretsTheLongerIsHiddenWhole() {
    assertEquals("??????;", shown("open;", "op", "open"));
    assertEquals("??????x;", shown("opx;", "op", "open"));
    assertEquals("??????e;", shown("ope;", "op", "open"));
  }

  @Test
  void noSecretComesThrough() {
    for (long seed = 0; seed < 2000; seed++) {
      var random = new SplittableRandom(seed);
      String secret = text(random, 1 + random.nextInt(6));
      String other = text(random, 1 + random.nextInt(6));
      String shown = shown(text(random, 60), secret, other);
      String without = shown.replace(Redactor.HIDDEN, "|");
      for (String hidden : List.of(secret, other)) {
        assertFalse(without.contains(hidden), "seed " + seed + ": " + hidden + " in " + shown);
      }
    }
  }

  private static String text(SplittableRandom random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(3)));
    }
    return text.toString();
  }

  private static String shown(String received, String... secrets) {
    var redactor = new Redactor();
    for (String secret : secrets) {
      redactor.hide(secret.getBytes(StandardCharsets.ISO_8859_1));
    }
    var shown = new StringBuilder();
    received.chars().forEach(c -> shown.append(redactor.feed(c)));
    return shown.toString();
  }
}
