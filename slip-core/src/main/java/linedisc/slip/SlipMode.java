package linedisc.slip;

/// How packets are put into SLIP frames.
public enum SlipMode {
  /// Plain SLIP (RFC 1055).
  SLIP(false),

  /// SLIP with compressed TCP/IP headers (RFC 1144).
  CSLIP(false),

  /// SLIP in printable octets, six bits each; Linux's invention.
  SLIP6(true),

  /// Six bits an octet, with compressed TCP/IP headers.
  CSLIP6(true),

  /// Plain SLIP until the peer sends a header to be compressed against, then CSLIP for good.
  ADAPTIVE(false);

  private final boolean sixBit;

  SlipMode(boolean sixBit) {
    this.sixBit = sixBit;
  }

  /// Whether frames are coded in printable octets, six bits each.
  public boolean isSixBit() {
    return sixBit;
  }
}
