package linedisc.ppp.auth;

import org.jspecify.annotations.Nullable;

/// PAP, RFC 1334 section 2: the side that asks.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |     Code      |  Identifier   |            Length             |
/// +---------------+---------------+-------------------------------+
/// | Peer-ID Length|  Peer-Id ...                                     Authenticate-Request
/// | Passwd-Length |  Password  ...
/// |  Msg-Length   |  Message  ...                                    Authenticate-Ack, -Nak
/// ```
///
/// The first Authenticate-Request decides; later ones get the same reply (section 2.2.1).
final class PapAuthenticator extends AuthProtocol {
  static final int AUTHENTICATE_REQUEST = 1;
  static final int AUTHENTICATE_ACK = 2;
  static final int AUTHENTICATE_NAK = 3;

  private static final byte[] NO_MESSAGE = {0};
  private static final byte[] INCORRECT = CountedField.of(Names.encode("Login incorrect"));

  private String name = "";
  private @Nullable Secret password;
  private int identifier;
  private byte @Nullable [] verdict;
  private int verdictCode;
  private long limit = NO_DEADLINE;

  PapAuthenticator(AuthContext context) {
    super(AuthMethod.PAP, context);
  }

  @Override
  void started(long now) {
    limit = after(now, context.config().pap().timeout());
  }

  @Override
  void packet(int code, int identifier, byte[] buffer, int offset, int end, long now) {
    if (code != AUTHENTICATE_REQUEST) {
      statistics.unexpected++;
      return;
    }
    if (verdict != null) {
      statistics.duplicates++;
      send(build(verdictCode, identifier, verdict));
      return;
    }
    int nameEnd = CountedField.end(buffer, offset, end);
    int passwordEnd = nameEnd < 0 ? -1 : CountedField.end(buffer, nameEnd, end);
    if (passwordEnd < 0) {
      statistics.malformed++;
      return;
    }
    String requestName = Names.decode(buffer, offset + 1, nameEnd);
    int passwordOffset = nameEnd + 1;
    int passwordLength = passwordEnd - passwordOffset;
    if (password == null) {
      name = requestName;
      password = Secret.of(buffer, passwordOffset, passwordLength);
      this.identifier = identifier;
      ask(new CredentialRequest.PeersPassword(method, name, password));
    } else if (requestName.equals(name)
        && password.matches(buffer, passwordOffset, passwordLength)) {
      // Repeated while the first is being checked: the answer goes to the newest.
      statistics.duplicates++;
      this.identifier = identifier;
    } else {
      statistics.unexpected++;
    }
  }

  @Override
  void answered(CredentialRequest request, CredentialAnswer answer, long now) {
    Secret given = password;
    if (given == null) {
      return;
    }
    boolean genuine =
        switch (answer) {
          case CredentialAnswer.Known(Secret secret) -> !secret.isEmpty() && secret.matches(given);
          case CredentialAnswer.Unknown() -> false;
          case CredentialAnswer.Checked(boolean checked) -> checked;
        };
    wipe();
    limit = NO_DEADLINE;
    verdictCode = genuine ? AUTHENTICATE_ACK : AUTHENTICATE_NAK;
    verdict = genuine ? NO_MESSAGE : INCORRECT;
    send(build(verdictCode, identifier, verdict));
    if (genuine) {
      succeed(name, null);
    } else {
      fail(AuthFailure.NOT_PROVEN, "");
    }
  }

  @Override
  long deadline() {
    return limit;
  }

  @Override
  void timeout(long now) {
    limit = NO_DEADLINE;
    wipe();
    verdictCode = AUTHENTICATE_NAK;
    verdict = INCORRECT;
    fail(AuthFailure.TIMED_OUT, "");
  }

  @Override
  void wipe() {
    if (password != null) {
      password.wipe();
    }
  }
}
