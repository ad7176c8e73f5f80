package linedisc.ppp.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// CHAP, RFC 1994: the side that asks.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |     Code      |  Identifier   |            Length             |
/// +---------------+---------------+-------------------------------+
/// |  Value-Size   |  Value ...            |  Name ...                Challenge, Response
/// |  Message ...                                                     Success, Failure
/// ```
///
/// A Challenge is repeated until a Response comes. The first Response to it decides; all later ones
/// with its identifier get the same reply, whatever they say (section 4.1). After a success the
/// peer is challenged again when the interval has passed.
final class ChapAuthenticator extends AuthProtocol {
  static final int CHALLENGE = 1;
  static final int RESPONSE = 2;
  static final int SUCCESS = 3;
  static final int FAILURE = 4;

  private enum State {
    /// A Challenge is out.
    CHALLENGED,
    /// The secret for a Response has been asked for.
    CHECKING,
    /// A Failure is out that lets the peer try again.
    RETRYING,
    /// Decided.
    DECIDED
  }

  private final ChapAlgorithm algorithm;
  private State state = State.DECIDED;
  private byte[] challenge = new byte[0];
  private byte[] challengePacket = new byte[0];
  private int expected;
  private int transmits;
  private int retriesLeft;
  private byte[] value = new byte[0];
  private String name = "";
  private @Nullable String provenName;
  private byte @Nullable [] reply;
  private int replyIdentifier;
  private long deadline = NO_DEADLINE;

  ChapAuthenticator(AuthMethod method, ChapAlgorithm algorithm, AuthContext context) {
    super(method, context);
    this.algorithm = algorithm;
    expected = context.randomIdentifier();
  }

  @Override
  void started(long now) {
    challenge(now);
  }

  private void challenge(long now) {
    expected = (expected + 1) & 0xff;
    challenge = context.newChallenge(algorithm.challengeLength());
    byte[] ownName = Names.encode(context.config().localName());
    challengePacket = build(CHALLENGE, expected, CountedField.of(challenge, ownName));
    reply = null;
    transmits = 0;
    retriesLeft = algorithm.hasRetries() ? context.config().chap().retries() : 0;
    state = State.CHALLENGED;
    transmit(now);
  }

  private void transmit(long now) {
    transmits++;
    send(challengePacket);
    deadline = after(now, context.config().chap().restart());
  }

  @Override
  void packet(int code, int identifier, byte[] buffer, int offset, int end, long now) {
    if (algorithm.isChangePassword(code)) {
      changePassword(identifier);
    } else if (code == RESPONSE) {
      response(identifier, buffer, offset, end);
    } else {
      statistics.unexpected++;
    }
  }

  private void response(int identifier, byte[] buffer, int offset, int end) {
    byte[] reply = this.reply;
    if (reply != null && identifier == replyIdentifier) {
      statistics.duplicates++;
      send(reply);
      return;
    }
    if (identifier != expected) {
      statistics.wrongIdentifier++;
      return;
    }
    switch (state) {
      case CHALLENGED, RETRYING -> {
        int nameOffset = CountedField.end(buffer, offset, end);
        if (nameOffset < 0) {
          statistics.malformed++;
          return;
        }
        value = Arrays.copyOfRange(buffer, offset + 1, nameOffset);
        name = Names.decode(buffer, nameOffset, end);
        state = State.CHECKING;
        deadline = NO_DEADLINE;
        ask(new CredentialRequest.PeersSecret(method, name));
      }
      case CHECKING -> statistics.duplicates++;
      case DECIDED -> statistics.unexpected++;
    }
  }

  /// Out of place unless a Failure told the peer that its password has expired, which ours never
  /// does; but a peer that insists is told at once that it leads nowhere.
  private void changePassword(int identifier) {
    if (state != State.RETRYING || identifier != expected) {
      statistics.unexpected++;
      return;
    }
    refuse(MsChapRefusal.CHANGING_PASSWORD, AuthFailure.CHANGE_PASSWORD_REFUSED);
  }

  @Override
  void answered(CredentialRequest request, CredentialAnswer answer, long now) {
    ChapAlgorithm.Judgement judgement =
        algorithm.judge(expected, name, answer.secret(), challenge, value, context);
    if (judgement.genuine() && provenName != null && !provenName.equals(name)) {
      refuse(MsChapRefusal.AUTHENTICATION_FAILURE, AuthFailure.NAME_CHANGED);
    } else if (judgement.genuine()) {
      provenName = name;
      state = State.DECIDED;
      reply(build(SUCCESS, expected, judgement.message()));
      deadline = after(now, context.config().chap().interval());
      succeed(name, judgement.keys());
    } else if (retriesLeft > 0) {
      retriesLeft--;
      challenge = context.newChallenge(algorithm.challengeLength());
      byte[] message = algorithm.refusal(MsChapRefusal.AUTHENTICATION_FAILURE, challenge);
      reply(build(FAILURE, expected, message));
      state = State.RETRYING;
      expected = (expected + 1) & 0xff;
      deadline = after(now, context.config().chap().timeout());
    } else {
      refuse(MsChapRefusal.AUTHENTICATION_FAILURE, AuthFailure.NOT_PROVEN);
    }
  }

  private void refuse(int error, AuthFailure reason) {
    state = State.DECIDED;
    deadline = NO_DEADLINE;
    reply(build(FAILURE, expected, algorithm.refusal(error, null)));
    fail(reason, "");
  }

  private void reply(byte[] packet) {
    reply = packet;
    replyIdentifier = expected;
    send(packet);
  }

  @Override
  long deadline() {
    return deadline;
  }

  @Override
  void timeout(long now) {
    deadline = NO_DEADLINE;
    switch (state) {
      case CHALLENGED -> {
        if (transmits < context.config().chap().maxTransmits()) {
          transmit(now);
        } else {
          state = State.DECIDED;
          fail(AuthFailure.NO_RESPONSE, "");
        }
      }
      case RETRYING -> {
        state = State.DECIDED;
        fail(AuthFailure.TIMED_OUT, "");
      }
      case DECIDED -> challenge(now);
      case CHECKING -> {}
    }
  }

  @Override
  void wipe() {
    Arrays.fill(value, (byte) 0);
  }
}
