package linedisc.examples.pppd.filter;

import java.net.Inet4Address;
import java.util.function.Function;
import linedisc.slip.inet.Ip;
import org.jspecify.annotations.Nullable;

/// Says of IP packets whether they match an expression.
///
/// Expressions: `host A`, `net N/BITS`, `port P`, `portrange P-Q`, each with `src`, `dst`, `src or
/// dst` or `src and dst` before it, and before that `ip`, `ip6`, `tcp`, `udp`; `proto P`; a
/// protocol's name alone; `inbound` and `outbound`; joined by `and`, `or`, `not` and parentheses.
/// `and` and `or` bind equally and from the left; after them, `80` alone means what it would after
/// the words before, as in `port 22 or 80`. Looking at octets (`tcp[13] & 2 != 0`), at lengths and
/// at link-layer addresses is refused.
///
/// Never changes; used by any number of threads; allocates nothing per packet.
public final class PacketFilter {
  /// Matches every packet.
  public static final PacketFilter ALL = new PacketFilter("", new FilterNode.All());

  private final String expression;
  private final FilterNode root;

  private PacketFilter(String expression, FilterNode root) {
    this.expression = expression;
    this.root = root;
  }

  /// Compiles an expression.
  ///
  /// @param expression an empty one matches every packet
  /// @param resolver the IPv4 address of a host, or null if it has none
  /// @throws FilterException if it is outside of the subset or no expression at all
  public static PacketFilter compile(
      String expression, Function<String, @Nullable Inet4Address> resolver) throws FilterException {
    return new PacketFilter(expression, new FilterParser(expression, resolver).parse());
  }

  /// Whether a packet matches. One that is cut or no IP packet never does.
  ///
  /// @param packet the caller's; only read
  /// @param outbound whether it is to be sent
  public boolean matches(byte[] packet, int offset, int length, boolean outbound) {
    int octets = Ip.check(packet, offset, length);
    return octets != Ip.MALFORMED && root.matches(packet, offset, octets, outbound);
  }

  /// The expression.
  @Override
  public String toString() {
    return expression;
  }
}
