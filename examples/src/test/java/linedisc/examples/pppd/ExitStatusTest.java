package linedisc.examples.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a link that ends leaves to the shell, where it is not the aim of another test.
class ExitStatusTest {
  @TempDir Path folder;
  private Bench bench;
  private Bench.Cable cable;

  @BeforeEach
  void setUp() {
    bench = new Bench(folder);
    cable = bench.new Cable();
  }

  @AfterEach
  void tearDown() {
    bench.close();
  }

  private Bench.Running left(String... more) throws Exception {
    var words = new ArrayList<>(List.of(more));
    // Started first: what it said before the other end is there would have to be said again.
    words.add("silent");
    return start(true, words);
  }

  private Bench.Running right(String... more) throws Exception {
    return start(false, List.of(more));
  }

  private Bench.Running start(boolean left, List<String> more) throws Exception {
    var words = new ArrayList<>(List.of("/dev/ttyS0", "nodetach", "lcp-restart", "1"));
    words.addAll(more);
    return bench.start(
        bench.machine(),
        options -> left ? cable.left() : cable.right(),
        words.toArray(String[]::new));
  }

  @Test
  void endsThatShareNoNetworkProtocolPart() throws Exception {
    var left = left("10.0.0.1:10.0.0.2", "noipv6", "debug");
    var right = right("noip", "+ipv6", "debug");
    assertEquals(ExitStatus.NEGOTIATION_FAILED, left.status());
    assertEquals(ExitStatus.NEGOTIATION_FAILED, right.status());
    String said = left.out() + right.out();
    assertTrue(said.contains("sent [LCP TermReq id=0x2 \"No network protocols running\"]"), said);
  }
}
