package linedisc.ppp.ccp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rc4Test {
  @ParameterizedTest
  @CsvSource({
    "Key, Plaintext, bbf316e8d940af0ad3",
    "Wiki, pedia, 1021bf0420",
    "Secret, Attack at dawn, 45a01f645fc35b383552544b9bf5"
  })
  void knownTexts(String key, String text, String cypher) {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    Rc4 rc4 = new Rc4();
    rc4.key(key.getBytes(StandardCharsets.US_ASCII), key.length());
    rc4.crypt(octets, 0, octets.length, octets, 0);
    assertEquals(cypher, HexFormat.of().formatHex(octets));
  }

  /// RFC 6229 section 2.
  @Test
  void keyStreamOfRfc6229() {
    Rc4 rc4 = new Rc4();
    rc4.key(HexFormat.of().parseHex("0102030405"), 5);
    byte[] stream = new byte[16];
    rc4.crypt(stream, 0, 16, stream, 0);
    assertEquals("b2396305f03dc027ccc3524a0a1118a8", HexFormat.of().formatHex(stream));
  }

  @Test
  void agreesWithThePlatform() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 50; round++) {
      byte[] key = new byte[5 + random.nextInt(12)];
      byte[] text = new byte[random.nextInt(2000)];
      random.nextBytes(key);
      random.nextBytes(text);
      Cipher cipher = Cipher.getInstance("ARCFOUR");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
      byte[] expected = cipher.doFinal(text);
      Rc4 rc4 = new Rc4();
      rc4.key(key, key.length);
      byte[] actual = new byte[text.length + 3];
      rc4.crypt(text, 0, text.length, actual, 3);
      assertArrayEquals(expected, java.util.Arrays.copyOfRange(actual, 3, actual.length));
    }
  }
}
