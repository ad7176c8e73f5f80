package linedisc.ppp.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// PAP, RFC 1334 section 2: the side that proves itself. The packets are drawn at
/// [PapAuthenticator].
///
/// The Authenticate-Request is repeated, each time with another identifier, until a reply comes or
/// the transmissions are used up. A reply to any of them counts.
final class PapPeer extends AuthProtocol {
  private static final int MAX_FIELD = 255;

  private byte @Nullable [] fields;
  private int identifier;
  private int transmits;
  private long restart = NO_DEADLINE;

  PapPeer(AuthContext context) {
    super(AuthMethod.PAP, context);
    identifier = context.randomIdentifier();
  }

  @Override
  void started(long now) {
    ask(new CredentialRequest.OurSecret(method, context.config().localName(), "", false));
  }

  @Override
  void answered(CredentialRequest request, CredentialAnswer answer, long now) {
    byte[] name = Names.encode(context.config().localName());
    Secret secret = answer.secret();
    if (secret != null && secret.length() <= MAX_FIELD) {
      byte[] both = new byte[2 + name.length + secret.length()];
      both[0] = (byte) name.length;
      System.arraycopy(name, 0, both, 1, name.length);
      both[1 + name.length] = (byte) secret.length();
      secret.copyTo(both, 2 + name.length);
      fields = both;
      request(both, now);
    } else {
      fail(AuthFailure.NO_CREDENTIALS, "");
    }
  }

  private void request(byte[] fields, long now) {
    transmits++;
    identifier = (identifier + 1) & 0xff;
    byte[] packet = build(PapAuthenticator.AUTHENTICATE_REQUEST, identifier, fields);
    send(packet);
    Arrays.fill(packet, (byte) 0);
    restart = after(now, context.config().pap().restart());
  }

  @Override
  void packet(int code, int identifier, byte[] buffer, int offset, int end, long now) {
    boolean reply =
        code == PapAuthenticator.AUTHENTICATE_ACK || code == PapAuthenticator.AUTHENTICATE_NAK;
    if (!reply || fields == null || !isPending()) {
      statistics.unexpected++;
      return;
    }
    int age = (this.identifier - identifier) & 0xff;
    if (age >= transmits) {
      statistics.wrongIdentifier++;
      return;
    }
    // Some authenticators leave the length octet of an empty message out.
    int messageEnd = offset == end ? offset : CountedField.end(buffer, offset, end);
    if (messageEnd < 0) {
      statistics.malformed++;
      return;
    }
    String text = offset == end ? "" : Names.message(buffer, offset + 1, messageEnd);
    wipe();
    restart = NO_DEADLINE;
    if (code == PapAuthenticator.AUTHENTICATE_ACK) {
      message(text);
      succeed("", null);
    } else {
      fail(AuthFailure.REFUSED, text);
    }
  }

  @Override
  long deadline() {
    return restart;
  }

  @Override
  void timeout(long now) {
    byte[] fields = this.fields;
    if (fields != null && transmits < context.config().pap().maxRequests()) {
      request(fields, now);
    } else {
      restart = NO_DEADLINE;
      wipe();
      fail(AuthFailure.NO_RESPONSE, "");
    }
  }

  @Override
  void wipe() {
    if (fields != null) {
      Arrays.fill(fields, (byte) 0);
    }
  }
}
