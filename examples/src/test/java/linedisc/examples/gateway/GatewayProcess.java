package linedisc.examples.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linedisc.examples.Main;

/// A gateway in a process of its own. Its control socket has the name of its file and `.control`.
final class GatewayProcess implements AutoCloseable {
  private final Process process;
  private final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final StringBuilder seen = new StringBuilder();

  /// Starts one.
  ///
  /// @param jvm options of its virtual machine
  /// @param more options of its own
  GatewayProcess(Path file, List<String> jvm, String... more) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(jvm);
    words.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    words.add("-Djava.io.tmpdir=" + file.toAbsolutePath().getParent());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(List.of("gateway", "--control", file + ".control", file.toString()));
    words.addAll(List.of(more));
    process = new ProcessBuilder(words).redirectErrorStream(true).start();
    Thread _ = Thread.ofVirtual().start(() -> process.inputReader(UTF_8).lines().forEach(log::add));
  }

  /// Reads the log up to a line that contains this.
  void says(String part) throws InterruptedException {
    for (String line = ""; !line.contains(part); ) {
      line = log.poll(60, TimeUnit.SECONDS);
      assertTrue(line != null, () -> "never: " + part + seen);
      seen.append('\n').append(line);
    }
  }

  /// The lines that were read.
  String seen() {
    return seen.toString();
  }

  /// Sends a signal, by its name without `SIG`.
  void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
  }

  /// What the kernel says about it.
  ///
  /// @param name as in `/proc/PID/status`
  long figure(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /// Waits for its end, with exit status 0.
  void endsWell() throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), this::seen);
  }

  /// Kills it, if it is still there.
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
