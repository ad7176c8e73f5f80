package linedisc.ppp.ipcp;

import linedisc.ppp.fsm.Event;

/// What IPCP tells the network protocol that it serves. The calls are made inside IPCP's automaton;
/// its commands may be called from them.
public interface IpcpUser {
  /// IPCP is Opened: IPv4 packets may flow.
  void ipUp(long now);

  /// IPCP has left the Opened state.
  void ipDown(long now);

  /// IPCP has ended and waits for the peer to begin again.
  void ipFinished(Event cause, long now);

  /// The two ends go on negotiating without agreeing.
  void notConverging(long now);
}
