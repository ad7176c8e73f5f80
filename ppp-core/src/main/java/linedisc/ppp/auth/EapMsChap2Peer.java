package linedisc.ppp.auth;

import static linedisc.ppp.auth.EapMsChap2Authenticator.CHALLENGE;
import static linedisc.ppp.auth.EapMsChap2Authenticator.FAILURE;
import static linedisc.ppp.auth.EapMsChap2Authenticator.HEADER;
import static linedisc.ppp.auth.EapMsChap2Authenticator.RESPONSE;
import static linedisc.ppp.auth.EapMsChap2Authenticator.SUCCESS;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// EAP MSCHAPv2: the side that proves itself. The Type-Data is drawn at [EapMsChap2Authenticator].
final class EapMsChap2Peer implements EapMethod {
  private static final byte[] NONE = {};
  private static final byte[] SUCCESS_RESPONSE = {SUCCESS};
  private static final byte[] FAILURE_RESPONSE = {FAILURE};
  private static final ChapAlgorithm MS_CHAP_V2 = new MsChap2();

  private final AuthContext context;
  private byte[] challenge = NONE;
  private int msIdentifier;
  private int retriesLeft;
  private String authenticatorName = "";
  private ChapAlgorithm.@Nullable Proof proof;

  EapMsChap2Peer(AuthContext context) {
    this.context = context;
    retriesLeft = context.config().eap().retries();
  }

  @Override
  public byte[] start(int identifier) {
    throw new IllegalStateException("the authenticator starts");
  }

  @Override
  public Step receive(int identifier, byte[] buffer, int offset, int end) {
    if (end - offset < HEADER) {
      return new Step.Malformed();
    }
    int msLength = AuthProtocol.unsigned16(buffer, offset + 2);
    if (msLength < HEADER || msLength > end - offset) {
      return new Step.Malformed();
    }
    int msEnd = offset + msLength;
    int dataOffset = offset + HEADER;
    return switch (buffer[offset] & 0xff) {
      case CHALLENGE -> challenged(buffer[offset + 1] & 0xff, buffer, dataOffset, msEnd);
      case SUCCESS -> success(Arrays.copyOfRange(buffer, dataOffset, msEnd));
      case FAILURE -> failure(Arrays.copyOfRange(buffer, dataOffset, msEnd));
      default -> new Step.Unexpected();
    };
  }

  private Step challenged(int msIdentifier, byte[] buffer, int offset, int end) {
    int nameOffset = CountedField.end(buffer, offset, end);
    if (nameOffset < 0 || !MS_CHAP_V2.canAnswer(nameOffset - offset - 1)) {
      return new Step.Malformed();
    }
    byte[] value = Arrays.copyOfRange(buffer, offset + 1, nameOffset);
    if (context.isOurChallenge(value)) {
      return new Step.Reflected();
    }
    challenge = value;
    this.msIdentifier = msIdentifier;
    authenticatorName = Names.decode(buffer, nameOffset, end);
    return ask(false, "");
  }

  private Step ask(boolean retry, String message) {
    wipe();
    proof = null;
    return new Step.Ask(authenticatorName, retry, message);
  }

  @Override
  public Step supplied(@Nullable Secret secret) {
    if (secret == null) {
      return new Step.Fail(NONE, AuthFailure.NO_CREDENTIALS, "");
    }
    String localName = context.config().localName();
    ChapAlgorithm.Proof proof =
        MS_CHAP_V2.prove(msIdentifier, localName, secret, challenge, context);
    this.proof = proof;
    byte[] field = CountedField.of(proof.value(), Names.encode(localName));
    return new Step.Send(EapMsChap2Authenticator.data(RESPONSE, msIdentifier, field));
  }

  /// The MS-CHAPv2-ID is not looked at: pppd gives its Success a new one, and the authenticator's
  /// proof is worth more.
  private Step success(byte[] message) {
    ChapAlgorithm.Proof proof = this.proof;
    if (proof == null) {
      return new Step.Unexpected();
    }
    if (!MS_CHAP_V2.isConfirmedBy(proof, message)) {
      return new Step.Fail(FAILURE_RESPONSE, AuthFailure.AUTHENTICATOR_NOT_PROVEN, "");
    }
    MppeKeys keys = proof.keys();
    proof.wipe();
    this.proof = null;
    return new Step.Succeed(SUCCESS_RESPONSE, authenticatorName, keys);
  }

  private Step failure(byte[] message) {
    if (proof == null) {
      return new Step.Unexpected();
    }
    ChapAlgorithm.Refusal refusal = MS_CHAP_V2.readRefusal(message);
    byte[] next = refusal.challenge();
    if (!refusal.retry() || retriesLeft == 0 || next == null) {
      return new Step.Fail(FAILURE_RESPONSE, refusal.reason(), refusal.text());
    }
    retriesLeft--;
    challenge = next;
    msIdentifier = (msIdentifier + 1) & 0xff;
    return ask(true, refusal.text());
  }

  @Override
  public void wipe() {
    if (proof != null) {
      proof.wipe();
      MppeKeys keys = proof.keys();
      if (keys != null) {
        keys.wipe();
      }
    }
  }
}
