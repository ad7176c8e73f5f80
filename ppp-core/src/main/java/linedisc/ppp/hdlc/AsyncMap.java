package linedisc.ppp.hdlc;

import java.util.Arrays;

/// The sending Async-Control-Character-Map (RFC 1662, section 7.1): which of the 256 octets are
/// sent escaped. Control Escape and the Flag Sequence always are; the first 32 bits are negotiated
/// with the peer (the ACCM); any other octet can be added by configuration, for a line that
/// swallows it, except 0x5e, which would turn into a flag.
///
/// Immutable.
public final class AsyncMap {
  /// The Flag Sequence.
  static final int FLAG = 0x7e;

  /// The Control Escape octet.
  static final int ESCAPE = 0x7d;

  /// What an escaped octet is XORed with.
  static final int TRANSPARENCY = 0x20;

  private static final int NEVER_ESCAPED = FLAG ^ TRANSPARENCY;

  /// All control characters: the default before anything has been negotiated.
  public static final AsyncMap DEFAULT = new AsyncMap(0xffffffff);

  /// Nothing but Control Escape and the flag: what two ends of a transparent line agree on.
  public static final AsyncMap NONE = new AsyncMap(0);

  private final int accm;
  private final int[] others;
  private final boolean[] escaped = new boolean[256];
  private final AsyncMap forNegotiation;

  private AsyncMap(int accm, int... others) {
    this.accm = accm;
    this.others = others;
    escaped[FLAG] = true;
    escaped[ESCAPE] = true;
    for (int octet = 0; octet < 32; octet++) {
      escaped[octet] = ((accm >>> octet) & 1) != 0;
    }
    for (int octet : others) {
      if (octet < 32 || octet > 255 || octet == NEVER_ESCAPED) {
        throw new IllegalArgumentException("octet 0x%02x can't be escaped".formatted(octet));
      }
      escaped[octet] = true;
    }
    forNegotiation = accm == 0xffffffff ? this : of(0xffffffff, others);
  }

  /// Returns the map for an ACCM and some octets beyond it.
  ///
  /// @param accm bit n stands for control character n, as in the configuration option
  /// @param others octets from 0x20 to 0xff, without 0x5e; often none
  public static AsyncMap of(int accm, int... others) {
    if (others.length == 0) {
      if (accm == 0xffffffff) {
        return DEFAULT;
      }
      if (accm == 0) {
        return NONE;
      }
    }
    return new AsyncMap(accm, others.clone());
  }

  /// Returns the negotiated part: bit n stands for control character n.
  public int accm() {
    return accm;
  }

  /// Returns whether an octet is sent escaped.
  ///
  /// @param octet 0 to 255
  public boolean escapes(int octet) {
    return escaped[octet];
  }

  /// Returns this map with all control characters: what LCP's own negotiation is sent with,
  /// whatever has been agreed on before (RFC 1661, section 5; RFC 1662, section 7.1).
  AsyncMap forNegotiation() {
    return forNegotiation;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AsyncMap map && Arrays.equals(escaped, map.escaped);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(escaped);
  }

  /// Returns the ACCM in hex, then the octets beyond it.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("0x%08x".formatted(accm));
    for (int octet : others) {
      text.append(" %02x".formatted(octet));
    }
    return text.toString();
  }
}
