package linedisc.examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import linedisc.examples.Capture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
  private static final Pattern RESULT =
      Pattern.compile(
          "\\{\"line\":\"\\w+\",\"links\":\\[\\{\"name\":\"ppp0 <> ppp1\",\"packets\":\\d+,.*"
              + "\"mb_per_s\":[0-9.]+,\"errors\":0,\"rtt_us\":\\{\"count\":10,.*\\},"
              + "\\{\"name\":\"sl0 <> sl1\",.*\"errors\":0,.*\\}\\],"
              + "\"errors\":0,\"rebound\":true,\"seconds\":[0-9.]+\\}\n");

  @Test
  void bothLinksWorkInMemory() {
    Capture demo = Capture.of("demo", "--line", "null", "--megabytes", "1", "--json");
    assertEquals(0, demo.status(), demo.err());
    assertTrue(RESULT.matcher(demo.out()).matches(), demo.out());
    assertTrue(demo.err().contains("ppp0: destroyed under traffic"), demo.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jserialcomm", "posix"})
  void bothLinksWorkOverPtys(String transport) {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
    Capture demo = Capture.of("demo", "--megabytes", "2", "--json", "--transport", transport);
    assertEquals(0, demo.status(), demo.err());
    assertTrue(RESULT.matcher(demo.out()).matches(), demo.out());
  }

  @Test
  void theTableHasARowForEachLink() {
    Capture demo = Capture.of("demo", "--line", "null", "--megabytes", "1");
    assertEquals(0, demo.status(), demo.err());
    assertTrue(demo.out().startsWith("link "), demo.out());
    assertTrue(demo.out().contains("\nppp0 <> ppp1 "), demo.out());
    assertTrue(demo.out().contains("\nsl0 <> sl1 "), demo.out());
  }

  @Test
  void debugShowsTheNegotiation() {
    Capture demo = Capture.of("demo", "--line", "null", "--megabytes", "1", "--debug");
    assertTrue(demo.err().contains("ppp0: sent [LCP ConfReq id=0x1 "), demo.err());
    assertTrue(demo.err().contains("ppp1: rcvd [IPCP ConfNak id=0x1 <addr 10.0.0.2>]"));
  }

  @Test
  void tsharkDecodesEveryFrame(@TempDir Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("demo.pcapng");
    Capture demo =
        Capture.of("demo", "--line", "null", "--megabytes", "1", "--capture", file.toString());
    assertEquals(0, demo.status(), demo.err());
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(dir -> Files.isExecutable(Path.of(dir, "tshark"))),
        "tshark is not installed");
    // What is received may begin with the rest of a frame that a destroy has cut off.
    String bad = "(_ws.malformed || _ws.expert.severity >= 8388608)";
    assertEquals("", tshark(file, bad + " && frame.packet_flags_direction == 2"));
    assertTrue(tshark(file, "lcp").lines().count() >= 16, "LCP frames");
    assertTrue(tshark(file, "ipcp").lines().count() >= 8, "IPCP frames");
    for (String name : new String[] {"ppp0", "ppp1", "sl0", "sl1"}) {
      String filter = "icmp && frame.interface_name == \"" + name + "\"";
      assertEquals(40, tshark(file, filter).lines().count(), name);
    }
  }

  private static String tshark(Path file, String filter) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("tshark", "-n", "-r", file.toString(), "-Y", filter)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), filter);
    return out;
  }
}
