package linedisc.ppp.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// EAP MSCHAPv2 (draft-kamath-pppext-eap-mschapv2): the side that asks. Type-Data:
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |    OpCode     |  MS-CHAPv2-ID |           MS-Length           |
/// +---------------+---------------+-------------------------------+
/// |  Value-Size   |  Value ...            |  Name ...                Challenge, Response
/// |  Message ...                                                     Success, Failure
/// ```
///
/// The packets are those of MS-CHAP-V2, but Success and Failure are Requests, and the peer
/// acknowledges them with a Response that is the OpCode alone.
final class EapMsChap2Authenticator implements EapMethod {
  static final int CHALLENGE = 1;
  static final int RESPONSE = 2;
  static final int SUCCESS = 3;
  static final int FAILURE = 4;
  static final int CHANGE_PASSWORD = 7;
  static final int HEADER = 4;

  private static final byte[] NONE = {};
  private static final ChapAlgorithm MS_CHAP_V2 = new MsChap2();

  private enum State {
    CHALLENGED,
    SUCCEEDED,
    FAILED
  }

  private final AuthContext context;
  private State state = State.CHALLENGED;
  private byte[] challenge = NONE;
  private int expected;
  private int retriesLeft;
  private byte[] value = NONE;
  private String name = "";
  private @Nullable MppeKeys keys;
  private AuthFailure reason = AuthFailure.NOT_PROVEN;

  EapMsChap2Authenticator(AuthContext context) {
    this.context = context;
    retriesLeft = context.config().eap().retries();
  }

  @Override
  public byte[] start(int identifier) {
    expected = identifier;
    challenge = context.newChallenge(MsChap2.CHALLENGE_LENGTH);
    byte[] field = CountedField.of(challenge, Names.encode(context.config().localName()));
    return data(CHALLENGE, expected, field);
  }

  static byte[] data(int opCode, int identifier, byte[] rest) {
    return AuthProtocol.build(opCode, identifier, rest);
  }

  @Override
  public Step receive(int identifier, byte[] buffer, int offset, int end) {
    if (offset == end) {
      return new Step.Malformed();
    }
    int opCode = buffer[offset] & 0xff;
    return switch (state) {
      case CHALLENGED ->
          switch (opCode) {
            case RESPONSE -> response(buffer, offset, end);
            case CHANGE_PASSWORD -> {
              reason = AuthFailure.CHANGE_PASSWORD_REFUSED;
              yield refuse(MsChapRefusal.CHANGING_PASSWORD);
            }
            default -> new Step.Unexpected();
          };
      case SUCCEEDED ->
          switch (opCode) {
            case SUCCESS -> confirmed();
            case FAILURE -> new Step.Fail(NONE, AuthFailure.AUTHENTICATOR_NOT_PROVEN, "");
            default -> new Step.Unexpected();
          };
      case FAILED -> opCode == FAILURE ? new Step.Fail(NONE, reason, "") : new Step.Unexpected();
    };
  }

  private Step response(byte[] buffer, int offset, int end) {
    if (end - offset < HEADER) {
      return new Step.Malformed();
    }
    int msLength = AuthProtocol.unsigned16(buffer, offset + 2);
    if (msLength < HEADER || msLength > end - offset) {
      return new Step.Malformed();
    }
    int msEnd = offset + msLength;
    int nameOffset = CountedField.end(buffer, offset + HEADER, msEnd);
    if (nameOffset < 0 || (buffer[offset + 1] & 0xff) != expected) {
      return new Step.Malformed();
    }
    value = Arrays.copyOfRange(buffer, offset + HEADER + 1, nameOffset);
    name = Names.decode(buffer, nameOffset, msEnd);
    return new Step.Ask(name, false, "");
  }

  @Override
  public Step supplied(@Nullable Secret secret) {
    ChapAlgorithm.Judgement judgement =
        MS_CHAP_V2.judge(expected, name, secret, challenge, value, context);
    if (judgement.genuine()) {
      state = State.SUCCEEDED;
      keys = judgement.keys();
      return new Step.Send(data(SUCCESS, expected, judgement.message()));
    }
    if (retriesLeft == 0) {
      return refuse(MsChapRefusal.AUTHENTICATION_FAILURE);
    }
    retriesLeft--;
    challenge = context.newChallenge(MsChap2.CHALLENGE_LENGTH);
    byte[] message = MS_CHAP_V2.refusal(MsChapRefusal.AUTHENTICATION_FAILURE, challenge);
    Step step = new Step.Send(data(FAILURE, expected, message));
    expected = (expected + 1) & 0xff;
    return step;
  }

  private Step refuse(int error) {
    state = State.FAILED;
    return new Step.Send(data(FAILURE, expected, MS_CHAP_V2.refusal(error, null)));
  }

  private Step confirmed() {
    MppeKeys keys = this.keys;
    this.keys = null;
    return new Step.Succeed(NONE, name, keys);
  }

  @Override
  public void wipe() {
    if (keys != null) {
      keys.wipe();
    }
  }
}
