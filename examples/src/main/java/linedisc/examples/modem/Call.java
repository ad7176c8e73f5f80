package linedisc.examples.modem;

import org.jspecify.annotations.Nullable;

/// A call from a modem to another or to a trunk. Guarded by the exchange's monitor.
final class Call {
  final EmulatedModem caller;

  /// The modem that is called; null: a trunk.
  final @Nullable EmulatedModem called;

  /// Null until it is open.
  @Nullable Trunk trunk;

  /// What the caller has sent and the trunk has not taken.
  final Octets toTrunk = new Octets(ModemEngine.WAITING);

  boolean connected;
  boolean over;

  Call(EmulatedModem caller, @Nullable EmulatedModem called) {
    this.caller = caller;
    this.called = called;
  }

  /// The modem at the other end; null: it is a trunk.
  @Nullable EmulatedModem other(EmulatedModem one) {
    return one == caller ? called : caller;
  }

  /// Octets on their way from one end to the other.
  int waiting(EmulatedModem from) {
    EmulatedModem other = other(from);
    return other == null ? toTrunk.size() : other.engine.waitingForTerminal();
  }
}
