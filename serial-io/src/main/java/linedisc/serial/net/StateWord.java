package linedisc.serial.net;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import linedisc.serial.life.Sync;

/// State, flags, MTU and protocol modes of an interface in one word, so that one look at it tells
/// all that a sender must know. Changed by compare-and-set only: a plain write of a flag could
/// bring a dead interface back.
///
/// From the lowest bit: state 3, flags 5, mode of IPv4 2, of IPv6 2, of a protocol that is not open
/// 2, protocols that are open 2; from bit 32 the MTU.
final class StateWord {
  static final long UP = 1 << 3;
  static final long RUNNING = 1 << 4;
  static final long STICKY = 1 << 5;
  static final long PRIVATE = 1 << 6;

  private static final long STATE = 7;
  private static final int MODE_SHIFT = 8;
  private static final int IDLE_MODE_SHIFT = 12;
  private static final int OPEN_SHIFT = 14;
  private static final long OPEN = 3L << OPEN_SHIFT;
  private static final long MODE = 3;
  private static final int MTU_SHIFT = 32;
  private static final InterfaceState[] STATES = InterfaceState.values();

  private final Sync sync;
  private final AtomicLong word;

  /// ALLOCATED, with these flags.
  StateWord(Sync sync, long flags, int mtu) {
    this.sync = sync;
    long start = withIdleMode(withMtu(flags, mtu), NetworkMode.ERROR);
    this.word = new AtomicLong(start);
  }

  long get() {
    return word.get();
  }

  /// Changes the word from what the caller has just read, if nobody has changed it since.
  boolean change(long before, long after) {
    sync.step();
    return word.compareAndSet(before, after);
  }

  /// Takes one step; of several who try, one succeeds.
  boolean advance(InterfaceState from, InterfaceState to) {
    for (; ; ) {
      long before = get();
      if (state(before) != from) {
        return false;
      }
      if (change(before, withState(before, to))) {
        return true;
      }
    }
  }

  /// Changes anything but the state, while the interface is not on its way out.
  ///
  /// @param function of the word; may be called more than once
  /// @return whether it was not
  boolean update(LongUnaryOperator function) {
    for (; ; ) {
      long before = get();
      if (isLeaving(before)) {
        return false;
      }
      if (change(before, function.applyAsLong(before))) {
        return true;
      }
    }
  }

  static InterfaceState state(long word) {
    return STATES[(int) (word & STATE)];
  }

  /// DETACHING or past it.
  static boolean isLeaving(long word) {
    return (word & STATE) >= InterfaceState.DETACHING.code();
  }

  /// UNLINKED or past it.
  static boolean isUnlinked(long word) {
    return (word & STATE) >= InterfaceState.UNLINKED.code();
  }

  static long withState(long word, InterfaceState state) {
    return (word & ~STATE) | state.code();
  }

  static int mtu(long word) {
    return (int) (word >>> MTU_SHIFT);
  }

  static long withMtu(long word, int mtu) {
    return (word << MTU_SHIFT >>> MTU_SHIFT) | ((long) mtu << MTU_SHIFT);
  }

  static NetworkMode mode(long word, NetworkProtocol protocol) {
    return NetworkMode.of((int) ((word >> modeShift(protocol)) & MODE));
  }

  /// Whether any protocol has a mode.
  static boolean hasMode(long word, NetworkMode mode) {
    for (NetworkProtocol protocol : NetworkProtocol.values()) {
      if (mode(word, protocol) == mode) {
        return true;
      }
    }
    return false;
  }

  static long withMode(long word, NetworkProtocol protocol, NetworkMode mode) {
    int shift = modeShift(protocol);
    return (word & ~(MODE << shift)) | ((long) mode.code() << shift);
  }

  static NetworkMode idleMode(long word) {
    return NetworkMode.of((int) ((word >> IDLE_MODE_SHIFT) & MODE));
  }

  /// Protocols that are not open have the idle mode.
  static long withIdleMode(long word, NetworkMode mode) {
    long after = (word & ~(MODE << IDLE_MODE_SHIFT)) | ((long) mode.code() << IDLE_MODE_SHIFT);
    for (NetworkProtocol protocol : NetworkProtocol.values()) {
      if ((after & openBit(protocol)) == 0) {
        after = withMode(after, protocol, mode);
      }
    }
    return after;
  }

  /// A protocol opens: its packets pass.
  static long withOpen(long word, NetworkProtocol protocol) {
    return withMode(word, protocol, NetworkMode.PASS) | openBit(protocol) | RUNNING;
  }

  /// A protocol closes: its packets meet the idle mode.
  static long withClosed(long word, NetworkProtocol protocol) {
    long after = withMode(word, protocol, idleMode(word)) & ~(openBit(protocol) | RUNNING);
    return (after & OPEN) == 0 ? after : after | RUNNING;
  }

  private static long openBit(NetworkProtocol protocol) {
    return 1L << (OPEN_SHIFT + protocol.code());
  }

  private static int modeShift(NetworkProtocol protocol) {
    return MODE_SHIFT + 2 * protocol.code();
  }
}
