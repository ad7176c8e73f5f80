package linedisc.examples.cli;

import java.io.Console;
import java.io.PrintStream;

/// Where a program writes.
///
/// @param out results
/// @param err progress, messages and debugging
/// @param interactive whether a person is watching `err`, so that a line may be drawn over
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {
  /// The process's own streams.
  // Newer JDKs are said to have a console always, and yet have none where java.base is alone.
  @SuppressWarnings("SystemConsoleNull")
  public static Terminal system() {
    Console console = System.console();
    return new Terminal(System.out, System.err, console != null && console.isTerminal());
  }
}
