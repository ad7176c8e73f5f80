package linedisc.examples.modem;

/// One command of a command line.
sealed interface AtCommand {
  /// A letter, perhaps behind `&`, `\` or `%`, with a number: `E0`, `&C1`, `Z`.
  ///
  /// @param name the letter with what stands before it, in capitals
  /// @param value 0 if there is no number
  record Basic(String name, int value) implements AtCommand {}

  /// `S7`: the register that the next ones mean.
  record Select(int register) implements AtCommand {}

  /// `?`.
  record Read() implements AtCommand {}

  /// `=60`.
  record Write(int value) implements AtCommand {}

  /// `D`, which takes the rest of the line.
  ///
  /// @param number with all modifiers
  record Dial(String number) implements AtCommand {}

  /// `+CSQ`, `+CREG?`, `+CGDCONT=?`, `+CPIN="1234"`.
  ///
  /// @param name in capitals, with the plus
  /// @param value what stands behind `=`; otherwise empty
  record Extended(String name, Operation operation, String value) implements AtCommand {}

  /// What cannot be understood; the rest of the line is lost.
  record Invalid() implements AtCommand {}

  /// What an extended command is to do.
  enum Operation {
    /// `+NAME`.
    ACT,
    /// `+NAME?`.
    READ,
    /// `+NAME=?`.
    TEST,
    /// `+NAME=VALUE`.
    SET
  }
}
