package linedisc.ppp.auth;

import java.security.MessageDigest;
import java.util.function.Supplier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.jspecify.annotations.Nullable;

/// CHAP with a digest, RFC 1994 section 4.1: the Response is the digest of identifier, secret and
/// challenge, one after the other.
final class DigestChap implements ChapAlgorithm {
  static final DigestChap MD5 = new DigestChap(MD5Digest::new);
  static final DigestChap SHA1 = new DigestChap(SHA1Digest::new);
  static final DigestChap SHA256 = new DigestChap(() -> SHA256Digest.newInstance());
  static final DigestChap SHA3_256 = new DigestChap(() -> new SHA3Digest(256));

  private static final byte[] GRANTED = MsChapHash.ascii("Access granted");
  private static final byte[] DENIED = MsChapHash.ascii("Access denied");

  private final Supplier<Digest> digest;
  private final int length;

  private DigestChap(Supplier<Digest> digest) {
    this.digest = digest;
    this.length = digest.get().getDigestSize();
  }

  private byte[] value(int identifier, Secret secret, byte[] challenge) {
    return MsChapHash.hash(digest.get(), new byte[] {(byte) identifier}, secret.live(), challenge);
  }

  @Override
  public int challengeLength() {
    return length;
  }

  @Override
  public boolean canAnswer(int challengeLength) {
    return challengeLength >= 1;
  }

  @Override
  public Proof prove(
      int identifier, String name, Secret secret, byte[] challenge, AuthContext context) {
    return new Proof(value(identifier, secret, challenge));
  }

  @Override
  public boolean isConfirmedBy(Proof proof, byte[] message) {
    return true;
  }

  @Override
  public Refusal readRefusal(byte[] message) {
    return new Refusal(AuthFailure.REFUSED, false, null, Names.message(message, 0, message.length));
  }

  @Override
  public Judgement judge(
      int identifier, String name, Secret secret, byte[] challenge, byte[] value) {
    boolean genuine = MessageDigest.isEqual(value, value(identifier, secret, challenge));
    return genuine ? new Judgement(true, GRANTED, null) : Judgement.WRONG;
  }

  @Override
  public byte[] refusal(int error, byte @Nullable [] nextChallenge) {
    return DENIED;
  }

  @Override
  public boolean hasRetries() {
    return false;
  }

  @Override
  public boolean isChangePassword(int code) {
    return false;
  }
}
