package linedisc.ppp.auth;

/// What an [AuthProtocol] has to tell.
public sealed interface AuthEvent {
  /// Nothing goes on before [AuthProtocol#answer] gets an answer to this.
  record Needed(CredentialRequest request) implements AuthEvent {}

  /// A text of the other side for the user: an EAP Notification, or the message of a reply. Control
  /// characters have been replaced.
  record Message(String text) implements AuthEvent {}

  /// The outcome changed: from pending to succeeded or failed, or, when the authenticator asked
  /// again later, from succeeded to failed.
  record Finished(AuthOutcome outcome) implements AuthEvent {}
}
