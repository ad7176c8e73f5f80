package linedisc.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import linedisc.examples.cli.Terminal;

/// A program run in this process, and what it wrote.
///
/// @param status its exit status
/// @param out its results
/// @param err its messages
public record Capture(int status, String out, String err) {
  /// Runs `linedisc` with these words.
  public static Capture of(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    try (var outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      int status = Main.run(List.of(words), new Terminal(outStream, errStream, false));
      return new Capture(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
