package linedisc.ppp.lcp;

import linedisc.ppp.fsm.Event;

/// What LCP tells the link that it serves. The calls are made inside LCP's automaton; LCP's
/// commands may be called from them.
public interface LcpUser {
  /// LCP is Opened: authentication and network protocols may begin.
  void linkUp(long now);

  /// LCP has left the Opened state.
  void linkDown(long now);

  /// LCP no longer wants the line.
  void linkFinished(Event cause, long now);

  /// The line sends back what we send.
  void loopedBack(long now);

  /// Too many Echo-Requests have gone unanswered.
  void peerDead(int unanswered, long now);

  /// The two ends go on negotiating without agreeing.
  void notConverging(long now);

  /// The peer does not know a packet that LCP cannot do without; LCP is about to end.
  void protocolError();

  /// The peer wants to end the link.
  ///
  /// @param text what it gave as its reason, as it was received
  void terminateRequested(String text);

  /// The peer does not know a protocol that we sent.
  void protocolRejected(int protocol, long now);
}
