package linedisc.ppp.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one CHAP algorithm adds to the packets and rules of RFC 1994, which [ChapAuthenticator] and
/// [ChapPeer] hold.
///
/// The arrays in its records are handed over; the records are never compared.
@SuppressWarnings("ArrayRecordComponent")
interface ChapAlgorithm {
  /// Octets of the challenges that we make.
  int challengeLength();

  /// Whether we can answer a challenge of `length` octets.
  boolean canAnswer(int length);

  /// The peer's part: what to answer to a challenge that [#canAnswer].
  ///
  /// @param name the one that we send with it
  /// @param context for random octets
  Proof prove(int identifier, String name, Secret secret, byte[] challenge, AuthContext context);

  /// The peer's part: whether the Success proves the authenticator, as far as it can.
  boolean isConfirmedBy(Proof proof, byte[] message);

  /// The peer's part: reads the message of a Failure.
  Refusal readRefusal(byte[] message);

  /// The authenticator's part: judges the Value of a Response, of any length.
  Judgement judge(int identifier, String name, Secret secret, byte[] challenge, byte[] value);

  /// The same for a secret that may not be known: then with the same work, so that the time taken
  /// does not tell known names from unknown ones, but never genuine. An empty secret counts as
  /// unknown.
  default Judgement judge(
      int identifier,
      String name,
      @Nullable Secret secret,
      byte[] challenge,
      byte[] value,
      AuthContext context) {
    if (secret != null && !secret.isEmpty()) {
      return judge(identifier, name, secret, challenge, value);
    }
    try (Secret none = Secret.of(context.randomOctets(challenge.length))) {
      judge(identifier, name, none, challenge, value);
    }
    return Judgement.WRONG;
  }

  /// The authenticator's part: the message of a Failure.
  ///
  /// @param nextChallenge the one to be answered if the peer may try again; null if it may not
  byte[] refusal(int error, byte @Nullable [] nextChallenge);

  /// Whether a peer may try again after a Failure.
  boolean hasRetries();

  /// Whether this code asks for a change of the password.
  boolean isChangePassword(int code);

  /// What the peer sends, and what it has to remember.
  ///
  /// @param confirmation what the authenticator has to answer; empty if nothing in particular
  record Proof(byte[] value, byte[] confirmation, @Nullable MppeKeys keys) {
    Proof(byte[] value) {
      this(value, new byte[0], null);
    }

    /// Overwrites what is derived from the secret, but for the keys.
    void wipe() {
      Arrays.fill(confirmation, (byte) 0);
    }
  }

  /// @param message for the Success; unused otherwise
  record Judgement(boolean genuine, byte[] message, @Nullable MppeKeys keys) {
    static final Judgement WRONG = new Judgement(false, new byte[0], null);
  }

  /// What a Failure says.
  ///
  /// @param challenge the one to be answered if `retry`; null if it follows from the one before
  record Refusal(AuthFailure reason, boolean retry, byte @Nullable [] challenge, String text) {}
}
