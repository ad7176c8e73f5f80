package linedisc.examples.demo;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// IPv4 addresses as the wire has them.
final class Addresses {
  private Addresses() {}

  /// @param bits first octet most significant
  static InetAddress of(int bits) {
    byte[] octets = {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("four octets are an address", e);
    }
  }
}
