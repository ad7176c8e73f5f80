package linedisc.examples.shell;

import java.io.IOException;
import java.util.List;
import linedisc.examples.cli.CommandException;

/// A command of the shell.
public interface Verb {
  /// Its forms, one a line, for `help`.
  String usage();

  /// Does it.
  ///
  /// @param words what follows the verb
  /// @throws IOException of an interface, port or file, with a message for people
  /// @throws CommandException when the words make no sense
  Answer run(List<String> words) throws IOException, CommandException, InterruptedException;
}
