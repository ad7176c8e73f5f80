package linedisc.examples.bench;

import java.util.List;

/// How fast one loop is with one mix.
///
/// @param rates of all implementations, linedisc's first
record CodecResult(CodecCase of, List<Rate> rates) {
  /// One implementation.
  ///
  /// @param name of the implementation
  /// @param octetsPerSecond of payload, one thread's CPU time, median of the rounds
  /// @param ratio how many times faster linedisc is, median of the rounds
  record Rate(String name, double octetsPerSecond, double ratio) {}
}
