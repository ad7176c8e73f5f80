package linedisc.slip;

/// Takes the packets that an engine has received.
@FunctionalInterface
public interface PacketSink {
  /// Takes one network-layer packet. The engine that calls holds its port's lock: copy, queue,
  /// return.
  ///
  /// @param buffer the engine's or its caller's; valid during the call only, not to be changed
  /// @param offset of the packet's first octet
  /// @param length of the packet in octets
  void packet(byte[] buffer, int offset, int length);
}
