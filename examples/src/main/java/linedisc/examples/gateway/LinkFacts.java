package linedisc.examples.gateway;

import java.util.ArrayList;
import java.util.List;
import linedisc.serial.net.NetInterface;

/// What is known of a link that is there.
///
/// @param protocol `PPP`, `SLIP` or `CSLIP`
/// @param netInterface its interface
/// @param device the interface's name, or that of the host's device
/// @param peer whom the peer has proved to be; empty: nobody
/// @param negotiated what both ends have agreed on, a sentence each
record LinkFacts(
    String protocol,
    NetInterface netInterface,
    String device,
    String peer,
    List<String> negotiated) {
  LinkFacts {
    negotiated = List.copyOf(negotiated);
  }

  /// With one sentence more.
  LinkFacts with(String agreement) {
    List<String> all = new ArrayList<>(negotiated);
    all.add(agreement);
    return new LinkFacts(protocol, netInterface, device, peer, all);
  }

  /// With the peer's name.
  LinkFacts of(String name) {
    return new LinkFacts(protocol, netInterface, device, name, negotiated);
  }
}
