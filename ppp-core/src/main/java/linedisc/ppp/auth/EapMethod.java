package linedisc.ppp.auth;

import org.jspecify.annotations.Nullable;

/// One method of EAP in one role, from its first Request to the verdict. What is common to all
/// methods (identifiers, repetition, Identity, Nak, Success and Failure) is done by
/// [EapAuthenticator] and [EapPeer], which make a new one for each conversation.
///
/// A method for TLS would be a third pair of implementations: its handshake fits the same steps.
interface EapMethod {
  /// As authenticator only: the Type-Data of the first Request.
  ///
  /// @param identifier the one of that Request
  byte[] start(int identifier);

  /// Takes the Type-Data of a Request or Response, from `offset` to before `end`. It has the Type
  /// of this method and is no repetition.
  Step receive(int identifier, byte[] buffer, int offset, int end);

  /// The secret that a [Step.Ask] asked for; null if there is none, and as authenticator an empty
  /// one is as good as none. The caller wipes it.
  Step supplied(@Nullable Secret secret);

  /// Overwrites what is derived from secrets, keys too if they were not given out.
  void wipe();

  /// What follows. The arrays are handed over; steps are never compared.
  @SuppressWarnings("ArrayRecordComponent")
  sealed interface Step {
    /// Drop the packet: it is malformed.
    record Malformed() implements Step {}

    /// Drop the packet: it does not fit the state.
    record Unexpected() implements Step {}

    /// Drop the packet: it carries our own challenge.
    record Reflected() implements Step {}

    /// Ask for a secret: as peer with the name that the authenticator gives itself, as
    /// authenticator with the peer's name, each empty if not given.
    ///
    /// @param message of the other side, for the user; empty for none
    record Ask(String name, boolean retry, String message) implements Step {}

    /// Send this Type-Data: the next Request, or the Response.
    record Send(byte[] data) implements Step {}

    /// As peer: send this Response; a Success is welcome after it.
    record Prove(byte[] data, String authenticatorName) implements Step {}

    /// It succeeded. As peer: send the Response; the authenticator has proved itself, so nothing
    /// can be gained from waiting for its Success (RFC 3748 section 4.2).
    ///
    /// @param data empty as authenticator
    record Succeed(byte[] data, String name, @Nullable MppeKeys keys) implements Step {}

    /// It failed.
    ///
    /// @param data as peer: the Response to send, or empty for none; as authenticator empty
    record Fail(byte[] data, AuthFailure reason, String message) implements Step {}
  }
}
