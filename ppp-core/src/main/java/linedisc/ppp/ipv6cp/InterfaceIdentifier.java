package linedisc.ppp.ipv6cp;

import java.util.random.RandomGenerator;

/// Interface identifiers: where they come from, and the addresses made of them.
public final class InterfaceIdentifier {
  /// Octets of an identifier.
  public static final int LENGTH = 8;

  /// The bit that says that an identifier is unique in the world (RFC 4291 section 2.5.1).
  private static final long UNIVERSAL = 1L << 57;

  private static final long LINK_LOCAL_PREFIX = 0xfe80L << 48;

  private InterfaceIdentifier() {}

  /// An identifier that hardly any other end has, and none of `others`; never 0.
  static long random(RandomGenerator random, long... others) {
    long identifier;
    do {
      identifier = random.nextLong() & ~UNIVERSAL;
    } while (identifier == 0 || contains(others, identifier));
    return identifier;
  }

  private static boolean contains(long[] identifiers, long wanted) {
    for (long identifier : identifiers) {
      if (identifier == wanted) {
        return true;
      }
    }
    return false;
  }

  /// The identifier of an end that has a network card (RFC 5072 section 4.1, EUI-48).
  ///
  /// @param address the card's six octets
  /// @throws IllegalArgumentException if there are not six
  public static long ofEui48(byte[] address) {
    if (address.length != 6) {
      throw new IllegalArgumentException("an EUI-48 of " + address.length + " octets");
    }
    long identifier = 0;
    for (int i = 0; i < address.length; i++) {
      identifier = identifier << 8 | (address[i] & 0xff);
      if (i == 2) {
        identifier = identifier << 16 | 0xfffe;
      }
    }
    return identifier ^ UNIVERSAL;
  }

  /// The identifier whose last four octets are an IPv4 address, 0 for the address 0.
  public static long ofIpv4(int address) {
    return address & 0xffff_ffffL;
  }

  /// The link-local address with this identifier, fe80::/64 (RFC 5072 section 5).
  ///
  /// @return sixteen octets, the caller's
  public static byte[] linkLocal(long identifier) {
    byte[] address = new byte[2 * LENGTH];
    write(LINK_LOCAL_PREFIX, address, 0);
    write(identifier, address, LENGTH);
    return address;
  }

  /// Eight octets, most significant first.
  static byte[] octets(long identifier) {
    byte[] octets = new byte[LENGTH];
    write(identifier, octets, 0);
    return octets;
  }

  private static void write(long value, byte[] octets, int offset) {
    for (int i = 0; i < LENGTH; i++) {
      octets[offset + i] = (byte) (value >>> (8 * (LENGTH - 1 - i)));
    }
  }

  /// The link-local address as pppd writes it: `fe80::0204:06ff:fe08:0a0c`.
  public static String linkLocalText(long identifier) {
    return String.format(
        "fe80::%04x:%04x:%04x:%04x",
        identifier >>> 48,
        identifier >>> 32 & 0xffff,
        identifier >>> 16 & 0xffff,
        identifier & 0xffff);
  }
}
