package linedisc.ppp.fsm;

/// Where a control protocol puts the packets it sends.
public interface ControlOutput {
  /// Takes a packet; the array belongs to the callee from now on.
  ///
  /// @param protocol the Protocol field
  /// @param packet the packet from its Code field on
  void send(int protocol, byte[] packet);

  /// The most octets a packet may have now: what the peer takes, and no more than we would send.
  int maxPacketLength();
}
