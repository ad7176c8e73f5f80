package linedisc.examples.shell;

import java.nio.file.Path;
import java.util.Map;
import linedisc.examples.cli.CommandException;
import linedisc.examples.stack.Station;
import linedisc.serial.port.SerialBackend;

/// The control socket of a program that has a stack: the shell's commands over it, and the
/// program's own.
public final class Control implements AutoCloseable {
  private final Interpreter interpreter;
  private final ControlServer server;

  private Control(Interpreter interpreter, ControlServer server) {
    this.interpreter = interpreter;
    this.server = server;
  }

  /// Listens on a socket that only its owner can open (mode 0600).
  ///
  /// @param backend opens the ports that are attached
  /// @param own by their first words; they may come on several threads at a time
  /// @throws CommandException a sentence, when the path is taken or can't be used
  public static Control open(
      Path path, Station station, SerialBackend backend, Map<String, Verb> own)
      throws CommandException {
    var interpreter = new Interpreter(station, backend, own);
    try {
      return new Control(interpreter, ControlServer.open(path, interpreter));
    } catch (CommandException e) {
      interpreter.close();
      throw e;
    }
  }

  /// Listens no more, and ends what commands have begun. Waits for that.
  @Override
  public void close() {
    server.close();
    interpreter.close();
  }
}
