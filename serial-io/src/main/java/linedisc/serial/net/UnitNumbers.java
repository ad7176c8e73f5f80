package linedisc.serial.net;

import java.util.BitSet;

/// The unit numbers of one type of interface: the lowest free one goes out first. Guarded by the
/// table's lock.
final class UnitNumbers {
  private final int max;
  private final BitSet taken = new BitSet();

  /// No unit below this one is free.
  private int hint;

  /// All free.
  ///
  /// @param max the highest unit
  UnitNumbers(int max) {
    this.max = max;
  }

  /// Takes the lowest free unit.
  ///
  /// @return -1: none is left
  int take() {
    int unit = taken.nextClearBit(hint);
    if (unit > max) {
      return -1;
    }
    taken.set(unit);
    hint = unit + 1;
    return unit;
  }

  /// Takes a certain unit.
  ///
  /// @return whether it was free
  boolean take(int unit) {
    if (taken.get(unit)) {
      return false;
    }
    taken.set(unit);
    return true;
  }

  /// Gives a unit back.
  ///
  /// @throws IllegalStateException when it is free already
  void free(int unit) {
    if (!taken.get(unit)) {
      throw new IllegalStateException("unit " + unit + " is free already");
    }
    taken.clear(unit);
    hint = Math.min(hint, unit);
  }

  /// The highest unit there can be.
  int max() {
    return max;
  }
}
