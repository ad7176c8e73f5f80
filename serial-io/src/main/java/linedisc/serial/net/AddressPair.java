package linedisc.serial.net;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The addresses of the two ends of a point-to-point interface, of one protocol.
///
/// @param local ours
/// @param remote the peer's; null: not known, or there is none (loopback)
public record AddressPair(InetAddress local, @Nullable InetAddress remote) {
  /// Checks that both are of one kind.
  public AddressPair {
    if (remote != null && remote.getClass() != local.getClass()) {
      throw new IllegalArgumentException("two kinds of address: " + local + ", " + remote);
    }
  }

  /// The protocol that they are addresses of.
  public NetworkProtocol protocol() {
    return local.getAddress().length == 4 ? NetworkProtocol.IPV4 : NetworkProtocol.IPV6;
  }

  /// As ifconfig prints it: `10.0.0.1 --> 10.0.0.2`.
  @Override
  public String toString() {
    InetAddress peer = remote;
    return local.getHostAddress() + (peer == null ? "" : " --> " + peer.getHostAddress());
  }
}
