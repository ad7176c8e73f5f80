package linedisc.examples.pppd.options;

import java.util.List;
import java.util.stream.Stream;
import linedisc.examples.pppd.words.Word;

/// Options of IPv4 on the link. Addresses are in host order; 0 is none.
public final class IpcpOptions {
  /// Row of the bare word.
  static final String IP_ADDRESSES = "IP addresses";

  private static final String REPLACE =
      "it was removed from pppd; use defaultroute with defaultroute-metric";

  /// Whether IPCP runs.
  public static final Setting<Boolean> IP = Setting.of("ip", true);

  /// Our address.
  public static final Setting<Integer> LOCAL = Setting.of("local address", 0);

  /// The peer's address.
  public static final Setting<Integer> REMOTE = Setting.of("remote address", 0);

  /// The peer's name, if its address was given by name; empty if not.
  public static final Setting<String> REMOTE_HOST = Setting.of("remote host", "");

  /// VJ header compression, both ways.
  public static final Setting<Boolean> VJ = Setting.of("vj", true);

  /// Compression of the connection's number, both ways.
  public static final Setting<Boolean> VJ_SLOT_COMPRESSION = Setting.of("vjccomp", true);

  /// Connections VJ keeps, 2..16.
  public static final Setting<Integer> VJ_SLOTS = Setting.of("vj-max-slots", 16);

  /// The peer may choose our address though we have one.
  public static final Setting<Boolean> ACCEPT_LOCAL = Setting.of("ipcp-accept-local", false);

  /// The peer may choose its address though we have one for it.
  public static final Setting<Boolean> ACCEPT_REMOTE = Setting.of("ipcp-accept-remote", false);

  /// Last argument of the scripts.
  public static final Setting<String> PARAMETER = Setting.of("ipparam", "");

  /// The host's address is not offered as ours.
  public static final Setting<Boolean> NO_DEFAULT = Setting.of("noipdefault", false);

  /// Name servers for the peer, at most two.
  public static final Setting<List<Integer>> MS_DNS = Setting.of("ms-dns", List.of());

  /// WINS servers for the peer, at most two.
  public static final Setting<List<Integer>> MS_WINS = Setting.of("ms-wins", List.of());

  /// Restart timer, seconds.
  public static final Setting<Integer> RESTART = Setting.of("ipcp-restart", 3);

  /// Terminate-Requests sent without an answer.
  public static final Setting<Integer> MAX_TERMINATE = Setting.of("ipcp-max-terminate", 2);

  /// Configure-Requests sent without an answer.
  public static final Setting<Integer> MAX_CONFIGURE = Setting.of("ipcp-max-configure", 10);

  /// Configure-Naks before a Configure-Reject. Many: 3G modems send them to gain time.
  public static final Setting<Integer> MAX_FAILURE = Setting.of("ipcp-max-failure", 100);

  /// A default route through the link.
  public static final Setting<Boolean> DEFAULT_ROUTE = Setting.of("defaultroute", false);

  /// Whether `defaultroute` may be used.
  static final Setting<Boolean> MAY_DEFAULT_ROUTE = Setting.of("may defaultroute", true);

  /// That route's metric; -1: the system's default.
  public static final Setting<Integer> DEFAULT_ROUTE_METRIC = Setting.of("defaultroute-metric", -1);

  /// An ARP entry for the peer.
  public static final Setting<Boolean> PROXY_ARP = Setting.of("proxyarp", false);

  /// Whether `proxyarp` may be used.
  static final Setting<Boolean> MAY_PROXY_ARP = Setting.of("may proxyarp", true);

  /// Ask the peer for name servers.
  public static final Setting<Boolean> USE_PEER_DNS = Setting.of("usepeerdns", false);

  /// Ask the peer for WINS servers.
  public static final Setting<Boolean> USE_PEER_WINS = Setting.of("usepeerwins", false);

  /// Write no resolv.conf.
  public static final Setting<Boolean> NO_RESOLV_CONF = Setting.of("noresolvconf", false);

  /// The interface's netmask; 0: none given.
  static final Setting<Integer> NETMASK = Setting.of("netmask", 0);

