package linedisc.ppp.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The examples of RFC 2433 appendix B and RFC 2759 section 9.
class MsChapHashTest {
  private static final Secret MY_PW = Secret.of("MyPw".toCharArray());
  private static final Secret CLIENT_PASS = Secret.of("clientPass".toCharArray());
  private static final byte[] AUTHENTICATOR_CHALLENGE = hex("5B5D7C7D7B3F2F3E3C2C602132262628");
  private static final byte[] PEER_CHALLENGE = hex("21402324255E262A28295F2B3A337C7E");

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static void assertHex(String expected, byte[] actual) {
    assertEquals(expected, HexFormat.of().withUpperCase().formatHex(actual));
  }

  @Test
  void msChapResponse() {
    byte[] hash = MsChapHash.ntPasswordHash(MY_PW);
    assertHex("FC156AF7EDCD6C0EDDE3337D427F4EAC", hash);
    assertHex(
        "4E9D3C8F9CFD385D5BF4D3246791956CA4C351AB409A3D61",
        MsChapHash.challengeResponse(hex("102DB5DF085D3041"), hash));
  }

  @Test
  void desKeysGetOddParity() {
    byte[] hash = MsChapHash.ntPasswordHash(MY_PW);
    assertHex("FD0B5B5E7F6E34D9", MsChapHash.desKey(hash, 0));
    assertHex("0E6E796737EA08FE", MsChapHash.desKey(hash, 7));
  }

  @Test
  void msChap2Response() {
    byte[] challenge = MsChapHash.challengeHash(PEER_CHALLENGE, AUTHENTICATOR_CHALLENGE, "User");
    assertHex("D02E4386BCE91226", challenge);
    byte[] hash = MsChapHash.ntPasswordHash(CLIENT_PASS);
    assertHex("44EBBA8D5312B8D611474411F56989AE", hash);
    byte[] response = MsChapHash.challengeResponse(challenge, hash);
    assertHex("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF", response);
    byte[] hashHash = MsChapHash.hashNtPasswordHash(hash);
    assertHex("41C00C584BD2D91C4017A2A12FA59F3F", hashHash);
    assertHex(
        "407A5589115FD0D6209F510FE9C04566932CDA56",
        MsChapHash.authenticatorResponse(hashHash, response, challenge));
  }

  @Test
  void domainIsNotHashed() {
    assertArrayEquals(
        MsChapHash.challengeHash(PEER_CHALLENGE, AUTHENTICATOR_CHALLENGE, "User"),
        MsChapHash.challengeHash(PEER_CHALLENGE, AUTHENTICATOR_CHALLENGE, "BIGCO\\User"));
  }

  @Test
  void lmPasswordHash() {
    assertHex(
        "76A152936096D7830E23902274 04AFD2".replace(" ", ""),
        MsChapHash.lmPasswordHash(CLIENT_PASS));
  }

  @Test
  void passwordsBeyondAsciiAreUtf16() {
    // "ü" is 00FC; the same password given as ISO 8859-1 must hash alike.
    byte[] asUtf8 = MsChapHash.ntPasswordHash(Secret.of("\u00fc1".toCharArray()));
    byte[] asLatin1 =
        MsChapHash.ntPasswordHash(Secret.of("\u00fc1".getBytes(StandardCharsets.ISO_8859_1)));
    assertArrayEquals(asUtf8, asLatin1);
    assertArrayEquals(
        MsChapHash.hash(new org.bouncycastle.crypto.digests.MD4Digest(), hex("FC003100")), asUtf8);
  }
}
