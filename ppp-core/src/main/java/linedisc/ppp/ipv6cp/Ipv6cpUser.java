package linedisc.ppp.ipv6cp;

import linedisc.ppp.fsm.Event;

/// What IPV6CP tells the network protocol that it serves. The calls are made inside IPV6CP's
/// automaton; its commands may be called from them.
public interface Ipv6cpUser {
  /// IPV6CP is Opened: IPv6 packets may flow.
  void ipv6Up(long now);

  /// IPV6CP has left the Opened state.
  void ipv6Down(long now);

  /// IPV6CP has ended and waits for the peer to begin again.
  void ipv6Finished(Event cause, long now);

  /// The two ends go on negotiating without agreeing.
  void notConverging(long now);
}
