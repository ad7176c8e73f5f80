package linedisc.ppp.auth;

import org.jspecify.annotations.Nullable;

/// The answer to a [CredentialRequest].
public sealed interface CredentialAnswer {
  /// The secret; the engine wipes it, so it must be a copy of its own.
  record Known(Secret secret) implements CredentialAnswer {}

  /// There is no secret for that name.
  record Unknown() implements CredentialAnswer {}

  /// The password was checked elsewhere, for example against the system's passwords. For
  /// [CredentialRequest.PeersPassword] only; for other requests the same as [Unknown].
  record Checked(boolean genuine) implements CredentialAnswer {}

  /// The secret in the answer; null if there is none.
  default @Nullable Secret secret() {
    return switch (this) {
      case Known(Secret secret) -> secret;
      case Unknown(), Checked(_) -> null;
    };
  }
}
