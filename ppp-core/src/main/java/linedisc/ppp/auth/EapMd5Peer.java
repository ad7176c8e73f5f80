package linedisc.ppp.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// EAP MD5-Challenge, RFC 3748 section 5.4: the side that proves itself.
final class EapMd5Peer implements EapMethod {
  private static final byte[] NONE = {};

  private final AuthContext context;
  private byte[] challenge = NONE;
  private int identifier;
  private String authenticatorName = "";

  EapMd5Peer(AuthContext context) {
    this.context = context;
  }

  @Override
  public byte[] start(int identifier) {
    throw new IllegalStateException("the authenticator starts");
  }

  @Override
  public Step receive(int identifier, byte[] buffer, int offset, int end) {
    int nameOffset = CountedField.end(buffer, offset, end);
    if (nameOffset < 0 || nameOffset == offset + 1) {
      return new Step.Malformed();
    }
    byte[] value = Arrays.copyOfRange(buffer, offset + 1, nameOffset);
    if (context.isOurChallenge(value)) {
      return new Step.Reflected();
    }
    challenge = value;
    this.identifier = identifier;
    authenticatorName = Names.decode(buffer, nameOffset, end);
    return new Step.Ask(authenticatorName, false, "");
  }

  @Override
  public Step supplied(@Nullable Secret secret) {
    if (secret == null) {
      return new Step.Fail(NONE, AuthFailure.NO_CREDENTIALS, "");
    }
    String localName = context.config().localName();
    ChapAlgorithm.Proof proof =
        DigestChap.MD5.prove(identifier, localName, secret, challenge, context);
    return new Step.Prove(
        CountedField.of(proof.value(), Names.encode(localName)), authenticatorName);
  }

  @Override
  public void wipe() {}
}
