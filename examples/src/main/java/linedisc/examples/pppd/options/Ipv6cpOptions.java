package linedisc.examples.pppd.options;

import java.util.List;
import linedisc.examples.pppd.words.Word;

/// Options of IPv6 on the link. Interface identifiers are 64 bits; 0 is none.
public final class Ipv6cpOptions {
  /// Whether IPV6CP runs.
  public static final Setting<Boolean> IPV6 = Setting.of("+ipv6", true);

  /// Our interface identifier.
  public static final Setting<Long> LOCAL = Setting.of("local identifier", 0L);

  /// The peer's interface identifier.
  public static final Setting<Long> REMOTE = Setting.of("remote identifier", 0L);

  /// The peer may choose our identifier though we have one.
  public static final Setting<Boolean> ACCEPT_LOCAL = Setting.of("ipv6cp-accept-local", false);

  /// The peer may choose its identifier though we have one for it.
  public static final Setting<Boolean> ACCEPT_REMOTE = Setting.of("ipv6cp-accept-remote", false);

  /// A default route through the link.
  public static final Setting<Boolean> DEFAULT_ROUTE = Setting.of("defaultroute6", false);

  /// Whether `defaultroute6` may be used.
  static final Setting<Boolean> MAY_DEFAULT_ROUTE = Setting.of("may defaultroute6", true);

  /// That route's metric; -1: the system's default.
  public static final Setting<Integer> DEFAULT_ROUTE_METRIC =
      Setting.of("defaultroute6-metric", -1);

  /// Identifiers from the IPv4 addresses.
  public static final Setting<Boolean> USE_IPV4 = Setting.of("ipv6cp-use-ipaddr", false);

  /// Our identifier from a network card's address.
  public static final Setting<Boolean> USE_PERSISTENT = Setting.of("ipv6cp-use-persistent", false);

  /// The peer's identifier from the calling number.
  public static final Setting<Boolean> USE_REMOTE_NUMBER =
      Setting.of("ipv6cp-use-remotenumber", false);

  /// The peer may have no identifier.
  public static final Setting<Boolean> NO_REMOTE = Setting.of("ipv6cp-noremote", false);

  /// Whether we send our identifier.
  public static final Setting<Boolean> SEND_IDENTIFIER = Setting.of("ipv6cp send", true);

  /// Restart timer, seconds.
  public static final Setting<Integer> RESTART = Setting.of("ipv6cp-restart", 3);

  /// Terminate-Requests sent without an answer.
  public static final Setting<Integer> MAX_TERMINATE = Setting.of("ipv6cp-max-terminate", 2);

  /// Configure-Requests sent without an answer.
  public static final Setting<Integer> MAX_CONFIGURE = Setting.of("ipv6cp-max-configure", 10);

  /// Configure-Naks before a Configure-Reject.
  public static final Setting<Integer> MAX_FAILURE = Setting.of("ipv6cp-max-failure", 5);

  private static final Setting<OptionSource> LOCAL_FROM =
      Setting.of("source of the local identifier", OptionSource.FILE);
  private static final Setting<OptionSource> REMOTE_FROM =
      Setting.of("source of the remote identifier", OptionSource.FILE);

  private Ipv6cpOptions() {}

  static List<PppdOption> rows() {
    return new Rows(Area.IPV6CP)
        .special(
            "ipv6",
            "[LOCAL],[REMOTE]",
            Ipv6cpOptions::identifiers,
            "Interface identifiers, written ::a:b:c:d; turns IPv6 on")
        .flag("+ipv6", IPV6, true, "IPv6 on the link")
        .keeps()
        .flag("noipv6", IPV6, false, "No IPv6 on the link")
        .alias("-ipv6")
        .under("+ipv6")
        .flag("ipv6cp-accept-local", ACCEPT_LOCAL, true, "The peer may choose our identifier")
        .flag("ipv6cp-accept-remote", ACCEPT_REMOTE, true, "The peer may choose its identifier")
        .word(
            "defaultroute6",
            IpcpOptions.enabled(DEFAULT_ROUTE, MAY_DEFAULT_ROUTE),
            "Default route for IPv6 through the link")
        .rule(Rule.OF_MACHINE)
        .privileged()
        .word(
            "nodefaultroute6",
            IpcpOptions.disabled(DEFAULT_ROUTE, MAY_DEFAULT_ROUTE),
            "No default route for IPv6, whatever is said later")
        .rule(Rule.OF_MACHINE)
        .alias("-defaultroute6")
        .under("defaultroute6")
        .number("defaultroute6-metric", DEFAULT_ROUTE_METRIC, -1, "Metric of that route")
        .rule(Rule.OF_MACHINE)
        .privileged()
        .rule(Rule.BEFORE_START)
        .flag("ipv6cp-use-ipaddr", USE_IPV4, true, "Identifiers from the IPv4 addresses")
        .flag(
            "ipv6cp-use-persistent",
            USE_PERSISTENT,
            true,
            "Our identifier from a network card's address")
        .rule(Rule.OF_MACHINE)
        .flag(
            "ipv6cp-use-remotenumber",
            USE_REMOTE_NUMBER,
            true,
            "The peer's identifier from the calling number")
        .rule(Rule.OF_MACHINE)
        .flag("ipv6cp-noremote", NO_REMOTE, true, "The peer may have no identifier")
        .flag("ipv6cp-nosend", SEND_IDENTIFIER, false, "Don't tell the peer our identifier")
        .number("ipv6cp-restart", RESTART, 1, "Seconds between retransmissions of IPV6CP")
        .cut(RESTART, 1, LcpOptions.MAX_RESTART)
        .keeps()
        .number("ipv6cp-max-terminate", MAX_TERMINATE, 0, "Terminate-Requests sent at most")
        .cut(MAX_TERMINATE, 1, LcpOptions.MAX_COUNT)
        .keeps()
        .number("ipv6cp-max-configure", MAX_CONFIGURE, 0, "Configure-Requests sent at most")
        .cut(MAX_CONFIGURE, 1, LcpOptions.MAX_COUNT)
        .keeps()
        .number("ipv6cp-max-failure", MAX_FAILURE, 0, "Configure-Naks sent before a reject")
        .cut(MAX_FAILURE, 1, LcpOptions.MAX_COUNT)
        .keeps()
        .list();
  }

  private static void identifiers(OptionDraft draft, Word word) throws OptionException {
    String text = word.text();
    int comma = text.indexOf(',');
    String local = comma < 0 ? text : text.substring(0, comma);
    String remote = comma < 0 ? "" : text.substring(comma + 1);
    identifier(draft, local, LOCAL, LOCAL_FROM);
    identifier(draft, remote, REMOTE, REMOTE_FROM);
    draft.overrule("+ipv6", () -> draft.set(IPV6, true));
  }

  private static void identifier(
      OptionDraft draft, String text, Setting<Long> setting, Setting<OptionSource> before)
      throws OptionException {
    if (text.isEmpty()) {
      return;
    }
    Long identifier = Addresses.identifier(text);
    if (identifier == null) {
      throw draft.mistake("'" + text + "' is not an interface identifier of the form ::a:b:c:d");
    }
    if (draft.from().priority() >= draft.get(before).priority()) {
      draft.set(setting, identifier);
      draft.set(before, draft.from());
    }
  }
}
