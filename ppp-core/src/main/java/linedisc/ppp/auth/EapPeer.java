package linedisc.ppp.auth;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// EAP, RFC 3748: the side that proves itself. The packets are drawn at [EapAuthenticator].
///
/// It sends nothing but the Response to a Request; a repeated Request gets the same Response again.
final class EapPeer extends AuthProtocol {
  private static final byte[] NONE = {};

  private enum State {
    /// No method is under way, or one that has not been answered but with a Nak.
    LISTENING,
    /// The method has been answered.
    METHOD,
    /// The secret for a Request has been asked for.
    ASKING,
    /// We have given our proof: a Success is welcome.
    PROVEN,
    /// It was a success, or a failure.
    DECIDED
  }

  private State state = State.LISTENING;
  private @Nullable EapType type;
  private @Nullable EapMethod running;
  private String authenticatorName = "";
  private byte[] request = NONE;
  private byte @Nullable [] response;
  private int identifier;
  private int requests;
  private long limit = NO_DEADLINE;

  EapPeer(AuthContext context) {
    super(AuthMethod.EAP, context);
  }

  @Override
  void started(long now) {
    limit = after(now, context.config().eap().timeout());
  }

  @Override
  void packet(int code, int identifier, byte[] buffer, int offset, int end, long now) {
    switch (code) {
      case EapAuthenticator.REQUEST -> request(identifier, buffer, offset, end, now);
      case EapAuthenticator.SUCCESS -> {
        if (!endsConversation(identifier)) {
          statistics.wrongIdentifier++;
        } else if (state == State.PROVEN) {
          proven();
        } else if (state != State.DECIDED) {
          statistics.unexpected++;
        }
      }
      case EapAuthenticator.FAILURE -> {
        if (state == State.DECIDED || response == null) {
          statistics.unexpected++;
        } else if (!endsConversation(identifier)) {
          statistics.wrongIdentifier++;
        } else {
          decide();
          fail(AuthFailure.REFUSED, "");
        }
      }
      default -> statistics.unexpected++;
    }
  }

  /// Section 4.2 wants the identifier of our last Response; pppd's is greater by one.
  private boolean endsConversation(int identifier) {
    return identifier == this.identifier || identifier == ((this.identifier + 1) & 0xff);
  }

  private void request(int identifier, byte[] buffer, int offset, int end, long now) {
    if (offset == end) {
      statistics.malformed++;
      return;
    }
    if (hasFailed()) {
      statistics.unexpected++;
      return;
    }
    boolean repeated =
        identifier == this.identifier
            && Arrays.equals(request, 0, request.length, buffer, offset, end);
    if (repeated) {
      statistics.duplicates++;
      byte[] answer = response;
      if (answer != null && state != State.ASKING) {
        send(answer);
      }
      return;
    }
    if (state == State.DECIDED) {
      // Asked again after a success: a new conversation.
      state = State.LISTENING;
      requests = 0;
    }
    requests++;
    int allowed = context.config().eap().maxRequests();
    if (allowed != 0 && requests > allowed) {
      decide();
      fail(AuthFailure.TOO_MANY_REQUESTS, "");
      return;
    }
    if (take(identifier, buffer[offset] & 0xff, buffer, offset + 1, end)) {
      request = Arrays.copyOfRange(buffer, offset, end);
      this.identifier = identifier;
      if (isPending() && state != State.DECIDED) {
        limit = after(now, context.config().eap().timeout());
      }
    }
  }

  /// Acts on a new Request; false if it was dropped.
  private boolean take(int identifier, int type, byte[] buffer, int offset, int end) {
    switch (type) {
      case EapType.IDENTITY -> {
        if (state != State.LISTENING) {
          return unexpected();
        }
        message(Names.message(buffer, offset, end));
        respond(identifier, EapType.IDENTITY, Names.encode(context.config().localName()));
        return true;
      }
      case EapType.NOTIFICATION -> {
        if (state == State.ASKING) {
          // Nothing but a repetition may follow a Request before its Response (section 4.1).
          return unexpected();
        }
        message(Names.message(buffer, offset, end));
        respond(identifier, EapType.NOTIFICATION, NONE);
        return true;
      }
      case EapType.NAK -> {
        return unexpected();
      }
      default -> {
        return state == State.LISTENING
            ? begin(identifier, type, buffer, offset, end)
            : go(identifier, type, buffer, offset, end);
      }
    }
  }

