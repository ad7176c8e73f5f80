package linedisc.ppp.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// EAP MD5-Challenge, RFC 3748 section 5.4: the side that asks. The Type-Data is that of CHAP's
/// Challenge and Response: Value-Size, Value, Name.
final class EapMd5Authenticator implements EapMethod {
  private static final byte[] NONE = {};
  private static final ChapAlgorithm MD5 = DigestChap.MD5;

  private final AuthContext context;
  private byte[] challenge = NONE;
  private int identifier;
  private byte[] value = NONE;
  private String name = "";

  EapMd5Authenticator(AuthContext context) {
    this.context = context;
  }

  @Override
  public byte[] start(int identifier) {
    challenge = context.newChallenge(MD5.challengeLength());
    return CountedField.of(challenge, Names.encode(context.config().localName()));
  }

  @Override
  public Step receive(int identifier, byte[] buffer, int offset, int end) {
    int nameOffset = CountedField.end(buffer, offset, end);
    if (nameOffset < 0) {
      return new Step.Malformed();
    }
    this.identifier = identifier;
    value = Arrays.copyOfRange(buffer, offset + 1, nameOffset);
    name = Names.decode(buffer, nameOffset, end);
    return new Step.Ask(name, false, "");
  }

  @Override
  public Step supplied(@Nullable Secret secret) {
    boolean genuine = MD5.judge(identifier, name, secret, challenge, value, context).genuine();
    return genuine
        ? new Step.Succeed(NONE, name, null)
        : new Step.Fail(NONE, AuthFailure.NOT_PROVEN, "");
  }

  @Override
  public void wipe() {}
}
