package linedisc.examples.interop;

/// slattach and the kernel's SLIP in the guest; options as [SlipWords] has them.
final class SlattachStation extends GuestStation {
  private final SlipWords words;

  /// @param addresses `LOCAL:REMOTE`, unless the end's options say otherwise
  SlattachStation(Lane lane, End end, String addresses) {
    super(lane, end.portInGuest(), "sl0");
    this.words = SlipWords.parse(end.options(), addresses);
  }

  @Override
  String command(String device, boolean waits) {
    return "slattach -L -s 115200 -p %s %s %s %s"
        .formatted(
            words.protocol(),
            words.keepalive() == 0 ? "" : "-k " + words.keepalive(),
            words.outfill() == 0 ? "" : "-o " + words.outfill(),
            device);
  }

  @Override
  String isOpen() {
    return "adopt";
  }

  @Override
  String configure() {
    return "/usr/sbin/ip address add %s peer %s dev sl0 && /usr/sbin/ip link set sl0 up mtu %d"
        .formatted(words.local(), words.remote(), words.mtu());
  }

  @Override
  public String toString() {
    return "slattach";
  }
}
