package linedisc.ppp.auth;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the two roles of one link share.
///
/// If both sides prove themselves with the same secret, an attacker who knows no secret could send
/// our own challenge back to us and hand in our answer (RFC 1994, "Security Considerations"). So
/// the authenticator remembers here what it asked, and the peer does not answer that.
public final class AuthContext {
  private final AuthConfig config;
  private final RandomGenerator random;
  private byte @Nullable [] challengeSent;

  /// What the engines of one link share.
  ///
  /// @param random unpredictable; challenges come from it
  public AuthContext(AuthConfig config, RandomGenerator random) {
    this.config = config;
    this.random = random;
  }

  AuthConfig config() {
    return config;
  }

  /// An octet, as first identifier of an engine.
  int randomIdentifier() {
    return random.nextInt(0x100);
  }

  byte[] randomOctets(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  /// A challenge of our own to the peer.
  byte[] newChallenge(int length) {
    byte[] challenge = randomOctets(length);
    challengeSent = challenge;
    return challenge;
  }

  /// Whether this is what we asked the peer last.
  boolean isOurChallenge(byte[] challenge) {
    return Arrays.equals(challenge, challengeSent);
  }
}