  /// Whether we send our IP-Address option.
  public static final Setting<Boolean> SEND_ADDRESS = Setting.of("ipcp send address", true);

  /// The peer may have no address.
  public static final Setting<Boolean> NO_REMOTE = Setting.of("noremoteip", false);

  private static final Setting<OptionSource> LOCAL_FROM =
      Setting.of("source of the local address", OptionSource.FILE);
  private static final Setting<OptionSource> REMOTE_FROM =
      Setting.of("source of the remote address", OptionSource.FILE);

  private IpcpOptions() {}

  static List<PppdOption> rows() {
    return Stream.of(protocol(), host()).flatMap(List::stream).toList();
  }

  private static List<PppdOption> protocol() {
    return new Rows(Area.IPCP)
        .bare(
            IP_ADDRESSES,
            "[LOCAL]:[REMOTE]",
            IpcpOptions::addresses,
            "Our and the peer's address, or the hosts' names")
        .shown(options -> text(options.get(LOCAL)) + ":" + text(options.get(REMOTE)))
        .flag("noip", IP, false, "No IPv4 on the link")
        .alias("-ip")
        .flag("novj", VJ, false, "Do without VJ header compression")
        .alias("-vj")
        .flag("novjccomp", VJ_SLOT_COMPRESSION, false, "Do without VJ connection-id compression")
        .alias("-vjccomp")
        .number("vj-max-slots", VJ_SLOTS, 2, 16, "Connections VJ compression keeps")
        .keeps()
        .flag("ipcp-accept-local", ACCEPT_LOCAL, true, "The peer may choose our address")
        .flag("ipcp-accept-remote", ACCEPT_REMOTE, true, "The peer may choose its own address")
        .flag("noipdefault", NO_DEFAULT, true, "Don't offer the host's address as ours")
        .listed("ms-dns", "ADDRESS", server(MS_DNS), "Name server for the peer; twice for two")
        .listed("ms-wins", "ADDRESS", server(MS_WINS), "WINS server for the peer; twice for two")
        .number("ipcp-restart", RESTART, 1, "Seconds between retransmissions of IPCP")
        .cut(RESTART, 1, LcpOptions.MAX_RESTART)
        .keeps()
        .number("ipcp-max-terminate", MAX_TERMINATE, 0, "Terminate-Requests sent at most")
        .cut(MAX_TERMINATE, 1, LcpOptions.MAX_COUNT)
        .keeps()
        .number("ipcp-max-configure", MAX_CONFIGURE, 0, "Configure-Requests sent at most")
        .cut(MAX_CONFIGURE, 1, LcpOptions.MAX_COUNT)
        .keeps()
        .number("ipcp-max-failure", MAX_FAILURE, 0, "Configure-Naks sent before a reject")
        .cut(MAX_FAILURE, 1, LcpOptions.MAX_COUNT)
        .keeps()
        .flag("usepeerdns", USE_PEER_DNS, true, "Ask the peer for name servers")
        .flag("usepeerwins", USE_PEER_WINS, true, "Ask the peer for WINS servers")
        .accepted(
            "ipcp-no-addresses",
            new Argument.None(),
            "the obsolete IP-Addresses option is never used",
            "Do without the old IP-Addresses option")
        .flag("ipcp-no-address", SEND_ADDRESS, false, "Do without the IP-Address option")
        .flag("nosendip", SEND_ADDRESS, false, "Don't tell the peer our address")
        .flag("noremoteip", NO_REMOTE, true, "The peer may have no address")
        .list();
  }

