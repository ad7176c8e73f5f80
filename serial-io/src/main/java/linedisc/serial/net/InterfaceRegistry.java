package linedisc.serial.net;

import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The table's book-keeping: which names, units and indexes are taken, and by whom. Guarded by the
/// table's lock; knows nothing of threads.
final class InterfaceRegistry {
  /// A type of interface.
  private static final class Type {
    final InterfaceCloner cloner;
    final UnitNumbers units;

    /// Units of interfaces that a bind may claim.
    final BitSet idle = new BitSet();

    Type(InterfaceCloner cloner) {
      this.cloner = cloner;
      this.units = new UnitNumbers(cloner.maxUnit());
    }
  }

  private final Map<String, Type> types = new LinkedHashMap<>();
  private final Map<String, InterfaceEntry> names = new HashMap<>();

  /// By index; without those that are still being built.
  private final Map<Long, InterfaceEntry> live = new TreeMap<>();

  private final Map<Long, InterfaceEntry> tombstones = new TreeMap<>();
  private long lastIndex;

  /// Makes a type known.
  ///
  /// @throws NetException EINVAL, EEXIST
  void register(InterfaceCloner cloner) throws NetException {
    String type = cloner.type();
    if (!InterfaceName.isType(type)) {
      throw NetError.EINVAL.on(type);
    }
    if (types.putIfAbsent(type, new Type(cloner)) != null) {
      throw NetError.EEXIST.on(type);
    }
  }

  /// Types in the order of registration.
  List<String> types() {
    return List.copyOf(types.keySet());
  }

  /// Takes name, unit and index for a new interface.
  ///
  /// @throws NetException EINVAL, EEXIST, ENOSPC
  InterfaceEntry reserve(String name) throws NetException {
    InterfaceName parsed = InterfaceName.parse(name);
    Type type = parsed == null ? null : types.get(parsed.type());
    if (parsed == null || type == null) {
      throw NetError.EINVAL.on(name);
    }
    int unit = parsed.unit();
    if (unit == InterfaceName.ANY) {
      unit = type.units.take();
      if (unit < 0) {
        throw NetError.ENOSPC.on(name);
      }
    } else if (unit > type.units.max()) {
      throw NetError.ENOSPC.on(name);
    } else if (!type.units.take(unit)) {
      throw NetError.EEXIST.on(name);
    }
    lastIndex++;
    InterfaceEntry entry =
        new InterfaceEntry(type.cloner, new InterfaceName(parsed.type(), unit), lastIndex);
    names.put(entry.name(), entry);
    return entry;
  }

  /// The interface of a reservation is to be seen.
  void publish(InterfaceEntry entry) {
    live.put(entry.index(), entry);
  }

  /// Gives name and unit back. Who still refers to it gets a tombstone.
  void remove(InterfaceEntry entry) {
    Type type = type(entry);
    names.remove(entry.name());
    type.units.free(entry.parsed().unit());
    type.idle.clear(entry.parsed().unit());
    live.remove(entry.index());
    entry.netInterface = null;
    if (!entry.holders.isEmpty()) {
      tombstones.put(entry.index(), entry);
    }
  }

  /// One reference less.
  void dismiss(InterfaceEntry entry, String purpose) {
    entry.holders.remove(purpose);
    if (entry.holders.isEmpty()) {
      tombstones.remove(entry.index());
    }
  }

  /// Notes whether a bind may claim it.
  void setIdle(InterfaceEntry entry, boolean idle) {
    type(entry).idle.set(entry.parsed().unit(), idle);
  }

  /// The idle interface with the lowest unit; null: none.
  ///
  /// @throws NetException EINVAL: no such type
  @Nullable InterfaceEntry lowestIdle(String typeName) throws NetException {
    Type type = types.get(typeName);
    if (type == null) {
      throw NetError.EINVAL.on(typeName);
    }
    int unit = type.idle.nextSetBit(0);
    return unit < 0 ? null : names.get(new InterfaceName(typeName, unit).toString());
  }

  @Nullable InterfaceEntry find(String name) {
    return names.get(name);
  }

  @Nullable InterfaceEntry find(long index) {
    return live.get(index);
  }

  Collection<InterfaceEntry> live() {
    return Collections.unmodifiableCollection(live.values());
  }

  Collection<InterfaceEntry> tombstones() {
    return Collections.unmodifiableCollection(tombstones.values());
  }

  private Type type(InterfaceEntry entry) {
    Type type = types.get(entry.parsed().type());
    if (type == null) {
      throw new IllegalStateException(entry.name());
    }
    return type;
  }
}
