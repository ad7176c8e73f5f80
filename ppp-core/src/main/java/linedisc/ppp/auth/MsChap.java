package linedisc.ppp.auth;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// MS-CHAP, RFC 2433. The Value of the Response:
///
/// ```
/// 24 octets   LAN Manager compatible challenge response: zero, and never looked at
/// 24 octets   Windows NT compatible challenge response
///  1 octet    1: use the Windows NT compatible challenge response
/// ```
///
/// An answer by the LAN Manager password is refused: RFC 2433 section 6 deprecates it, and it falls
/// to a search of a few minutes.
final class MsChap implements ChapAlgorithm {
  /// Codes from here on ask for a change of the password (sections 9 and 10; RFC 2759 section 7).
  static final int FIRST_CHANGE_PASSWORD = 5;

  private static final int CHALLENGE_LENGTH = 8;
  private static final int VALUE_LENGTH = 49;
  private static final int NT_RESPONSE = 24;
  private static final int USE_NT = 48;
  private static final int CHANGE_PASSWORD_VERSION = 2;
  private static final byte[] GRANTED = MsChapHash.ascii("Access granted");

  @Override
  public int challengeLength() {
    return CHALLENGE_LENGTH;
  }

  @Override
  public boolean canAnswer(int length) {
    return length == CHALLENGE_LENGTH;
  }

  @Override
  public Proof prove(
      int identifier, String name, Secret secret, byte[] challenge, AuthContext context) {
    byte[] hash = MsChapHash.ntPasswordHash(secret);
    byte[] response = MsChapHash.challengeResponse(challenge, hash);
    byte[] value = new byte[VALUE_LENGTH];
    System.arraycopy(response, 0, value, NT_RESPONSE, response.length);
    value[USE_NT] = 1;
    Proof proof = new Proof(value, new byte[0], keys(secret, hash, challenge));
    Arrays.fill(hash, (byte) 0);
    return proof;
  }

  private static MppeKeys keys(Secret secret, byte[] hash, byte[] challenge) {
    byte[] lmHash = MsChapHash.lmPasswordHash(secret);
    byte[] hashHash = MsChapHash.hashNtPasswordHash(hash);
    MppeKeys keys = MppeKeys.fromMsChap(lmHash, hashHash, challenge);
    Arrays.fill(lmHash, (byte) 0);
    Arrays.fill(hashHash, (byte) 0);
    return keys;
  }

  @Override
  public boolean isConfirmedBy(Proof proof, byte[] message) {
    return true;
  }

  @Override
  public Refusal readRefusal(byte[] message) {
    return MsChapRefusal.read(message, CHALLENGE_LENGTH);
  }

  @Override
  public Judgement judge(
      int identifier, String name, Secret secret, byte[] challenge, byte[] value) {
    if (value.length != VALUE_LENGTH || value[USE_NT] != 1) {
      return Judgement.WRONG;
    }
    byte[] hash = MsChapHash.ntPasswordHash(secret);
    byte[] expected = MsChapHash.challengeResponse(challenge, hash);
    byte[] given = Arrays.copyOfRange(value, NT_RESPONSE, USE_NT);
    boolean genuine = MessageDigest.isEqual(given, expected);
    Judgement judgement =
        genuine ? new Judgement(true, GRANTED, keys(secret, hash, challenge)) : Judgement.WRONG;
    Arrays.fill(hash, (byte) 0);
    return judgement;
  }

  @Override
  public byte[] refusal(int error, byte @Nullable [] nextChallenge) {
    byte[] challenge = nextChallenge == null ? new byte[CHALLENGE_LENGTH] : nextChallenge;
    return MsChapRefusal.write(
        error, nextChallenge != null, challenge, CHANGE_PASSWORD_VERSION, "");
  }

  @Override
  public boolean hasRetries() {
    return true;
  }

  @Override
  public boolean isChangePassword(int code) {
    return code == FIRST_CHANGE_PASSWORD || code == FIRST_CHANGE_PASSWORD + 1;
  }
}