  private static List<PppdOption> host() {
    return new Rows(Area.IPCP)
        .all(Rule.OF_MACHINE)
        .word(
            "defaultroute",
            enabled(DEFAULT_ROUTE, MAY_DEFAULT_ROUTE),
            "Default route through the link")
        .privileged()
        .word(
            "nodefaultroute",
            disabled(DEFAULT_ROUTE, MAY_DEFAULT_ROUTE),
            "No default route, whatever is said later")
        .alias("-defaultroute")
        .under("defaultroute")
        .number("defaultroute-metric", DEFAULT_ROUTE_METRIC, -1, "Metric of the default route")
        .privileged()
        .rule(Rule.BEFORE_START)
        .accepted("replacedefaultroute", new Argument.None(), REPLACE, "Replace a default route")
        .privileged()
        .accepted(
            "noreplacedefaultroute", new Argument.None(), REPLACE, "Don't replace a default route")
        .word("proxyarp", enabled(PROXY_ARP, MAY_PROXY_ARP), "Answer ARP requests for the peer")
        .word(
            "noproxyarp",
            disabled(PROXY_ARP, MAY_PROXY_ARP),
            "Don't answer ARP for the peer, whatever is said later")
        .alias("-proxyarp")
        .under("proxyarp")
        .flag("noresolvconf", NO_RESOLV_CONF, true, "Don't write the peer's servers to a file")
        .special("netmask", "MASK", IpcpOptions::netmask, "The interface's netmask")
        .withoutEffect("the interface has one peer, whose address needs no mask")
        .shown(options -> "netmask " + Addresses.text(options.get(NETMASK)))
        .keeps()
        .text("ipparam", PARAMETER, TtyOptions.MAX_PATH, "Last argument of the scripts")
        .keeps()
        .list();
  }

  static boolean isAddresses(String word) {
    return word.indexOf(':') >= 0;
  }

  private static void addresses(OptionDraft draft, Word word) throws OptionException {
    String text = word.text();
    int colon = text.indexOf(':');
    String local = text.substring(0, colon);
    String remote = text.substring(colon + 1);
    if (!local.isEmpty() && yields(draft, LOCAL_FROM)) {
      int address = usable(draft, local);
      if (address != 0) {
        draft.set(LOCAL, address);
      }
      draft.set(LOCAL_FROM, draft.from());
    }
    if (!remote.isEmpty() && yields(draft, REMOTE_FROM)) {
      int address = usable(draft, remote);
      if (Addresses.dotted(remote) == null) {
        draft.set(REMOTE_HOST, remote);
      }
      if (address != 0) {
        draft.set(REMOTE, address);
      }
      draft.set(REMOTE_FROM, draft.from());
    }
  }

  private static String text(int address) {
    return address == 0 ? "" : Addresses.text(address);
  }

  private static boolean yields(OptionDraft draft, Setting<OptionSource> before) {
    return draft.from().priority() >= draft.get(before).priority();
  }

  private static int usable(OptionDraft draft, String text) throws OptionException {
    int address = draft.address(text);
    if (Addresses.isUnusable(address)) {
      throw draft.mistake(Addresses.text(address) + " can't be the address of an end of a link");
    }
    return address;
  }

  /// The last two count: the first of them is the primary server.
  private static PppdOption.Effect server(Setting<List<Integer>> setting) {
    return (draft, word) -> {
      var servers = draft.get(setting);
      int last = draft.address(word.text());
      draft.set(setting, servers.isEmpty() ? List.of(last) : List.of(servers.getLast(), last));
    };
  }

  private static void netmask(OptionDraft draft, Word word) throws OptionException {
    String text = word.text();
    Integer mask = text.startsWith("0x") ? Numbers.bits(text) : Addresses.dotted(text);
    if (mask == null || !Addresses.isNetmask(mask)) {
      throw draft.mistake("'" + text + "' is not a netmask");
    }
    draft.set(NETMASK, mask);
  }

  /// Sets `setting` unless an option before forbade it.
  static PppdOption.Effect enabled(Setting<Boolean> setting, Setting<Boolean> permission) {
    return (draft, word) -> {
      if (!draft.get(permission)) {
        throw draft.mistake(setting + " has been disabled by an option before");
      }
      draft.set(setting, true);
    };
  }

  /// Clears `setting` and forbids it to options after this one.
  static PppdOption.Effect disabled(Setting<Boolean> setting, Setting<Boolean> permission) {
    return (draft, word) -> {
      draft.set(setting, false);
      draft.set(permission, false);
    };
  }
}
