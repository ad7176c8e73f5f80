package linedisc.ppp.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final byte[] OCTETS = "secret".getBytes(StandardCharsets.US_ASCII);

  @Test
  void holdsItsOwnCopy() {
    byte[] given = OCTETS.clone();
    Secret secret = Secret.of(given);
    given[0] = 'x';
    assertTrue(secret.matches(OCTETS, 0, OCTETS.length));
  }

  @Test
  void charactersBecomeUtf8() {
    Secret secret = Secret.of("\u00fc\u20ac\ud83d\ude00".toCharArray());
    byte[] octets = new byte[secret.length()];
    secret.copyTo(octets, 0);
    assertArrayEquals("\u00fc\u20ac\ud83d\ude00".getBytes(StandardCharsets.UTF_8), octets);
  }

  /// Security case 23: neither a prefix nor an empty value nor a longer one is the secret.
  @Test
  void case23_onlyTheWholeSecretMatches() {
    Secret secret = Secret.of(OCTETS);
    byte[] longer = "secretsecret".getBytes(StandardCharsets.US_ASCII);
    for (int length = 0; length <= longer.length; length++) {
      assertEquals(length == OCTETS.length, secret.matches(longer, 0, length), "length " + length);
    }
    byte[] inside = "xsecretx".getBytes(StandardCharsets.US_ASCII);
    assertTrue(secret.matches(inside, 1, OCTETS.length));
    assertFalse(secret.matches(inside, 0, OCTETS.length));
    assertFalse(secret.matches(Secret.of(new byte[0])));
    assertFalse(Secret.of(new byte[0]).matches(secret));
    assertTrue(Secret.of(new byte[0]).matches(Secret.of(new byte[0])));
  }

  /// Security case 19: nothing of it is left.
  @Test
  void case19_wipedSecretIsGone() {
    Secret secret = Secret.of(OCTETS);
    Secret copy = secret.copy();
    byte[] live = secret.live();
    secret.wipe();
    assertArrayEquals(new byte[OCTETS.length], live);
    assertThrows(IllegalStateException.class, secret::length);
    assertThrows(IllegalStateException.class, () -> secret.matches(OCTETS, 0, 6));
    assertTrue(copy.matches(OCTETS, 0, OCTETS.length));
    secret.close();
  }

  @Test
  void doesNotShow() {
    assertEquals("Secret[hidden]", Secret.of(OCTETS).toString());
    assertFalse(
        new CredentialRequest.PeersPassword(AuthMethod.PAP, "name", Secret.of(OCTETS))
            .toString()
            .contains("secret"));
  }
}
