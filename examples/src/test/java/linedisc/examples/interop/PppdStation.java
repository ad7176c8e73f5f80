package linedisc.examples.interop;

/// pppd and the kernel's PPP in the guest. What the cell says about addresses, authentication and
/// compression goes to pppd as it is; without a word about addresses it wants those given here.
final class PppdStation extends GuestStation {
  private final End end;
  private final String addresses;

  /// @param addresses `LOCAL:REMOTE`, unless the end's options say otherwise
  PppdStation(Lane lane, End end, String addresses) {
    super(lane, end.portInGuest(), "ppp0");
    this.end = end;
    this.addresses = addresses;
  }

  @Override
  String command(String device, boolean waits) {
    return "pppd %s 115200 nodetach local nolock debug noauth %s %s %s"
        .formatted(
            device,
            end.hasAddresses() ? "" : addresses,
            waits ? "silent" : "",
            String.join(" ", end.options().stream().map(PppdStation::quoted).toList()));
  }

  private static String quoted(String word) {
    return word.contains(" ") ? "'\\''" + word + "'\\''" : word;
  }

  @Override
  String prepare() {
    String secrets = "%s * %s *".formatted(PppWords.USER, PppWords.SECRET);
    return "umask 077; echo '%1$s' > /etc/ppp/chap-secrets; echo '%1$s' > /etc/ppp/pap-secrets"
        .formatted(secrets);
  }

  @Override
  String isOpen() {
    // A script that connects has the port before PPP does, and may wait to be called.
    return end.options().contains("connect") ? "true" : "grep -q '^using channel' " + LOG;
  }

  @Override
  public String toString() {
    return "pppd";
  }
}
