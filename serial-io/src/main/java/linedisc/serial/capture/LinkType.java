package linedisc.serial.capture;

/// What a captured frame begins with, by its number in the registry of link types.
///
/// PPP is written as [#PPP] rather than LINKTYPE_PPP_WITH_DIR (204): the direction stands in each
/// packet block's flags, from which tshark shows it and finds the right VJ state just as well, and
/// programs that know no directions still read the frame.
///
/// See <https://www.tcpdump.org/linktypes.html>.
public enum LinkType {
  /// LINKTYPE_PPP: the protocol field, one or two octets, with or without `ff 03` before it; no
  /// FCS.
  PPP(9),
  /// LINKTYPE_RAW: an IPv4 or IPv6 packet, told apart by its first four bits. For SLIP and its
  /// relatives: LINKTYPE_SLIP (8) is known to no dissector of Wireshark.
  RAW(101);

  private final int number;

  LinkType(int number) {
    this.number = number;
  }

  /// The registered number, 0..65535.
  public int number() {
    return number;
  }
}
