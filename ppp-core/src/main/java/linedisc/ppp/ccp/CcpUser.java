package linedisc.ppp.ccp;

import linedisc.ppp.fsm.Event;

/// What CCP tells the bundle that it serves. The calls are made inside CCP's automaton or while a
/// frame is taken; CCP's commands may be called from them.
public interface CcpUser {
  /// CCP is Opened. Packets that were held back may flow.
  void ccpUp(long now);

  /// CCP has left the Opened state.
  void ccpDown(long now);

  /// CCP has ended and waits for the peer to begin again.
  void ccpFinished(Event cause, long now);

  /// The two ends go on negotiating without agreeing.
  void notConverging(long now);

  /// Encryption is required and can't be had, or is lost: the link has to end. May come repeatedly.
  ///
  /// @param why for a log
  void encryptionUnavailable(String why, long now);
}
