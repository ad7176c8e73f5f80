package linedisc.ppp.hdlc;

import static linedisc.ppp.hdlc.Transparency.CHANGE;
import static linedisc.ppp.hdlc.Transparency.CONTROLS;
import static linedisc.ppp.hdlc.Transparency.ESCAPE;
import static linedisc.ppp.hdlc.Transparency.FLAG;
import static linedisc.ppp.hdlc.Transparency.NO_CONTROLS;
import static linedisc.slip.octets.Words.MARKS;

import java.util.Arrays;
import linedisc.slip.octets.Stuffing;

/// The sending Async-Control-Character-Map (RFC 1662, section 7.1): which of the 256 octets are
/// sent escaped. Control Escape and the Flag Sequence always are; the first 32 bits are negotiated
/// with the peer (the ACCM); any other octet can be added by configuration, for a line that
/// swallows it, except 0x5e, which would turn into a flag.
///
/// Immutable.
public final class AsyncMap {
  private static final int NEVER_ESCAPED = FLAG ^ CHANGE;

  /// All control characters: the default before anything has been negotiated.
  public static final AsyncMap DEFAULT = new AsyncMap(0xffffffff);

  /// Nothing but Control Escape and the flag: what two ends of a transparent line agree on.
  public static final AsyncMap NONE = new AsyncMap(0);

  private final int accm;
  private final int[] others;
  private final int[] octets = new int[256];
  private final AsyncMap forNegotiation;

  private AsyncMap(int accm, int... others) {
    this.accm = accm;
    this.others = others;
    Arrays.setAll(octets, Stuffing::plain);
    escape(FLAG);
    escape(ESCAPE);
    for (int control = 0; control < 32; control++) {
      if ((accm & (1 << control)) != 0) {
        escape(control);
      }
    }
    for (int octet : others) {
      if (octet < 32 || octet > 255 || octet == NEVER_ESCAPED) {
        throw new IllegalArgumentException("octet 0x%02x can't be escaped".formatted(octet));
      }
      escape(octet);
    }
    forNegotiation = accm == 0xffffffff ? this : of(0xffffffff, others);
  }

  private void escape(int octet) {
    octets[octet] = Stuffing.escaped(ESCAPE, octet ^ CHANGE);
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
    return octets[octet] != Stuffing.plain(octet);
  }

  /// Returns this map with all control characters: what LCP's own negotiation is sent with,
  /// whatever has been agreed on before (RFC 1661, section 5; RFC 1662, section 7.1).
  AsyncMap forNegotiation() {
    return forNegotiation;
  }

  /// Returns the table for stuffing octet by octet.
  int[] octets() {
    return octets;
  }

  /// Returns whether only Control Escape and the flag are escaped.
  boolean isNone() {
    return accm == 0 && others.length == 0;
  }

  /// Returns whether all control characters are escaped, and nothing else but Control Escape and
  /// the flag.
  boolean isDefault() {
    return accm == 0xffffffff && others.length == 0;
  }

  /// Marks the octets of a word that may have to be escaped: all that must be, and perhaps others.
  long candidates(long word) {
    return Transparency.special(word, accm == 0 ? NO_CONTROLS : CONTROLS)
        | (others.length == 0 ? 0 : MARKS);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AsyncMap map && Arrays.equals(octets, map.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
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