  private boolean unexpected() {
    statistics.unexpected++;
    return false;
  }

  private boolean begin(int identifier, int type, byte[] buffer, int offset, int end) {
    List<EapType> acceptable = context.config().eap().methods();
    EapType wanted = EapType.of(type);
    if (wanted == null || !acceptable.contains(wanted)) {
      // Section 5.3.1: what we would accept, the best first.
      byte[] types = new byte[acceptable.size()];
      for (int i = 0; i < types.length; i++) {
        types[i] = (byte) acceptable.get(i).number();
      }
      respond(identifier, EapType.NAK, types);
      return true;
    }
    dropMethod();
    this.type = wanted;
    running = wanted.peer(context);
    return go(identifier, type, buffer, offset, end);
  }

  /// Section 2.1: once a method is under way, Requests of another type are dropped.
  private boolean go(int identifier, int type, byte[] buffer, int offset, int end) {
    EapMethod method = running;
    if (method == null || this.type == null || this.type.number() != type) {
      return unexpected();
    }
    if (state == State.ASKING) {
      return unexpected();
    }
    return step(identifier, method.receive(identifier, buffer, offset, end));
  }

  private boolean step(int identifier, EapMethod.Step step) {
    switch (step) {
      case EapMethod.Step.Malformed() -> {
        statistics.malformed++;
        return false;
      }
      case EapMethod.Step.Unexpected() -> {
        return unexpected();
      }
      case EapMethod.Step.Reflected() -> {
        statistics.reflected++;
        return false;
      }
      case EapMethod.Step.Ask ask -> {
        message(ask.message());
        state = State.ASKING;
        String localName = context.config().localName();
        ask(new CredentialRequest.OurSecret(method, localName, ask.name(), ask.retry()));
      }
      case EapMethod.Step.Send(byte[] data) -> {
        state = State.METHOD;
        respond(identifier, data);
      }
      case EapMethod.Step.Prove prove -> {
        state = State.PROVEN;
        authenticatorName = prove.authenticatorName();
        respond(identifier, prove.data());
      }
      case EapMethod.Step.Succeed succeed -> {
        respond(identifier, succeed.data());
        decide();
        succeed(succeed.name(), succeed.keys());
      }
      case EapMethod.Step.Fail fail -> {
        if (fail.data().length > 0) {
          respond(identifier, fail.data());
        }
        decide();
        fail(fail.reason(), fail.message());
      }
    }
    return true;
  }

  private void respond(int identifier, byte[] data) {
    if (type != null) {
      respond(identifier, type.number(), data);
    }
  }

  private void respond(int identifier, int type, byte[] data) {
    byte[] packet = build(EapAuthenticator.RESPONSE, identifier, new byte[] {(byte) type}, data);
    response = packet;
    send(packet);
  }

  @Override
  void answered(CredentialRequest request, CredentialAnswer answer, long now) {
    EapMethod method = running;
    if (method == null) {
      return;
    }
    step(identifier, method.supplied(answer.secret()));
  }

  /// Takes the place of a Success that was lost.
  @Override
  public void networkPacketReceived(long now) {
    if (state == State.PROVEN) {
      proven();
    }
  }

  private void proven() {
    decide();
    succeed(authenticatorName, null);
  }

  private void decide() {
    state = State.DECIDED;
    limit = NO_DEADLINE;
    dropMethod();
  }

  @Override
  long deadline() {
    return limit;
  }

  @Override
  void timeout(long now) {
    decide();
    fail(AuthFailure.TIMED_OUT, "");
  }

  private void dropMethod() {
    if (running != null) {
      running.wipe();
    }
    running = null;
    type = null;
  }

  @Override
  void wipe() {
    dropMethod();
  }
}
