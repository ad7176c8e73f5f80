package linedisc.serial.net;

import java.util.ArrayList;
import java.util.List;
import linedisc.serial.life.Removal;
import org.jspecify.annotations.Nullable;

/// What the table knows about one interface, from the reservation of its name to the last reference
/// to it. Guarded by the table's lock.
final class InterfaceEntry {
  private final InterfaceCloner cloner;
  private final InterfaceName parsed;
  private final String name;
  private final long index;

  /// Null while it is being built, and again when it has gone.
  @Nullable NetInterface netInterface;

  /// Whether it carries its packets itself, and so never loses its binding.
  boolean needsNoPort;

  /// Handles, and binds under way.
  int owners;

  /// What each reference is for.
  final List<String> holders = new ArrayList<>();

  /// Set by the winner.
  @Nullable Removal removal;

  InterfaceEntry(InterfaceCloner cloner, InterfaceName parsed, long index) {
    this.cloner = cloner;
    this.parsed = parsed;
    this.name = parsed.toString();
    this.index = index;
  }

  /// The interface if others may see it; null otherwise.
  @Nullable NetInterface visible() {
    NetInterface there = netInterface;
    boolean seen =
        there != null
            && there.state() != InterfaceState.ALLOCATED
            && !there.is(InterfaceFlag.PRIVATE);
    return seen ? there : null;
  }

  InterfaceCloner cloner() {
    return cloner;
  }

  InterfaceName parsed() {
    return parsed;
  }

  String name() {
    return name;
  }

  long index() {
    return index;
  }
}
