package linedisc.examples.interop;

import java.util.ArrayList;
import java.util.List;

/// slattach and the kernel's SLIP in the guest. Options: the protocol as slattach names it, then
/// `mtu N`, `keepalive SECONDS`, `outfill SECONDS`, `LOCAL:REMOTE`.
final class SlattachStation extends GuestStation {
  private final Lane.Port port;
  private final String command;
  private final String configure;

  /// @param addresses `LOCAL:REMOTE`, unless the end's options say otherwise
  SlattachStation(Lane lane, End end, String addresses) {
    super(lane, "sl0");
    this.port = end.portInGuest();
    var attach = new ArrayList<String>(List.of("slattach", "-L", "-s", "115200"));
    String pair = addresses;
    String mtu = "296";
    List<String> words = new ArrayList<>(end.options());
    attach.add("-p");
    attach.add(words.removeFirst());
    while (!words.isEmpty()) {
      String word = words.removeFirst();
      switch (word) {
        case "mtu" -> mtu = words.removeFirst();
        case "keepalive" -> attach.addAll(List.of("-k", words.removeFirst()));
        case "outfill" -> attach.addAll(List.of("-o", words.removeFirst()));
        default -> pair = word;
      }
    }
    this.command = String.join(" ", attach);
    String[] both = pair.split(":", 2);
    this.configure =
        "/usr/sbin/ip address add %s peer %s dev sl0 && /usr/sbin/ip link set sl0 up mtu %s"
            .formatted(both[0], both[1], mtu);
  }

  @Override
  String command(boolean waits) {
    return command + " " + lane().device(port);
  }

  @Override
  String isOpen() {
    return "adopt";
  }

  @Override
  String configure() {
    return configure;
  }

  @Override
  public String toString() {
    return "slattach";
  }
}
