package linedisc.slip;

/// How packets are put into SLIP frames.
public enum SlipMode {
  /// Plain SLIP (RFC 1055).
  SLIP,

  /// SLIP with compressed TCP/IP headers (RFC 1144).
  CSLIP,

  /// SLIP in printable octets, six bits each; Linux's invention.
  SLIP6,

  /// Six bits an octet, with compressed TCP/IP headers.
  CSLIP6,

  /// Plain SLIP until the peer sends a header to be compressed against, then CSLIP for good.
  ADAPTIVE;

  /// Whether headers may be compressed, at once or later.
  public boolean mayCompress() {
    return switch (this) {
      case SLIP, SLIP6 -> false;
      case CSLIP, CSLIP6, ADAPTIVE -> true;
    };
  }

  /// Whether frames are coded in printable octets, six bits each.
  public boolean isSixBit() {
    return switch (this) {
      case SLIP, CSLIP, ADAPTIVE -> false;
      case SLIP6, CSLIP6 -> true;
    };
  }
}
