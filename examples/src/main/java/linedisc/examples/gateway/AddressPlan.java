package linedisc.examples.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import linedisc.examples.pppd.options.Addresses;
import org.jspecify.annotations.Nullable;

/// The pools of a configuration and the addresses that ports have by themselves: none is in two
/// places from which it could be given twice.
final class AddressPlan {
  /// 127.0.0.0.
  private static final long LOOPBACK = 0x7F000000L;

  private final Map<String, AddressRange> byName = new HashMap<>();

  /// By the first address, as an unsigned number.
  private final NavigableMap<Long, AddressRange> pools = new TreeMap<>();

  /// Addresses of ports, with the port that has it first.
  private final NavigableMap<Long, String> fixed = new TreeMap<>();

  /// Adds a pool.
  ///
  /// @throws IllegalArgumentException a sentence, when that can't be
  void add(AddressRange range) {
    long first = Integer.toUnsignedLong(range.first());
    long last = first + range.size() - 1;
    if (isUnusable(first, last)) {
      throw new IllegalArgumentException(
          "the pool " + range.name() + " holds addresses that no peer can have");
    }
    Map.Entry<Long, AddressRange> below = pools.floorEntry(last);
    if (below != null && below.getKey() + below.getValue().size() > first) {
      throw new IllegalArgumentException(
          "the pools " + below.getValue().name() + " and " + range.name() + " share addresses");
    }
    Map.Entry<Long, String> within = fixed.ceilingEntry(first);
    if (within != null && within.getKey() <= last) {
      throw both(range, within.getKey(), within.getValue());
    }
    if (byName.putIfAbsent(range.name(), range) != null) {
      throw new IllegalArgumentException("there is a pool '" + range.name() + "' already");
    }
    pools.put(first, range);
  }

  /// The pool of that name.
  @Nullable AddressRange find(String name) {
    return byName.get(name);
  }

  /// A port has an address, at its own end or for its peer; several may have the same.
  ///
  /// @throws IllegalArgumentException a sentence, when that can't be
  void fix(int address, String port) {
    long number = Integer.toUnsignedLong(address);
    if (isUnusable(number, number)) {
      throw new IllegalArgumentException(
          Addresses.text(address) + " can't be the address of an end of a link");
    }
    Map.Entry<Long, AddressRange> below = pools.floorEntry(number);
    if (below != null && below.getKey() + below.getValue().size() > number) {
      throw both(below.getValue(), number, port);
    }
    fixed.putIfAbsent(number, port);
  }

  private static IllegalArgumentException both(AddressRange range, long address, String port) {
    return new IllegalArgumentException(
        "the pool "
            + range.name()
            + " holds "
            + Addresses.text((int) address)
            + ", which "
            + port
            + " has already");
  }

  /// Whether one of them is 0.0.0.0, loopback, multicast or beyond.
  private static boolean isUnusable(long first, long last) {
    return first == 0
        || Addresses.isUnusable((int) first)
        || Addresses.isUnusable((int) last)
        || (first < LOOPBACK && last > LOOPBACK);
  }
}
