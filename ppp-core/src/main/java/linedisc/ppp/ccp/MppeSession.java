package linedisc.ppp.ccp;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA1Digest;

/// The session key of one direction of MPPE and the RC4 tables made from it (RFC 3078 sections 5 to
/// 7).
final class MppeSession {
  private static final int PAD_LENGTH = 40;
  private static final byte[] SHA_PAD_1 = new byte[PAD_LENGTH];
  private static final byte[] SHA_PAD_2 = new byte[PAD_LENGTH];

  static {
    Arrays.fill(SHA_PAD_2, (byte) 0xf2);
  }

  private final MppeStrength strength;
  private final byte[] startKey;
  private final byte[] sessionKey;
  private final byte[] digest;
  private final SHA1Digest sha = new SHA1Digest();
  private final Rc4 rc4 = new Rc4();

  /// @param startKey of the strength's length; kept, and wiped in the end
  MppeSession(MppeStrength strength, byte[] startKey) {
    this.strength = strength;
    this.startKey = startKey;
    this.sessionKey = startKey.clone();
    this.digest = new byte[sha.getDigestSize()];
    newKeyFromSha();
    System.arraycopy(digest, 0, sessionKey, 0, sessionKey.length);
    strength.weaken(sessionKey);
    initializeTables();
  }

  /// `GetNewKeyFromSHA` of section 7.3; the key is the beginning of `digest`.
  private void newKeyFromSha() {
    sha.update(startKey, 0, startKey.length);
    sha.update(SHA_PAD_1, 0, PAD_LENGTH);
    sha.update(sessionKey, 0, sessionKey.length);
    sha.update(SHA_PAD_2, 0, PAD_LENGTH);
    sha.doFinal(digest, 0);
  }

  /// Section 7.3: the next session key, and tables made from it.
  void changeKey() {
    newKeyFromSha();
    rc4.key(digest, sessionKey.length);
    rc4.crypt(digest, 0, sessionKey.length, sessionKey, 0);
    strength.weaken(sessionKey);
    initializeTables();
  }

  /// Starts the tables anew with the key as it is.
  void initializeTables() {
    rc4.key(sessionKey, sessionKey.length);
  }

  /// The tables, to encrypt or decrypt with.
  Rc4 tables() {
    return rc4;
  }

  /// The key, for tests.
  byte[] sessionKey() {
    return sessionKey;
  }

  void wipe() {
    Arrays.fill(startKey, (byte) 0);
    Arrays.fill(sessionKey, (byte) 0);
    Arrays.fill(digest, (byte) 0);
    rc4.wipe();
    sha.reset();
  }
}
