package linedisc.serial.forward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linedisc.serial.net.NetworkProtocol;
import org.jspecify.annotations.Nullable;

/// Finds the value with the longest prefix that holds an address. Immutable; a look-up allocates
/// nothing and takes a binary search per length that occurs.
final class PrefixTable<V> {
  /// All prefixes of one length, in order.
  private record Level<V>(int length, long[] high, long[] low, List<V> values) {
    @Nullable V find(long wantedHigh, long wantedLow) {
      int from = 0;
      int to = high.length - 1;
      while (from <= to) {
        int middle = (from + to) >>> 1;
        int order = compare(high[middle], low[middle], wantedHigh, wantedLow);
        if (order == 0) {
          return values.get(middle);
        }
        if (order < 0) {
          from = middle + 1;
        } else {
          to = middle - 1;
        }
      }
      return null;
    }
  }

  private final List<Level<V>> levels;

  /// @param protocol whose prefixes are taken; others are left out
  /// @param entries of two with one prefix the first is taken
  PrefixTable(NetworkProtocol protocol, List<Map.Entry<Prefix, V>> entries) {
    Map<Integer, TreeMap<Prefix, V>> byLength = new TreeMap<>(Comparator.reverseOrder());
    for (Map.Entry<Prefix, V> entry : entries) {
      Prefix prefix = entry.getKey();
      if (prefix.protocol() == protocol) {
        byLength
            .computeIfAbsent(prefix.length(), length -> new TreeMap<>(PrefixTable::compare))
            .putIfAbsent(prefix, entry.getValue());
      }
    }
    List<Level<V>> built = new ArrayList<>();
    byLength.forEach((length, sorted) ->
        built.add(
            new Level<>(
                length,
                sorted.keySet().stream().mapToLong(Prefix::high).toArray(),
                sorted.keySet().stream().mapToLong(Prefix::low).toArray(),
                List.copyOf(sorted.values()))));
    this.levels = List.copyOf(built);
  }

  /// The value of the longest prefix that holds an address; null: none does.
  @Nullable V longest(long high, long low) {
    for (int i = 0; i < levels.size(); i++) {
      Level<V> level = levels.get(i);
      V found =
          level.find(high & Prefix.highMask(level.length), low & Prefix.lowMask(level.length));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static int compare(Prefix a, Prefix b) {
    return compare(a.high(), a.low(), b.high(), b.low());
  }

  private static int compare(long aHigh, long aLow, long bHigh, long bLow) {
    int order = Long.compareUnsigned(aHigh, bHigh);
    return order != 0 ? order : Long.compareUnsigned(aLow, bLow);
  }
}
