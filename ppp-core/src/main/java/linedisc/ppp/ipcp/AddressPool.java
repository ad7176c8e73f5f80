package linedisc.ppp.ipcp;

import java.util.BitSet;

/// Addresses to assign to peers, each to one at a time.
///
/// Who answers [linedisc.ppp.PppEvent.Need.PeerAddress] takes one, and releases it when the link
/// has ended. An address that was released comes back last, so that one who calls again soon does
/// not get the connections of another.
///
/// Not thread-safe: a pool that several links share has one lock of its own.
public final class AddressPool {
  private final int first;
  private final int size;
  private final BitSet taken = new BitSet();
  private int next;

  /// All addresses free.
  ///
  /// @param first the lowest address, first octet most significant
  /// @param size how many, at least 1
  /// @throws IllegalArgumentException if there are none, or they go past 255.255.255.255, or
  ///   0.0.0.0 is one of them
  public AddressPool(int first, int size) {
    if (first == 0 || size < 1 || Integer.toUnsignedLong(first) + size > 1L << 32) {
      throw new IllegalArgumentException(
          size + " addresses from " + IpAddressOption.dotted(first) + " on");
    }
    this.first = first;
    this.size = size;
  }

  /// Takes a free address.
  ///
  /// @return the address; 0 if there is none
  public int take() {
    int free = taken.nextClearBit(next);
    if (free >= size) {
      free = taken.nextClearBit(0);
    }
    if (free >= size) {
      return 0;
    }
    taken.set(free);
    next = free + 1;
    return first + free;
  }

  /// Takes a certain address, such as the one that a peer had the last time.
  ///
  /// @return whether it is one of the pool's and was free
  public boolean take(int address) {
    int index = address - first;
    if (index < 0 || index >= size || taken.get(index)) {
      return false;
    }
    taken.set(index);
    return true;
  }

  /// Gives an address back.
  ///
  /// @throws IllegalArgumentException if it was not taken
  public void release(int address) {
    int index = address - first;
    if (index < 0 || index >= size || !taken.get(index)) {
      throw new IllegalArgumentException(IpAddressOption.dotted(address) + " was not taken");
    }
    taken.clear(index);
  }

  /// How many addresses are free.
  public int free() {
    return size - taken.cardinality();
  }
}
