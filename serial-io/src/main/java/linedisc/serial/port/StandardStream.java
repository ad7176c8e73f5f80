package linedisc.serial.port;

import java.io.Console;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Platform;
import linedisc.serial.ffi.Termios;

/// The streams that every process starts with.
public enum StandardStream {
  /// Standard input.
  INPUT(0),
  /// Standard output.
  OUTPUT(1),
  /// Standard error.
  ERROR(2);

  private static final int STRUCTURE_OCTETS = 64;

  private final int descriptor;

  StandardStream(int descriptor) {
    this.descriptor = descriptor;
  }

  /// Whether it is a terminal, rather than a file or a pipe. Elsewhere than on Linux all three are
  /// taken for what the JDK finds out about the first two.
  // Newer JDKs are said to have a console always, and yet have none where java.base is alone.
  @SuppressWarnings("SystemConsoleNull")
  public boolean isTerminal() {
    if (Platform.supported()) {
      return new Termios().load(new Libc(STRUCTURE_OCTETS), descriptor) >= 0;
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /// Its number.
  int descriptor() {
    return descriptor;
  }
}
