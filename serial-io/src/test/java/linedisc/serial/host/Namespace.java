package linedisc.serial.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A network of a test's own, in which a child may do as root does.
final class Namespace {
  private static final long PATIENCE_SECONDS = 60;

  /// What a command has come to.
  ///
  /// @param status its exit status
  /// @param output what it wrote, errors included
  record Result(int status, String output) {}

  private Namespace() {}

  /// Skips the test where there is no TUN or no namespace to be had.
  static void assume() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/dev/net/tun")), "this machine has no /dev/net/tun");
    Result unshare = run(List.of("unshare", "-Urn", "ip", "link"));
    Assumptions.assumeTrue(
        unshare.status == 0, "no network namespace can be made here: " + unshare.output);
  }

  /// Runs a main class of the tests in namespaces of its own.
  ///
  /// @param unshare which ones, `-Urn`: its user is root there, and there is no network but `lo`
  static Result child(String unshare, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("unshare", unshare));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-ea");
    command.add("-Xmx64m");
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return run(command);
  }

  /// Runs a command to its end.
  static Result run(List<String> command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    }
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still runs: " + command + "; it wrote: " + output);
      }
      return new Result(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
