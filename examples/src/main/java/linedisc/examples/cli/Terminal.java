package linedisc.examples.cli;

import java.io.PrintStream;
import linedisc.serial.port.StandardStream;

/// Where a program writes.
///
/// @param out results
/// @param err progress, messages and debugging
/// @param interactive whether a person is watching `err`, so that a line may be drawn over
/// @param dialogue whether a person types at standard input and reads `out`, so that questions may
///   be asked
public record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean dialogue) {
  /// Streams that nobody types at.
  public Terminal(PrintStream out, PrintStream err, boolean interactive) {
    this(out, err, interactive, false);
  }

  /// The process's own streams.
  public static Terminal system() {
    return new Terminal(
        System.out,
        System.err,
        StandardStream.ERROR.isTerminal(),
        StandardStream.INPUT.isTerminal() && StandardStream.OUTPUT.isTerminal());
  }
}
