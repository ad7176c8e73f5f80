package linedisc.ppp.auth;

import org.jspecify.annotations.Nullable;

/// What an [AuthProtocol] has come to.
public sealed interface AuthOutcome {
  /// Nothing is decided yet.
  record Pending() implements AuthOutcome {}

  /// The proof was accepted. It stays so while the authenticator asks again later, until that
  /// fails.
  ///
  /// @param name as authenticator: the peer's name, the one whose secret it proved; as peer: the
  ///   name the authenticator gave itself, which proves nothing; empty if it gave none
  /// @param keys for MPPE if the method yields keys; the receiver of the outcome wipes them
  record Succeeded(String name, @Nullable MppeKeys keys) implements AuthOutcome {}

  /// The proof was refused, or did not come about.
  ///
  /// @param message what the other side said about it, fit to be shown; empty if it said nothing
  record Failed(AuthFailure reason, String message) implements AuthOutcome {}
}
