package linedisc.ppp.auth;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// EAP, RFC 3748: the side that asks.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |     Code      |  Identifier   |            Length             |
/// +---------------+---------------+-------------------------------+
/// |     Type      |  Type-Data ...                                   Request, Response
/// ```
///
/// It asks for the identity, then offers its methods one after the other until the peer takes one.
/// A Request is repeated until its Response comes; Success and Failure never are (section 4.2).
final class EapAuthenticator extends AuthProtocol {
  static final int REQUEST = 1;
  static final int RESPONSE = 2;
  static final int SUCCESS = 3;
  static final int FAILURE = 4;

  private static final byte[] NONE = {};

  private enum State {
    IDENTITY,
    METHOD,
    /// The secret for a Response has been asked for.
    CHECKING,
    DECIDED
  }

  private State state = State.DECIDED;
  private List<EapType> untried = List.of();
  private @Nullable EapType type;
  private @Nullable EapMethod running;
  private boolean methodAnswered;
  private String identity = "";
  private @Nullable String provenName;
  private byte[] request = NONE;
  private int identifier;
  private int transmits;
  private long deadline = NO_DEADLINE;

  EapAuthenticator(AuthContext context) {
    super(AuthMethod.EAP, context);
    identifier = context.randomIdentifier();
  }

  @Override
  void started(long now) {
    converse(now);
  }

  private void converse(long now) {
    untried = new ArrayList<>(context.config().eap().methods());
    dropMethod();
    state = State.IDENTITY;
    identifier = (identifier + 1) & 0xff;
    request(EapType.IDENTITY, NONE, now);
  }

  private void request(int type, byte[] data, long now) {
    request = build(REQUEST, identifier, new byte[] {(byte) type}, data);
    transmits = 0;
    transmit(now);
  }

  private void transmit(long now) {
    transmits++;
    send(request);
    deadline = after(now, context.config().eap().restart());
  }

  @Override
  void packet(int code, int identifier, byte[] buffer, int offset, int end, long now) {
    if (code != RESPONSE || state == State.DECIDED) {
      statistics.unexpected++;
    } else if (offset == end) {
      statistics.malformed++;
    } else if (identifier != this.identifier) {
      statistics.wrongIdentifier++;
    } else if (state == State.CHECKING) {
      statistics.duplicates++;
    } else {
      response(buffer[offset] & 0xff, buffer, offset + 1, end, now);
    }
  }

  /// A Response of another type than its Request, but for a Nak, is dropped (section 4.1).
  private void response(int type, byte[] buffer, int offset, int end, long now) {
    EapMethod method = running;
    if (state == State.IDENTITY && type == EapType.IDENTITY) {
      identity = identity(buffer, offset, end);
      offerNext(now);
    } else if (method != null && this.type != null && type == this.type.number()) {
      step(method.receive(identifier, buffer, offset, end), now);
    } else if (method != null && type == EapType.NAK && !methodAnswered) {
      nak(buffer, offset, end, now);
    } else {
      statistics.unexpected++;
    }
  }

  /// Section 5.1: what follows a NUL is not part of the name.
  private static String identity(byte[] buffer, int offset, int end) {
    int stop = offset;
    while (stop < end && buffer[stop] != 0) {
      stop++;
    }
    return Names.decode(buffer, offset, stop);
  }

  /// Section 5.3.1: the data are the types that the peer wants; a zero says that there is none. A
  /// peer of RFC 2284 names one type only, some name one that they don't know: what we have not
  /// offered yet is worth a try.
  private void nak(byte[] buffer, int offset, int end, long now) {
    boolean none = offset == end || buffer[offset] == 0;
    for (int i = offset; i < end; i++) {
      EapType wanted = EapType.of(buffer[i] & 0xff);
      if (wanted != null && untried.remove(wanted)) {
        untried.addFirst(wanted);
        break;
      }
    }
    if (none) {
      untried.clear();
    }
    offerNext(now);
  }

  private void offerNext(long now) {
    dropMethod();
    if (untried.isEmpty()) {
      end(FAILURE);
      fail(AuthFailure.NO_COMMON_METHOD, "");
      return;
    }
    EapType next = untried.removeFirst();
    EapMethod method = next.authenticator(context);
    type = next;
    running = method;
    methodAnswered = false;
    state = State.METHOD;
    identifier = (identifier + 1) & 0xff;
    request(next.number(), method.start(identifier), now);
  }

  private void step(EapMethod.Step step, long now) {
    switch (step) {
      case EapMethod.Step.Malformed() -> statistics.malformed++;
      case EapMethod.Step.Unexpected() -> statistics.unexpected++;
      case EapMethod.Step.Reflected() -> statistics.reflected++;
      case EapMethod.Step.Ask ask -> {
        methodAnswered = true;
        state = State.CHECKING;
        deadline = NO_DEADLINE;
        String name = ask.name().isEmpty() ? identity : ask.name();
        ask(new CredentialRequest.PeersSecret(method, name));
      }
      case EapMethod.Step.Send(byte[] data) -> {
        methodAnswered = true;
        state = State.METHOD;
        identifier = (identifier + 1) & 0xff;
        if (type != null) {
          request(type.number(), data, now);
        }
      }
      case EapMethod.Step.Prove _ -> throw new IllegalStateException("a peer's step");
      case EapMethod.Step.Succeed succeed -> succeeded(succeed, now);
      case EapMethod.Step.Fail fail -> {
        end(FAILURE);
        fail(fail.reason(), fail.message());
      }
    }
  }

  private void succeeded(EapMethod.Step.Succeed success, long now) {
    String name = success.name().isEmpty() ? identity : success.name();
    if (provenName != null && !provenName.equals(name)) {
      end(FAILURE);
      fail(AuthFailure.NAME_CHANGED, "");
      return;
    }
    provenName = name;
    end(SUCCESS);
    deadline = after(now, context.config().eap().interval());
    succeed(name, success.keys());
  }

  /// Success or Failure, with the identifier of the Response that led to it (section 4.2).
  private void end(int code) {
    send(build(code, identifier));
    state = State.DECIDED;
    deadline = NO_DEADLINE;
    dropMethod();
  }

  @Override
  void answered(CredentialRequest request, CredentialAnswer answer, long now) {
    EapMethod method = running;
    if (method != null) {
      step(method.supplied(answer.secret()), now);
    }
  }

  @Override
  long deadline() {
    return deadline;
  }

  @Override
  void timeout(long now) {
    if (state == State.DECIDED) {
      converse(now);
    } else if (transmits < context.config().eap().maxTransmits()) {
      transmit(now);
    } else {
      end(FAILURE);
      fail(AuthFailure.NO_RESPONSE, "");
    }
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
