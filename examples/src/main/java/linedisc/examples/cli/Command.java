package linedisc.examples.cli;

import java.util.List;

/// One program of the launcher, found by the first word of the command line.
public interface Command {
  /// The word that names it.
  String name();

  /// One line for the list of programs.
  String summary();

  /// The text of `--help`, without a final newline.
  String help();

  /// Runs to the end.
  ///
  /// @param words the command line after the program's name
  /// @param terminal where it writes
  /// @return the exit status
  /// @throws CommandException for a sentence to the user
  /// @throws InterruptedException when the process is asked to stop
  int run(List<String> words, Terminal terminal) throws CommandException, InterruptedException;
}
