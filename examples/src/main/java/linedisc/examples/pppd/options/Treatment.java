package linedisc.examples.pppd.options;

/// What becomes of an option: none is ignored without a word.
public sealed interface Treatment {
  /// It does what it says.
  record Implemented() implements Treatment {}

  /// It is taken, has no effect, and the log says why.
  ///
  /// @param reason completes "NAME has no effect: "
  record Accepted(String reason) implements Treatment {}

  /// It is an error.
  ///
  /// @param alternative what to do instead; completes "NAME is not supported: "
  record Refused(String alternative) implements Treatment {}
}
