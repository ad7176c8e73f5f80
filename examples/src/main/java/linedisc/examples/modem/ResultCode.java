package linedisc.examples.modem;

/// What a modem says to its terminal when a command line is done or something happens.
///
/// See [V.250, section 5.7.1](https://www.itu.int/rec/T-REC-V.250).
enum ResultCode {
  /// Done.
  OK(0, 0),
  /// A connection.
  CONNECT(1, 0),
  /// Somebody calls.
  RING(2, 0),
  /// No connection, or no longer.
  NO_CARRIER(3, 0),
  /// Not understood, or not possible.
  ERROR(4, 0),
  /// The line is dead.
  NO_DIALTONE(6, 2),
  /// The called one is busy.
  BUSY(7, 3),
  /// Nobody takes the call.
  NO_ANSWER(8, 3);

  private final int number;

  /// The level of `X` from which it is told apart from NO CARRIER.
  private final int level;

  ResultCode(int number, int level) {
    this.number = number;
    this.level = level;
  }

  /// What the terminal is told that wants so much detail (`X`).
  ResultCode at(int wantedLevel) {
    return wantedLevel < level ? NO_CARRIER : this;
  }

  /// The code in words, for `V1`.
  String words() {
    return name().replace('_', ' ');
  }

  /// The code as a number, for `V0`.
  String digits() {
    return Integer.toString(number);
  }

  /// The number for a connection with a speed, as Rockwell's modems have it.
  ///
  /// @param speed bits per second
  static String connectDigits(int speed) {
    int number =
        switch (speed) {
          case 1200 -> 5;
          case 2400 -> 10;
          case 4800 -> 11;
          case 9600 -> 12;
          case 14_400 -> 15;
          case 19_200 -> 16;
          case 38_400 -> 17;
          case 57_600 -> 18;
          case 115_200 -> 19;
          case 28_800 -> 64;
          case 33_600 -> 84;
          default -> CONNECT.number;
        };
    return Integer.toString(number);
  }
}
