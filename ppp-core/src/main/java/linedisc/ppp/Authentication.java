package linedisc.ppp;

/// One direction of the proof that LCP agreed on for a link: we prove who we are, or the peer does.
/// The link runs up to two of them in the phase [Phase#AUTHENTICATE], and goes on to the network
/// when all have succeeded.
interface Authentication {
  /// How far the proof is.
  enum Outcome {
    PENDING,
    SUCCESS,
    FAILURE
  }

  /// The Protocol field of its packets.
  int protocol();

  /// Whether it is our proof, rather than the peer's.
  boolean isOurs();

  /// LCP is Opened.
  void linkUp(long now);

  /// LCP has left the Opened state.
  void linkDown(long now);

  /// Takes one packet, from its Code field on, also after the outcome is known.
  void receive(byte[] buffer, int offset, int length, long now);

  /// May change at any time: who was asked again can fail.
  Outcome outcome();

  /// Why it failed, for a log; empty if it has not.
  String failure();

  /// When [#handleTimeout] is due, or `Long.MAX_VALUE`.
  long pollTimeout();

  void handleTimeout(long now);
}
