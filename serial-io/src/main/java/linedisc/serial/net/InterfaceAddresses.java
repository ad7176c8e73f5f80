package linedisc.serial.net;

import java.util.ArrayList;
import java.util.List;

/// The addresses of an interface, at most one pair a protocol: what the administrator has
/// configured, and before that what the present binding has negotiated.
///
/// Read without a lock; configured under the table's lock, negotiated under the port's.
final class InterfaceAddresses {
  private volatile List<AddressPair> configured = List.of();
  private volatile List<AddressPair> negotiated = List.of();

  /// The pairs that hold.
  List<AddressPair> all() {
    List<AddressPair> all = negotiated;
    for (AddressPair pair : configured) {
      if (all.stream().noneMatch(other -> other.protocol() == pair.protocol())) {
        all = with(all, pair);
      }
    }
    return all;
  }

  void configure(AddressPair pair) {
    configured = with(configured, pair);
  }

  void negotiated(AddressPair pair) {
    negotiated = with(negotiated, pair);
  }

  /// What was negotiated for a protocol no longer holds.
  void forget(NetworkProtocol protocol) {
    negotiated = without(negotiated, protocol);
  }

  private static List<AddressPair> with(List<AddressPair> pairs, AddressPair pair) {
    List<AddressPair> all = new ArrayList<>(without(pairs, pair.protocol()));
    all.add(pair);
    return List.copyOf(all);
  }

  private static List<AddressPair> without(List<AddressPair> pairs, NetworkProtocol protocol) {
    return pairs.stream().filter(pair -> pair.protocol() != protocol).toList();
  }
}
