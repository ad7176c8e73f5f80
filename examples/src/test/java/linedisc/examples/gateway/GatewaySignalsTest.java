package linedisc.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linedisc.examples.Capture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The gateway as a process, and what signals do to it.
@Timeout(90)
class GatewaySignalsTest {
  private static final String SLIP =
      """
      port pty:%1$s/slip
        kind slip
        addresses 10.9.0.1:10.9.0.2
      """;

  @TempDir private Path folder;
  private final List<GatewayProcess> started = new ArrayList<>();

  @BeforeEach
  void begin() {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
  }

  @AfterEach
  void end() {
    started.forEach(GatewayProcess::close);
  }

  private void configure(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text.formatted(folder));
  }

  private GatewayProcess start(String name, String text) throws IOException {
    configure(name, text);
    var gateway =
        new GatewayProcess(folder.resolve(name), List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"));
    started.add(gateway);
    return gateway;
  }

  private String status(String name) {
    Capture status = Capture.of("status", "--json", "--control", folder + "/" + name + ".control");
    assertEquals(0, status.status(), status.err());
    return status.out();
  }

  @Test
  void hangUpReadsFileAndTermEndsWell() throws Exception {
    var gateway = start("conf", SLIP);
    gateway.says("sl0 10.9.0.1 --> 10.9.0.2");

    configure("conf", SLIP + "  kind token-ring\n");
    gateway.signal("HUP");
    gateway.says(
        "nothing is changed: " + folder + "/conf:4: 'kind' needs ppp, slip, cslip or auto");
    assertTrue(status("conf").contains("\"state\":\"UP\""), "the old one goes on");
    Files.delete(folder.resolve("conf"));
    gateway.signal("HUP");
    gateway.says("nothing is changed: there is no file " + folder + "/conf");

    configure("conf", SLIP + "port %1$s/nowhere\n  kind ppp\n");
    gateway.signal("HUP");
    gateway.says("conf is in force");
    String status = status("conf");
    assertTrue(status.contains(folder + "/nowhere"), status);
    assertTrue(status.contains("\"up\":1"), status);
    gateway.signal("USR1");
    gateway.says("SIGUSR1 means nothing");

    assertFalse(gateway.seen().contains("stopped"), gateway::seen);
    gateway.signal("TERM");
    gateway.says("SIGTERM: the links are being ended");
    gateway.says("/slip: stopped");
    gateway.endsWell();
    assertFalse(Files.exists(folder.resolve("slip")), "the pty's name goes with the process");
    assertFalse(Files.exists(folder.resolve("conf.control")), "so does the socket");
  }

  /// The peer hangs, and hears nothing of a goodbye.
  @Test
  void secondSignalDoesNotWaitForPeer() throws Exception {
    var gateway = start("server", "port pty:%1$s/ppp\nkind ppp\noptions noauth lcp-restart 60\n");
    gateway.says("is in force");
    var peer =
        start(
            "client", "port %1$s/ppp\nkind ppp\noptions noauth 10.9.0.2:10.9.0.1 lcp-restart 60\n");
    gateway.says("ppp0 10.9.0.1 --> 10.9.0.2");
    peer.says("ppp0 10.9.0.2 --> 10.9.0.1");
    peer.signal("STOP");
    gateway.signal("INT");
    gateway.says("SIGINT: the links are being ended");
    gateway.signal("INT");
    gateway.says("SIGINT again: without a goodbye");
    gateway.says("/ppp: stopped");
    gateway.endsWell();
    peer.signal("CONT");
    peer.signal("TERM");
    peer.endsWell();
  }
}
