package linedisc.examples.gateway;

import java.util.HashMap;
import java.util.Map;
import linedisc.ppp.ipcp.AddressPool;

/// The addresses of all ranges, which ports share. Any thread.
final class Pools {
  /// By their range, so that a range that has changed begins anew; guarded by the monitor.
  private final Map<AddressRange, AddressPool> pools = new HashMap<>();

  /// Nothing is taken.
  Pools() {}

  /// Takes an address; 0: there is none left.
  synchronized int take(AddressRange range) {
    return pools
        .computeIfAbsent(range, wanted -> new AddressPool(wanted.first(), wanted.size()))
        .take();
  }

  /// Gives it back.
  synchronized void release(AddressRange range, int address) {
    AddressPool pool = pools.get(range);
    if (pool != null) {
      pool.release(address);
    }
  }

  /// How many addresses are taken.
  synchronized int taken() {
    int taken = 0;
    for (Map.Entry<AddressRange, AddressPool> entry : pools.entrySet()) {
      taken += entry.getKey().size() - entry.getValue().free();
    }
    return taken;
  }
}
