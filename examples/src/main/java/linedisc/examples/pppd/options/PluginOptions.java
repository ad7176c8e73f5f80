package linedisc.examples.pppd.options;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Options that exist only with a plug-in of pppd: known by name, so that the answer can say what
/// to do instead.
final class PluginOptions {
  private static final String PPPOE =
      "it needs pppd's PPPoE plug-in; run PPPoE elsewhere and give its pseudo-terminal with 'pty'";
  private static final String L2TP = "it needs pppd's L2TP plug-in; use pppd for L2TP";
  private static final String ATM = "it needs pppd's ATM plug-in; use pppd for PPP over ATM";
  private static final String RADIUS =
      "it needs pppd's RADIUS plug-in; keep the peers' secrets in chap-secrets and pap-secrets";
  private static final String WINBIND =
      "it needs pppd's Winbind plug-in; keep the peers' secrets in chap-secrets";
  private static final String RELAY =
      "it needs pppd's DHCPv6 plug-in; run a DHCPv6 relay beside it";
  private static final String MIN_CONNECT = "it needs pppd's minconn plug-in; use 'idle'";
  private static final String PASSWORD_FD =
      "it needs pppd's passwordfd plug-in; use chap-secrets, pap-secrets or '+ua'";

  private static final Map<String, List<String>> NAMES =
      new TreeMap<>(
          Map.of(
              PPPOE,
              List.of(
                  "pppoe-service",
                  "pppoe-ac",
                  "pppoe-sess",
                  "pppoe-verbose",
                  "pppoe-mac",
                  "pppoe-host-uniq",
                  "pppoe-padi-timeout",
                  "pppoe-padi-attempts",
                  "rp_pppoe_service",
                  "rp_pppoe_ac",
                  "rp_pppoe_sess",
                  "rp_pppoe_verbose",
                  "rp_pppoe_mac",
                  "host-uniq"),
              RADIUS,
              List.of(
                  "radius-config-file",
                  "avpair",
                  "map-to-ttyname",
                  "map-to-ifname",
                  "realms-config-file"),
              MIN_CONNECT,
              List.of("minconnect"),
              PASSWORD_FD,
              List.of("passwordfd"),
              WINBIND,
              List.of("ntlm_auth-helper"),
              L2TP,
              List.of(
                  "pppol2tp",
                  "pppol2tp_lns_mode",
                  "pppol2tp_send_seq",
                  "pppol2tp_recv_seq",
                  "pppol2tp_reorderto",
                  "pppol2tp_debug_mask",
                  "pppol2tp_ifname",
                  "pppol2tp_tunnel_id",
                  "pppol2tp_session_id"),
              ATM,
              List.of("llc-encaps", "vc-encaps", "qos"),
              RELAY,
              List.of(
                  "dhcpv6-server",
                  "dhcpv6-trusted",
                  "dhcpv6-untrusted",
                  "dhcpv6-metric",
                  "dhcpv6-ra-intvl")));

  private PluginOptions() {}

  static List<PppdOption> rows() {
    var rows =
        new Rows(Area.PLUGIN)
            .refused(
                "plugin",
                new Argument.Text(TtyOptions.MAX_PATH),
                "there are no plug-ins; what pppd's own plug-ins do is said for each of their options",
                "Load a plug-in")
            .privileged();
    // The word after the name is never read, as the name itself is refused.
    NAMES.forEach((alternative, names) ->
        names.forEach(
            name -> rows.refused(name, new Argument.None(), alternative, "For a plug-in")));
    return rows.list();
  }
}
