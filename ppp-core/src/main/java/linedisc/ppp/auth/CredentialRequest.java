package linedisc.ppp.auth;

/// A question for a name or secret, answered by [AuthProtocol#answer].
public sealed interface CredentialRequest {
  /// The protocol that needs it.
  AuthMethod method();

  /// Whether it is for the engine that proves ourselves, or else for the one that asks the peer.
  default boolean isOurs() {
    return this instanceof OurSecret;
  }

  /// With what do we prove ourselves? Answer: [CredentialAnswer.Known] or
  /// [CredentialAnswer.Unknown].
  ///
  /// @param localName the name we go by
  /// @param authenticatorName what the authenticator calls itself; empty if it doesn't say
  /// @param retry whether an earlier secret was refused and the authenticator lets us try again
  record OurSecret(AuthMethod method, String localName, String authenticatorName, boolean retry)
      implements CredentialRequest {}

  /// The peer says that it is `peerName`: what is its secret? Answer: [CredentialAnswer.Known] or
  /// [CredentialAnswer.Unknown]. An empty secret is taken as unknown.
  record PeersSecret(AuthMethod method, String peerName) implements CredentialRequest {}

  /// The peer says that it is `peerName` and has this password: is it so? Answer: any. The password
  /// stays the engine's, which wipes it after the answer.
  record PeersPassword(AuthMethod method, String peerName, Secret password)
      implements CredentialRequest {}
}
