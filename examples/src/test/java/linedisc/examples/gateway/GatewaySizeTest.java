package linedisc.examples.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import linedisc.examples.Capture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What links cost a gateway's process. Nothing is asserted about it; the figures are kept.
@Tag("slow")
@Timeout(300)
class GatewaySizeTest {
  /// As the launcher starts it.
  private static final List<String> JVM = List.of("-Xms16m", "-Xmx128m");

  private static final Path FIGURES = Path.of("target", "gateway", "figures.txt");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"1, jserialcomm", "200, jserialcomm", "1, posix", "200, posix"})
  void memoryOfLinksOnPtys(int count, String transport) throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "nobody tells what a process holds");
    var ours = new StringBuilder();
    var theirs = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String link = "\nkind ppp\noptions noauth 10.9.%d.%d:10.9.%d.%d\n";
      ours.append("port ").append(folder).append("/w").append(i);
      ours.append(link.formatted(i, 1, i, 2));
      theirs.append("port pty:").append(folder).append("/w").append(i);
      theirs.append(link.formatted(i, 2, i, 1));
    }
    Path server = Files.writeString(folder.resolve("server"), ours);
    Path peers = Files.writeString(folder.resolve("peers"), theirs);
    try (var masters = new GatewayProcess(peers, JVM)) {
      masters.says("is in force");
      measure(server, count, transport);
    }
  }

  private static void measure(Path server, int count, String transport) throws Exception {
    try (var gateway = new GatewayProcess(server, JVM, "--transport", transport)) {
      gateway.says("is in force");
      for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(200); up(server) < count; ) {
        assertTrue(end - System.nanoTime() > 0, "the links don't come up");
        Thread.sleep(200);
      }
      String figures =
          String.format(
              Locale.ROOT,
              "%d PPP links in one gateway (%s): RSS %d MB, %d threads%n",
              count,
              transport,
              gateway.figure("VmRSS") >> 10,
              gateway.figure("Threads"));
      Files.createDirectories(FIGURES.getParent());
      Files.writeString(
          FIGURES, figures, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      System.out.print(figures);
    }
  }

  private static long up(Path file) {
    Capture status = Capture.of("status", "--json", "--control", file + ".control");
    String json = status.out();
    int at = json.indexOf("\"up\":");
    return at < 0 ? 0 : Long.parseLong(json.substring(at + 5).replaceAll("\\D.*\\s*", ""));
  }
}
