package linedisc.examples.pppd.options;

/// What an option is about, in the order in which they are listed.
public enum Area {
  /// Logging, detaching, persistence, scripts.
  DAEMON("General", false),
  /// Who must prove who they are, and how.
  AUTHENTICATION("Authentication", true),
  /// The device and what runs on it before PPP does.
  TTY("Serial port", false),
  /// The Link Control Protocol.
  LCP("LCP", true),
  /// IPv4.
  IPCP("IPCP", true),
  /// IPv6.
  IPV6CP("IPv6CP", true),
  /// Compression and encryption.
  CCP("CCP and ECP", true),
  /// Several links as one, and calling back.
  MULTILINK("Multilink and callback", false),
  /// Options that plug-ins of pppd add.
  PLUGIN("Plug-ins", false),
  /// What pppd does not have.
  OWN("Linedisc's own", false);

  private final String title;
  private final boolean ofLink;

  Area(String title, boolean ofLink) {
    this.title = title;
    this.ofLink = ofLink;
  }

  /// As a heading.
  public String title() {
    return title;
  }

  /// Whether its options say how a link is negotiated, apart from the machine it runs on.
  public boolean ofLink() {
    return ofLink;
  }
}
