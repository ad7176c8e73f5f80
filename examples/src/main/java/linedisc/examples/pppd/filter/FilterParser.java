package linedisc.examples.pppd.filter;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import linedisc.examples.pppd.filter.FilterNode.Side;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Ipv6;
import org.jspecify.annotations.Nullable;

/// Compiles an expression by recursive descent.
final class FilterParser {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_WORDS = 1000;
  private static final int MAX_PORT = 65535;

  private static final String END = "";
  private static final String SUBSET =
      "host, net, port, portrange, proto, protocols' names, src, dst, inbound, outbound, and, or, not"
          + " and parentheses are understood";

  /// Words of the full language that are not in this subset.
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "ether",
          "link",
          "fddi",
          "tr",
          "wlan",
          "arp",
          "rarp",
          "decnet",
          "atalk",
          "aarp",
          "lat",
          "moprc",
          "mopdl",
          "iso",
          "stp",
          "ipx",
          "netbeui",
          "vlan",
          "mpls",
          "pppoed",
          "pppoes",
          "geneve",
          "vxlan",
          "gateway",
          "broadcast",
          "multicast",
          "less",
          "greater",
          "len",
          "protochain",
          "type",
          "subtype",
          "dir",
          "ifname",
          "on",
          "rnr",
          "reason",
          "action");

  /// What stands before an address or port.
  private enum Type {
    HOST,
    NET,
    PORT,
    PORT_RANGE
  }

  /// The words before an address or port, kept for the next one that has none.
  ///
  /// @param protocol its name; null: any
  private record Qualifiers(@Nullable String protocol, Side side, Type type) {}

  private final List<String> words;
  private final Function<String, @Nullable Inet4Address> resolver;
  private int at;
  private int depth;
  private @Nullable Qualifiers last;

  FilterParser(String expression, Function<String, @Nullable Inet4Address> resolver)
      throws FilterException {
    this.words = words(expression);
    this.resolver = resolver;
  }

  FilterNode parse() throws FilterException {
    if (words.isEmpty()) {
      return new FilterNode.All();
    }
    FilterNode node = expression();
    if (at < words.size()) {
      throw mistake("'" + peek() + "' is not expected here");
    }
    return node;
  }

  private FilterNode expression() throws FilterException {
    FilterNode left = term();
    while (true) {
      if (take("and") || take("&&")) {
        left = new FilterNode.And(left, term());
      } else if (take("or") || take("||")) {
        left = new FilterNode.Or(left, term());
      } else {
        return left;
      }
    }
  }

  private FilterNode term() throws FilterException {
    if (++depth > MAX_DEPTH) {
      throw mistake("the expression is nested more than " + MAX_DEPTH + " deep");
    }
    FilterNode node;
    if (take("not") || take("!")) {
      node = new FilterNode.Not(term());
    } else if (take("(")) {
      node = expression();
      if (!take(")")) {
        throw mistake("a closing parenthesis is missing");
      }
    } else {
      node = primitive();
    }
    depth--;
    return node;
  }

  private FilterNode primitive() throws FilterException {
    String word = peek();
    if (word.equals(END)) {
      throw mistake("the expression ends too early");
    }
    if (word.indexOf('[') >= 0 || isComparison(word)) {
      throw mistake("'" + word + "': the octets of a packet can't be looked at");
    }
    if (UNSUPPORTED.contains(word)) {
      throw mistake("'" + word + "' is not supported");
    }
    if (take("inbound")) {
      return new FilterNode.Way(false);
    }
    if (take("outbound")) {
      return new FilterNode.Way(true);
    }
    String protocol = null;
    if (word.equals("ip") || word.equals("ip6") || Protocols.BY_NAME.containsKey(word)) {
      protocol = next();
    }
    if (take("proto")) {
      return withVersion(protocol, new FilterNode.Protocol(protocolNumber(next())));
    }
    Side side = side();
    Type type = type();
    if (side == null && type == null) {
      if (protocol != null) {
        return isJoin(peek())
            ? ofProtocol(protocol)
            : value(new Qualifiers(protocol, Side.EITHER, Type.HOST));
      }
      return value(last == null ? new Qualifiers(null, Side.EITHER, Type.HOST) : last);
    }
    last =
        new Qualifiers(
            protocol, side == null ? Side.EITHER : side, type == null ? Type.HOST : type);
    return value(last);
  }

  private static boolean isComparison(String word) {
    return word.equals("=")
        || word.equals("==")
        || word.equals("!=")
        || word.equals(">")
        || word.equals("<")
        || word.equals(">=")
        || word.equals("<=")
        || word.equals("&");
  }

  /// Whether a word can't be a value.
  private static boolean isJoin(String word) {
    return switch (word) {
      case END, "and", "&&", "or", "||", ")" -> true;
      default -> false;
    };
  }

  private @Nullable Side side() throws FilterException {
    if (take("src")) {
      if (isNext("or", "dst")) {
        at += 2;
        return Side.EITHER;
      }
      if (isNext("and", "dst")) {
        at += 2;
        return Side.BOTH;
      }
      return Side.SOURCE;
    }
    if (take("dst")) {
      if (isNext("or", "src")) {
        at += 2;
        return Side.EITHER;
      }
      if (isNext("and", "src")) {
        at += 2;
        return Side.BOTH;
      }
      return Side.DESTINATION;
    }
    return null;
  }

  private boolean isNext(String first, String second) {
    return at + 1 < words.size() && words.get(at).equals(first) && words.get(at + 1).equals(second);
  }

  private @Nullable Type type() {
    if (take("host")) {
      return Type.HOST;
    }
    if (take("net")) {
      return Type.NET;
    }
    if (take("port")) {
      return Type.PORT;
    }
    return take("portrange") ? Type.PORT_RANGE : null;
  }

  /// What follows the qualifiers.
  private FilterNode value(Qualifiers qualifiers) throws FilterException {
    String word = next();
    if (word.equals(END) || isJoin(word)) {
      throw mistake("an address or port is missing");
    }
    FilterNode node =
        switch (qualifiers.type) {
          case HOST -> host(qualifiers.side, word);
          case NET -> net(qualifiers.side, word);
          case PORT -> port(qualifiers.side, word, word);
          case PORT_RANGE -> {
            int hyphen = word.indexOf('-', 1);
            yield hyphen < 0
                ? port(qualifiers.side, word, word)
                : port(qualifiers.side, word.substring(0, hyphen), word.substring(hyphen + 1));
          }
        };
    return qualifiers.protocol == null
        ? node
        : new FilterNode.And(ofProtocol(qualifiers.protocol), node);
  }

  private FilterNode host(Side side, String word) throws FilterException {
    if (word.indexOf('/') >= 0) {
      // tcpdump takes an address with a length for a network too.
      return net(side, word);
    }
    if (word.indexOf(':') >= 0) {
      return net6(side, word, 128);
    }
    Integer address = dotted(word, 4);
    if (address == null) {
      Inet4Address resolved = startsNumber(word) ? null : resolver.apply(word);
      if (resolved == null) {
        throw mistake("'" + word + "' is neither an address nor a host that has one; " + SUBSET);
      }
      address = ByteBuffer.wrap(resolved.getAddress()).getInt();
    }
    return new FilterNode.Net4(side, address, -1);
  }

  private FilterNode net(Side side, String word) throws FilterException {
    int slash = word.indexOf('/');
    String base = slash < 0 ? word : word.substring(0, slash);
    if (base.indexOf(':') >= 0) {
      return net6(side, base, slash < 0 ? 128 : number(word.substring(slash + 1), 128));
    }
    int parts = base.split("\\.", -1).length;
    Integer address = dotted(base, parts);
    if (address == null) {
      throw mistake("'" + word + "' is not a network");
    }
    int mask;
    if (take("mask")) {
      String text = next();
      Integer given = dotted(text, 4);
      if (given == null || slash >= 0) {
        throw mistake("'" + text + "' is not a netmask");
      }
      mask = given;
    } else {
      // Parts that are left out are those of the hosts.
      int bits = slash < 0 ? 8 * parts : number(word.substring(slash + 1), 32);
      mask = bits == 0 ? 0 : -1 << (32 - bits);
    }
    if ((address & ~mask) != 0) {
      throw mistake("'" + word + "' has bits beyond its length");
    }
    return new FilterNode.Net4(side, address, mask);
  }

  private FilterNode net6(Side side, String base, int bits) throws FilterException {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(base);
    } catch (IllegalArgumentException e) {
      throw mistake("'" + base + "' is not an address");
    }
    if (!(address instanceof Inet6Address) || base.indexOf('%') >= 0) {
      throw mistake("'" + base + "' is not an address that packets have");
    }
    var halves = ByteBuffer.wrap(address.getAddress());
    long upper = halves.getLong();
    long lower = halves.getLong();
    long upperMask = mask(Math.min(bits, 64));
    long lowerMask = mask(Math.max(bits - 64, 0));
    if ((upper & ~upperMask) != 0 || (lower & ~lowerMask) != 0) {
      throw mistake("'" + base + "/" + bits + "' has bits beyond its length");
    }
    return new FilterNode.Net6(side, upper, lower, upperMask, lowerMask);
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  private FilterNode port(Side side, String low, String high) throws FilterException {
    return new FilterNode.Port(side, portNumber(low), portNumber(high));
  }

  private int portNumber(String word) throws FilterException {
    Integer service = Protocols.SERVICES.get(word);
    if (service != null) {
      return service;
    }
    if (!startsNumber(word)) {
      throw mistake("'" + word + "' is no service known here; give its port's number");
    }
    return number(word, MAX_PORT);
  }

  private int protocolNumber(String word) throws FilterException {
    // tcpdump wants a backslash before names that are keywords too.
    String name = word.startsWith("\\") ? word.substring(1) : word;
    Integer number = Protocols.BY_NAME.get(name);
    if (number != null) {
      return number;
    }
    if (!startsNumber(name)) {
      throw mistake("'" + word + "' is no protocol known here; give its number");
    }
    return number(name, 255);
  }

  private FilterNode ofProtocol(String name) throws FilterException {
    return switch (name) {
      case "ip" -> new FilterNode.Version(Ipv4.VERSION);
      case "ip6" -> new FilterNode.Version(Ipv6.VERSION);
      default -> new FilterNode.Protocol(protocolNumber(name));
    };
  }

  private FilterNode withVersion(@Nullable String protocol, FilterNode node)
      throws FilterException {
    if (protocol == null) {
      return node;
    }
    if (!protocol.equals("ip") && !protocol.equals("ip6")) {
      throw mistake(
          "'" + protocol + " proto' has no meaning; only 'ip proto' and 'ip6 proto' have");
    }
    return new FilterNode.And(ofProtocol(protocol), node);
  }

  private int number(String text, int most) throws FilterException {
    boolean digits =
        !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int value = digits ? Integer.parseInt(text) : -1;
    if (value < 0 || value > most) {
      throw mistake("'" + text + "' is not a number from 0 to " + most);
    }
    return value;
  }

  /// Decimal parts with dots between, moved up to the highest octet; null if it is something else.
  private static @Nullable Integer dotted(String text, int count) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != count || count > 4) {
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
    return address << (32 - 8 * count);
  }

  private static boolean startsNumber(String word) {
    return !word.isEmpty() && word.charAt(0) >= '0' && word.charAt(0) <= '9';
  }

  private String peek() {
    return at < words.size() ? words.get(at) : END;
  }

  private String next() {
    String word = peek();
    at++;
    return word;
  }

  private boolean take(String word) {
    if (!peek().equals(word)) {
      return false;
    }
    at++;
    return true;
  }

  private FilterException mistake(String sentence) {
    return new FilterException(
        sentence + " (word " + Math.max(1, Math.min(at + 1, words.size())) + ")");
  }

  /// Words between white space; parentheses and exclamation marks stand alone.
  private static List<String> words(String expression) throws FilterException {
    var words = new ArrayList<String>();
    int start = -1;
    for (int i = 0; i <= expression.length(); i++) {
      char c = i < expression.length() ? expression.charAt(i) : ' ';
      boolean alone = c == '(' || c == ')' || (c == '!' && !expression.startsWith("!=", i));
      if (alone || Character.isWhitespace(c)) {
        if (start >= 0) {
          words.add(expression.substring(start, i));
          start = -1;
        }
        if (alone) {
          words.add(Character.toString(c));
        }
      } else if (start < 0) {
        start = i;
      }
    }
    if (words.size() > MAX_WORDS) {
      throw new FilterException("the expression has more than " + MAX_WORDS + " words");
    }
    return words;
  }
}
