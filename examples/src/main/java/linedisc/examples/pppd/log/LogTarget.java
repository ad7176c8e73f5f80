package linedisc.examples.pppd.log;

/// Where messages go.
@FunctionalInterface
public interface LogTarget {
  /// Takes one message; failures are nobody's.
  ///
  /// @param text one line, without its end
  void message(Level level, String text);

  /// Gives up what it holds.
  default void close() {}
}
