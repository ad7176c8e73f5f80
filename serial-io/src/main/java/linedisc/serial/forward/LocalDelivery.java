package linedisc.serial.forward;

/// Takes packets that are addressed to this host and that the forwarder has no answer for itself.
///
/// Called on the reader's thread of the interface that the packet came in by, several at once for
/// several interfaces, no lock held. Must not wait.
@FunctionalInterface
public interface LocalDelivery {
  /// A checked packet for one of our own addresses.
  ///
  /// @param buffer the forwarder's; valid, and to be changed at will, during the call
  /// @return false: nobody wants it, and its sender is told so
  boolean packet(byte[] buffer, int offset, int length);
}
