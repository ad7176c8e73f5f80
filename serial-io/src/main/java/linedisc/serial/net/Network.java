package linedisc.serial.net;

import linedisc.slip.PacketSink;

/// The network side of a line as its protocol sees it: where received packets go, where packets to
/// be sent come from, and whom to tell about addresses. Valid during the call that hands it over,
/// under the port's lock; a protocol keeps none, so it has nothing to touch once its interface has
/// gone.
public interface Network extends PacketSink {
  /// Length of the packet that [#poll] would give, in octets; -1: none is there. Between the two
  /// the queue may be purged, since that takes no port's lock, and another packet put in.
  int nextLength();

  /// Takes the next packet to be sent.
  ///
  /// @param buffer the caller's; with [#mtu()] octets of room no packet is cut off
  /// @return its length, which is more than `room` if it was cut off; -1: none is there
  int poll(byte[] buffer, int offset, int room);

  /// The longest packet that [#poll] gives, in octets.
  int mtu();

  /// A network protocol is open: its packets pass, and the interface is RUNNING.
  void opened(NetworkProtocol protocol);

  /// A network protocol is open with these negotiated addresses.
  void opened(AddressPair addresses);

  /// A network protocol is no longer open: its negotiated addresses go.
  void closed(NetworkProtocol protocol);

  /// The largest packet the peer takes is known.
  ///
  /// @param octets 68 or more
  void setMtu(int octets);
}
