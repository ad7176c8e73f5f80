package linedisc.ppp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuthMethodTest {
  @ParameterizedTest
  @CsvSource({
    "PAP, c023, pap",
    "CHAP_MD5, c22305, chap MD5",
    "CHAP_SHA1, c22306, chap SHA-1",
    "CHAP_SHA256, c22307, chap SHA-256",
    "CHAP_SHA3_256, c22308, chap SHA3-256",
    "MS_CHAP, c22380, chap MS",
    "MS_CHAP_V2, c22381, chap MS-v2",
    "EAP, c227, eap"
  })
  void optionValues(AuthMethod method, String hex, String text) {
    assertEquals(hex, HexFormat.of().formatHex(method.optionValue()));
    assertEquals(text, method.text());
  }

  @ParameterizedTest
  @EnumSource
  void valueNamesTheMethod(AuthMethod method) {
    byte[] value = method.optionValue();
    byte[] padded = new byte[value.length + 4];
    System.arraycopy(value, 0, padded, 2, value.length);
    assertSame(method, AuthMethod.ofOption(padded, 2, value.length));
    assertEquals(method.protocol(), AuthProtocol.unsigned16(value, 0));
  }

  @Test
  void otherValuesAreNone() {
    for (String hex : new String[] {"", "c0", "c223", "c22304", "c2230500", "c02300", "c227ff"}) {
      byte[] value = HexFormat.of().parseHex(hex);
      assertNull(AuthMethod.ofOption(value, 0, value.length), hex);
    }
  }

  @ParameterizedTest
  @EnumSource
  void packetsFindTheirRole(AuthMethod method) {
    AuthPair pair = new AuthPair(method, 1).start();
    pair.run(java.time.Duration.ofSeconds(1));
    for (byte[] packet : pair.fromPeer) {
      assertEquals(true, method.isForAuthenticator(packet[0]), method::toString);
    }
    for (byte[] packet : pair.fromAuthenticator) {
      assertEquals(false, method.isForAuthenticator(packet[0]), method::toString);
    }
  }
}
