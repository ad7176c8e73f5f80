package linedisc.serial.net;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One line of the table's list.
///
/// @param name `ppp0`
/// @param index number that is never used again
/// @param state FREED: a tombstone, kept because somebody still refers to the departed interface
/// @param flags what it is
/// @param port the name of the port it is bound to; null: none
/// @param mtu in octets
/// @param addresses at most one pair a protocol
/// @param statistics counters; null for a tombstone
/// @param owners handles and reservations
/// @param holders what each [InterfaceRef] is for
public record InterfaceInfo(
    String name,
    long index,
    InterfaceState state,
    Set<InterfaceFlag> flags,
    @Nullable String port,
    int mtu,
    List<AddressPair> addresses,
    @Nullable InterfaceStatistics statistics,
    int owners,
    List<String> holders) {
  static InterfaceInfo of(InterfaceEntry entry, NetInterface netInterface) {
    return new InterfaceInfo(
        entry.name(),
        entry.index(),
        netInterface.state(),
        netInterface.flags(),
        netInterface.portName(),
        netInterface.mtu(),
        netInterface.addresses(),
        netInterface.statistics(),
        entry.owners,
        List.copyOf(entry.holders));
  }

  static InterfaceInfo tombstone(InterfaceEntry entry) {
    return new InterfaceInfo(
        entry.name(),
        entry.index(),
        InterfaceState.FREED,
        Set.of(),
        null,
        0,
        List.of(),
        null,
        0,
        List.copyOf(entry.holders));
  }
}
