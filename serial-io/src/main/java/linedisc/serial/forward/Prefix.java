package linedisc.serial.forward;

import java.net.InetAddress;
import java.util.regex.Pattern;
import linedisc.serial.net.NetworkProtocol;

/// The addresses that share their first bits: `10.0.0.0/8`.
///
/// An address is held as 128 bits from the left, an IPv4 address as the leftmost 32 of them, so
/// that both kinds are compared and masked alike.
///
/// @param protocol whose addresses
/// @param high bits 0 to 63; those beyond `length` are 0
/// @param low bits 64 to 127
/// @param length how many bits count
public record Prefix(NetworkProtocol protocol, long high, long low, int length) {
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /// Checks the length and clears what lies beyond it.
  public Prefix {
    int most = protocol == NetworkProtocol.IPV4 ? 32 : 128;
    if (length < 0 || length > most) {
      throw new IllegalArgumentException("a prefix of " + length + " bits; at most " + most);
    }
    high &= highMask(length);
    low &= lowMask(length);
  }

  /// The prefix that holds one address only.
  public static Prefix of(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4
        ? new Prefix(NetworkProtocol.IPV4, bits(octets, 0, 4) << 32, 0, 32)
        : new Prefix(NetworkProtocol.IPV6, bits(octets, 0, 8), bits(octets, 8, 8), 128);
  }

  /// Reads `10.1.0.0/16`, `fe80::/10`, `default` (IPv4), or an address alone. Asks no name server.
  ///
  /// @throws IllegalArgumentException one sentence, when it is none of these
  public static Prefix parse(String text) {
    if (text.equals("default")) {
      return new Prefix(NetworkProtocol.IPV4, 0, 0, 0);
    }
    int slash = text.indexOf('/');
    Prefix whole = of(address(slash < 0 ? text : text.substring(0, slash)));
    if (slash < 0) {
      return whole;
    }
    int length;
    try {
      length = Integer.parseInt(text.substring(slash + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' has no number of bits after the '/'", e);
    }
    return new Prefix(whole.protocol, whole.high, whole.low, length);
  }

  /// Reads an address; asks no name server.
  ///
  /// @throws IllegalArgumentException one sentence, when it is none
  public static InetAddress address(String text) {
    if (LITERAL.matcher(text).matches()) {
      try {
        return InetAddress.ofLiteral(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("'" + text + "' is no IP address", e);
      }
    }
    throw new IllegalArgumentException("'" + text + "' is no IP address");
  }

  /// Whether an address lies within.
  public boolean holds(long otherHigh, long otherLow) {
    return (otherHigh & highMask(length)) == high && (otherLow & lowMask(length)) == low;
  }

  static long highMask(int length) {
    return length == 0 ? 0 : -1L << Math.max(0, 64 - length);
  }

  static long lowMask(int length) {
    return length <= 64 ? 0 : -1L << (128 - length);
  }

  /// As `10.0.0.0/8`.
  @Override
  public String toString() {
    byte[] octets = new byte[protocol == NetworkProtocol.IPV4 ? 4 : 16];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) ((i < 8 ? high : low) >>> (56 - 8 * (i & 7)));
    }
    try {
      return InetAddress.getByAddress(octets).getHostAddress() + "/" + length;
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError("4 or 16 octets are an address", e);
    }
  }

  private static long bits(byte[] octets, int from, int count) {
    long bits = 0;
    for (int i = from; i < from + count; i++) {
      bits = bits << 8 | (octets[i] & 0xff);
    }
    return bits;
  }
}
