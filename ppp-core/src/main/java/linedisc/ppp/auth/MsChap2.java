package linedisc.ppp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// MS-CHAP-V2, RFC 2759. The Value of the Response:
///
/// ```
/// 16 octets   Peer-Challenge
///  8 octets   Reserved, zero
/// 24 octets   NT-Response
///  1 octet    Flags, zero
/// ```
///
/// The Success carries the authenticator's own proof: `S=` and 40 hexadecimal digits, then `M=` and
/// a text.
final class MsChap2 implements ChapAlgorithm {
  static final int CHALLENGE_LENGTH = 16;
  static final int VALUE_LENGTH = 49;

  private static final int NT_RESPONSE = 24;
  private static final int FLAGS = 48;
  private static final int CHANGE_PASSWORD = 7;
  private static final int CHANGE_PASSWORD_VERSION = 3;
  private static final int CONFIRMATION_DIGITS = 2 * MsChapHash.AUTHENTICATOR_RESPONSE_LENGTH;

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
    return prove(name, secret, challenge, context.randomOctets(CHALLENGE_LENGTH));
  }

  static Proof prove(String name, Secret secret, byte[] challenge, byte[] peerChallenge) {
    byte[] hash = MsChapHash.ntPasswordHash(secret);
    byte[] hashHash = MsChapHash.hashNtPasswordHash(hash);
    byte[] challengeHash = MsChapHash.challengeHash(peerChallenge, challenge, name);
    byte[] response = MsChapHash.challengeResponse(challengeHash, hash);
    byte[] value = new byte[VALUE_LENGTH];
    System.arraycopy(peerChallenge, 0, value, 0, peerChallenge.length);
    System.arraycopy(response, 0, value, NT_RESPONSE, response.length);
    Proof proof =
        new Proof(
            value,
            MsChapHash.authenticatorResponse(hashHash, response, challengeHash),
            MppeKeys.fromMsChap2(hashHash, response, false));
    Arrays.fill(hash, (byte) 0);
    Arrays.fill(hashHash, (byte) 0);
    return proof;
  }

  /// Section 5: the peer must end the session if the authenticator's proof is missing or wrong.
  /// What follows it is only text; some authenticators leave the blank before `M=` out.
  @Override
  public boolean isConfirmedBy(Proof proof, byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    int end = 2 + CONFIRMATION_DIGITS;
    if (!text.startsWith("S=") || text.length() < end) {
      return false;
    }
    byte[] given = Hex.decode(text.substring(0, end), 2);
    return given != null && MessageDigest.isEqual(given, proof.confirmation());
  }

  /// Section 6: the next challenge must be there.
  @Override
  public Refusal readRefusal(byte[] message) {
    Refusal refusal = MsChapRefusal.read(message, CHALLENGE_LENGTH);
    boolean retry = refusal.retry() && refusal.challenge() != null;
    return new Refusal(refusal.reason(), retry, refusal.challenge(), refusal.text());
  }

  @Override
  public Judgement judge(
      int identifier, String name, Secret secret, byte[] challenge, byte[] value) {
    if (value.length != VALUE_LENGTH) {
      return Judgement.WRONG;
    }
    byte[] peerChallenge = Arrays.copyOf(value, CHALLENGE_LENGTH);
    byte[] response = Arrays.copyOfRange(value, NT_RESPONSE, FLAGS);
    byte[] hash = MsChapHash.ntPasswordHash(secret);
    byte[] challengeHash = MsChapHash.challengeHash(peerChallenge, challenge, name);
    byte[] expected = MsChapHash.challengeResponse(challengeHash, hash);
    Judgement judgement = Judgement.WRONG;
    if (MessageDigest.isEqual(response, expected)) {
      byte[] hashHash = MsChapHash.hashNtPasswordHash(hash);
      byte[] proof = MsChapHash.authenticatorResponse(hashHash, response, challengeHash);
      // Windows 98 sets a flag and takes a text after the proof for an error.
      String text = value[FLAGS] == 0 ? " M=Access granted" : "";
      String message = "S=" + HexFormat.of().withUpperCase().formatHex(proof) + text;
      judgement =
          new Judgement(
              true, MsChapHash.ascii(message), MppeKeys.fromMsChap2(hashHash, response, true));
      Arrays.fill(hashHash, (byte) 0);
    }
    Arrays.fill(hash, (byte) 0);
    return judgement;
  }

  @Override
  public byte[] refusal(int error, byte @Nullable [] nextChallenge) {
    byte[] challenge = nextChallenge == null ? new byte[CHALLENGE_LENGTH] : nextChallenge;
    return MsChapRefusal.write(
        error, nextChallenge != null, challenge, CHANGE_PASSWORD_VERSION, "Access denied");
  }

  @Override
  public boolean hasRetries() {
    return true;
  }

  @Override
  public boolean isChangePassword(int code) {
    return code == CHANGE_PASSWORD;
  }
}
