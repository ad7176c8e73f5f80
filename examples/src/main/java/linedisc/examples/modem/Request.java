package linedisc.examples.modem;

/// What a modem wants of the exchange.
sealed interface Request {
  /// Calls a number. Answered with [ModemEngine#connected] or [ModemEngine#failed].
  ///
  /// @param number digits, `*`, `#`, letters; no modifiers
  record Call(String number) implements Request {}

  /// Takes the call that rings. Answered with [ModemEngine#connected], if it is still there.
  record Answer() implements Request {}

  /// Ends the call, whatever has become of it.
  record HangUp() implements Request {}

  /// Carrier is off, and the terminal is to notice (`&C1`).
  record DropCarrier() implements Request {}
}
