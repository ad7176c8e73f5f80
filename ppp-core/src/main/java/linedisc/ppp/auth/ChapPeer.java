package linedisc.ppp.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// CHAP, RFC 1994: the side that proves itself. The packets are drawn at [ChapAuthenticator].
///
/// A Response is repeated until its Success or Failure comes: the authenticator must answer it the
/// same again (section 4.1), and only so a lost reply does not cost the link. The authenticator may
/// send a new Challenge at any time.
final class ChapPeer extends AuthProtocol {
  private enum State {
    LISTENING,
    /// The secret for the Challenge has been asked for.
    ASKING,
    RESPONDED,
    /// A Success or the last Failure has come.
    DECIDED
  }

  private final ChapAlgorithm algorithm;
  private State state = State.LISTENING;
  // The Challenge as it came, and the value to answer, which is another one after a Failure.
  private byte[] received = new byte[0];
  private int receivedIdentifier;
  private byte[] challenge = new byte[0];
  private int identifier;
  private String authenticatorName = "";
  private ChapAlgorithm.@Nullable Proof proof;
  private byte[] response = new byte[0];
  private int transmits;
  private int retriesLeft;
  private long restart = NO_DEADLINE;
  private long limit = NO_DEADLINE;

  ChapPeer(AuthMethod method, ChapAlgorithm algorithm, AuthContext context) {
    super(method, context);
    this.algorithm = algorithm;
    retriesLeft = context.config().chap().retries();
  }

  @Override
  void started(long now) {
    limit = after(now, context.config().chap().timeout());
  }

  @Override
  void packet(int code, int identifier, byte[] buffer, int offset, int end, long now) {
    switch (code) {
      case ChapAuthenticator.CHALLENGE -> challenged(identifier, buffer, offset, end, now);
      case ChapAuthenticator.SUCCESS, ChapAuthenticator.FAILURE -> {
        if (state != State.RESPONDED) {
          statistics.unexpected++;
        } else if (identifier != this.identifier) {
          statistics.wrongIdentifier++;
        } else {
          byte[] message = Arrays.copyOfRange(buffer, offset, end);
          if (code == ChapAuthenticator.SUCCESS) {
            success(message);
          } else {
            failure(message, now);
          }
        }
      }
      default -> statistics.unexpected++;
    }
  }

  private void challenged(int identifier, byte[] buffer, int offset, int end, long now) {
    int nameOffset = CountedField.end(buffer, offset, end);
    if (nameOffset < 0 || !algorithm.canAnswer(nameOffset - offset - 1)) {
      statistics.malformed++;
      return;
    }
    if (hasFailed()) {
      statistics.unexpected++;
      return;
    }
    byte[] value = Arrays.copyOfRange(buffer, offset + 1, nameOffset);
    if (context.isOurChallenge(value)) {
      statistics.reflected++;
      return;
    }
    boolean repeated =
        state != State.LISTENING
            && identifier == receivedIdentifier
            && Arrays.equals(value, received);
    if (repeated) {
      statistics.duplicates++;
      if (state == State.RESPONDED || state == State.DECIDED) {
        respond(now);
      }
      return;
    }
    received = value;
    receivedIdentifier = identifier;
    challenge = value.clone();
    this.identifier = identifier;
    authenticatorName = Names.decode(buffer, nameOffset, end);
    ask(false);
  }

  private void ask(boolean retry) {
    dropProof();
    state = State.ASKING;
    transmits = 0;
    restart = NO_DEADLINE;
    String localName = context.config().localName();
    ask(new CredentialRequest.OurSecret(method, localName, authenticatorName, retry));
  }

  @Override
  void answered(CredentialRequest request, CredentialAnswer answer, long now) {
    Secret secret = answer.secret();
    if (secret == null) {
      decide();
      fail(AuthFailure.NO_CREDENTIALS, "");
      return;
    }
    String localName = context.config().localName();
    ChapAlgorithm.Proof proof = algorithm.prove(identifier, localName, secret, challenge, context);
    this.proof = proof;
    byte[] data = CountedField.of(proof.value(), Names.encode(localName));
    response = build(ChapAuthenticator.RESPONSE, identifier, data);
    state = State.RESPONDED;
    respond(now);
  }

  /// Sends the Response, for the first time or again.
  private void respond(long now) {
    send(response);
    if (state == State.RESPONDED) {
      transmits++;
      boolean more = transmits < context.config().chap().maxTransmits();
      restart = more ? after(now, context.config().chap().restart()) : NO_DEADLINE;
    }
  }

  private void success(byte[] message) {
    ChapAlgorithm.Proof proof = this.proof;
    if (proof == null || !algorithm.isConfirmedBy(proof, message)) {
      decide();
      fail(AuthFailure.AUTHENTICATOR_NOT_PROVEN, "");
      return;
    }
    MppeKeys keys = proof.keys();
    this.proof = null;
    proof.wipe();
    decide();
    retriesLeft = context.config().chap().retries();
    succeed(authenticatorName, keys);
  }

  private void failure(byte[] message, long now) {
    ChapAlgorithm.Refusal refusal = algorithm.readRefusal(message);
    if (!refusal.retry() || retriesLeft == 0) {
      decide();
      fail(refusal.reason(), refusal.text());
      return;
    }
    retriesLeft--;
    byte[] next = refusal.challenge();
    if (next != null) {
      challenge = next;
    } else {
      // RFC 2433 section 8: the first octet of the challenge before grows by 23.
      challenge[0] = (byte) (challenge[0] + 23);
    }
    identifier = (identifier + 1) & 0xff;
    // The user may have to type: no short time limit any more (RFC 2433 section 8).
    limit = after(now, context.config().chap().timeout());
    message(refusal.text());
    ask(true);
  }

  private void decide() {
    dropProof();
    state = State.DECIDED;
    restart = NO_DEADLINE;
    limit = NO_DEADLINE;
  }

  private void dropProof() {
    if (proof != null) {
      proof.wipe();
      MppeKeys keys = proof.keys();
      if (keys != null) {
        keys.wipe();
      }
      proof = null;
    }
  }

  @Override
  long deadline() {
    return Math.min(restart, limit);
  }

  @Override
  void timeout(long now) {
    if (now >= limit) {
      decide();
      fail(AuthFailure.TIMED_OUT, "");
    } else {
      respond(now);
    }
  }

  @Override
  void wipe() {
    dropProof();
  }
}
