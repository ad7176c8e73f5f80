package linedisc.serial.chat;

/// What a session has to say, in order.
public sealed interface ChatEvent {
  /// A line for the log; only with [ChatOptions#verbose], apart from failures.
  record Log(String line) implements ChatEvent {}

  /// Received text for the user to see.
  record Echo(String text) implements ChatEvent {}

  /// What SAY says.
  record Say(String text) implements ChatEvent {}

  /// A report: the string that REPORT named and what came after it, up to a control character.
  record Report(String text) implements ChatEvent {}

  /// A break is to be sent now; what [ChatSession#pollTransmit] gave before must be out by then.
  record Break() implements ChatEvent {}

  /// The end.
  ///
  /// @param exitStatus 0: the script is finished; 1: it can't be played; 2: input or output failed;
  ///   3: a string did not come in time; 4 and more: the first, second ... ABORT string came
  /// @param reason a sentence; empty for 0
  record Finished(int exitStatus, String reason) implements ChatEvent {}
}
