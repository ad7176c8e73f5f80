package linedisc.examples.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Joins the two ends of a cell, and records what each of them sends: socat, between sockets of the
/// guest and pseudo-terminals in raw mode.
///
/// A pty may be closed and opened again; what is sent to it meanwhile waits in the kernel as long
/// as there is room. It hangs up when the wire is closed.
final class Wire implements AutoCloseable {
  /// Where an end of the line is found.
  sealed interface Plug {
    /// The unix socket of a guest's serial port.
    record Socket(Path path) implements Plug {}

    /// A pseudo-terminal, made with the wire.
    ///
    /// @param link a name for it, which must not exist
    record Pty(Path link) implements Plug {}
  }

  /// After so long without an octet socat ends by itself, should this JVM be gone without notice.
  private static final int IDLE_SECONDS = 600;

  private final Path toRight;
  private final Path toLeft;
  private final Child socat;

  private Wire(Path toRight, Path toLeft, Child socat) {
    this.toRight = toRight;
    this.toLeft = toLeft;
    this.socat = socat;
  }

  /// Joins two ends, and returns when octets flow.
  ///
  /// @param folder for the records `to-right` and `to-left`
  static Wire join(Plug left, Plug right, Path folder) throws IOException, UnavailableException {
    Path toRight = folder.resolve("to-right");
    Path toLeft = folder.resolve("to-left");
    Files.deleteIfExists(toRight);
    Files.deleteIfExists(toLeft);
    var command =
        new ArrayList<String>(List.of(("socat -d -d -b 65536 -T " + IDLE_SECONDS).split(" ", -1)));
    command.addAll(List.of("-r", toRight.toString(), "-R", toLeft.toString()));
    command.addAll(List.of(address(left), address(right)));
    Child socat = Child.start(new ProcessBuilder(command));
    // Not closed: what socat says later stays in the pipe.
    BufferedReader errors = socat.process().errorReader(StandardCharsets.UTF_8);
    var said = new StringBuilder();
    String line = errors.readLine();
    while (line != null && !line.contains("starting data transfer loop")) {
      said.append(line).append('\n');
      line = errors.readLine();
    }
    if (line == null) {
      socat.close();
      throw new IOException("socat ended: " + said);
    }
    return new Wire(toRight, toLeft, socat);
  }

  private static String address(Plug plug) {
    return switch (plug) {
      case Plug.Socket(Path path) -> "UNIX-CONNECT:" + path;
      case Plug.Pty(Path link) -> "PTY,rawer,ignoreeof,link=" + link;
    };
  }

  /// What an end has sent up to now.
  byte[] sentBy(Step.Where where) throws IOException {
    return Files.readAllBytes(where == Step.Where.LEFT ? toRight : toLeft);
  }

  @Override
  public void close() {
    socat.close();
  }
}
