package linedisc.serial.net;

/// An application's handler of received packets: see [NetInterface#subscribe].
@FunctionalInterface
public interface PacketHandler {
  /// A packet has been received.
  ///
  /// @param buffer valid during the call only
  /// @param length octets of the packet, from `offset`
  void packet(byte[] buffer, int offset, int length);

  /// The interface has gone; nothing comes after this.
  default void gone() {}
}
