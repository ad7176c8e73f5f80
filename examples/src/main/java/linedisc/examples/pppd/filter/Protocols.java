package linedisc.examples.pppd.filter;

import java.util.Map;
import linedisc.slip.inet.Ip;

/// Names of protocols and services that expressions may use.
final class Protocols {
  static final int SCTP = 132;

  /// Numbers assigned by IANA, "Assigned Internet Protocol Numbers".
  static final Map<String, Integer> BY_NAME =
      Map.ofEntries(
          Map.entry("icmp", Ip.ICMP),
          Map.entry("igmp", 2),
          Map.entry("tcp", Ip.TCP),
          Map.entry("udp", Ip.UDP),
          Map.entry("gre", 47),
          Map.entry("esp", 50),
          Map.entry("ah", 51),
          Map.entry("icmp6", Ip.ICMPV6),
          Map.entry("ospf", 89),
          Map.entry("pim", 103),
          Map.entry("vrrp", 112),
          Map.entry("sctp", SCTP));

  /// Numbers assigned by IANA, "Service Name and Transport Protocol Port Number Registry".
  static final Map<String, Integer> SERVICES =
      Map.ofEntries(
          Map.entry("ftp-data", 20),
          Map.entry("ftp", 21),
          Map.entry("ssh", 22),
          Map.entry("telnet", 23),
          Map.entry("smtp", 25),
          Map.entry("domain", 53),
          Map.entry("bootps", 67),
          Map.entry("bootpc", 68),
          Map.entry("tftp", 69),
          Map.entry("http", 80),
          Map.entry("pop3", 110),
          Map.entry("ntp", 123),
          Map.entry("netbios-ns", 137),
          Map.entry("netbios-dgm", 138),
          Map.entry("netbios-ssn", 139),
          Map.entry("imap", 143),
          Map.entry("snmp", 161),
          Map.entry("https", 443),
          Map.entry("syslog", 514));

  private Protocols() {}
}
