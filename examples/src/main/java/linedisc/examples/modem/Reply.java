package linedisc.examples.modem;

/// What a command has led to.
sealed interface Reply {
  /// All is well.
  Reply OK = new Done("");

  /// Not understood, or not possible.
  Reply ERROR = new Failed(-1, "");

  /// It is done.
  ///
  /// @param information lines for the terminal, with newlines between them; empty: nothing to say
  record Done(String information) implements Reply {}

  /// It could not be done; the rest of the command line is not looked at.
  ///
  /// @param number of the mobile equipment's error; negative: a plain ERROR
  /// @param words the same in words
  record Failed(int number, String words) implements Reply {}

  /// The modem has begun something that will end in a result code of its own, or has given one
  /// already; the command line ends here.
  record Begun() implements Reply {}
}
