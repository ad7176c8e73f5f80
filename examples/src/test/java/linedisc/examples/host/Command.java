package linedisc.examples.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A command that has run to its end.
///
/// @param status its exit status; -1: there is no such program
/// @param output what it wrote, errors included
record Command(int status, String output) {
  private static final long PATIENCE_SECONDS = 60;

  static Command run(List<String> words) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(words).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Command(-1, String.valueOf(e.getMessage()));
    }
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still runs: " + words + "; it wrote: " + output);
      }
      return new Command(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /// Whether a program is installed.
  static boolean exists(String program) throws IOException, InterruptedException {
    return run(List.of(program, "--version")).status >= 0;
  }
}
