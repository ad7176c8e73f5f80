package linedisc.examples.pppd.options;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// IPv4 addresses as an int in host order, with 0 for none, and IPv6 interface identifiers as a
/// long, with 0 for none.
public final class Addresses {
  private Addresses() {}

  /// `a.b.c.d`, each part decimal, or null.
  public static @Nullable Integer dotted(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    int address = 0;
    for (String part : parts) {
      if (part.isEmpty()
          || part.length() > 3
          || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return null;
      }
      int octet = Integer.parseInt(part);
      if (octet > 255) {
        return null;
      }
      address = address << 8 | octet;
    }
    return address;
  }

  /// The address as an int.
  public static int of(Inet4Address address) {
    return ByteBuffer.wrap(address.getAddress()).getInt();
  }

  /// An address as `a.b.c.d`.
  public static String text(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xFF)
        + "."
        + (address >>> 8 & 0xFF)
        + "."
        + (address & 0xFF);
  }

  /// Whether no end of a link can have the address: loopback, multicast and class E.
  public static boolean isUnusable(int address) {
    return address >>> 24 == 127 || address >>> 28 >= 0xE;
  }

  /// Whether the ones of a netmask are all in front.
  static boolean isNetmask(int mask) {
    return (mask | mask - 1) == -1 && mask != 0;
  }

  /// An interface identifier written as the IPv6 address `::a:b:c:d`, or null.
  static @Nullable Long identifier(String text) {
    if (text.indexOf(':') < 0 || text.indexOf('%') >= 0) {
      return null;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      if (address instanceof Inet6Address six) {
        var halves = ByteBuffer.wrap(six.getAddress());
        return halves.getLong() == 0 && halves.getLong() != 0
            ? Long.valueOf(halves.getLong(8))
            : null;
      }
      return null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// An interface identifier as the IPv6 address `::a:b:c:d`.
  public static String identifierText(long identifier) {
    return String.format(
        "::%x:%x:%x:%x",
        identifier >>> 48,
        identifier >>> 32 & 0xFFFF,
        identifier >>> 16 & 0xFFFF,
        identifier & 0xFFFF);
  }
}
