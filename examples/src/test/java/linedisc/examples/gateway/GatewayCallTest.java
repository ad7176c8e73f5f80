package linedisc.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import linedisc.examples.Capture;
import linedisc.examples.Main;
import linedisc.examples.cli.Terminal;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.examples.stack.Station;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.SerialPorts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A gateway at an emulated modem, called by `dial` at another one.
@Timeout(60)
class GatewayCallTest {
  private static final String NUMBER = "555";

  @TempDir private Path folder;
  private Thread modems;

  @BeforeEach
  void switchOn() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
    var pipe = new PipedInputStream();
    var out = new PrintStream(new PipedOutputStream(pipe), true, StandardCharsets.UTF_8);
    var terminal = new Terminal(out, new PrintStream(OutputStream.nullOutputStream()), false);
    List<String> words =
        List.of("modem", "--link", caller(), "--number", NUMBER + "=" + answerer());
    modems = Thread.ofPlatform().start(() -> Main.run(words, terminal));
    var said = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));
    assertTrue(said.readLine().startsWith("modem " + caller()));
    assertTrue(said.readLine().startsWith("modem " + answerer()));
  }

  @AfterEach
  void switchOff() throws InterruptedException {
    if (modems != null) {
      modems.interrupt();
      modems.join();
    }
  }

  private String caller() {
    return folder.resolve("m1").toString();
  }

  private String answerer() {
    return folder.resolve("m2").toString();
  }

  /// One call, until a ping is answered; again while nobody takes it.
  private Capture call(String... words) {
    List<String> line = new ArrayList<>(List.of("dial", "--guard", "0.1", "--ping", "1"));
    line.addAll(List.of("--init", "ATZ", "--init", "ATE0S12=2&C1&D2"));
    line.addAll(List.of("--redial", "20", "--redial-delay", "0.2"));
    line.addAll(List.of(words));
    return Capture.of(line.toArray(String[]::new));
  }

  @Test
  void callersMayDifferInWhatTheySpeak() throws Exception {
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    var machine = new TestMachine(folder);
    var opener = new PortOpener(new SerialPorts(), new PortLocks(folder));
    var pools = new Pools();
    try (var station = new Station()) {
      var site = new Site(station, machine, opener::open, pools, log::add);
      try (var gateway = new Gateway(site)) {
        gateway.configure(
            ConfigReader.read(
                machine,
                "test",
                """
                pool guests 10.6.0.2-10.6.0.2
                port %s
                  answer
                  options noauth
                  addresses 10.6.0.1:
                  from guests
                """
                    .formatted(answerer())));
        Capture ppp = call(caller(), NUMBER);
        assertEquals(0, ppp.status(), () -> ppp.err() + log);
        assertTrue(ppp.out().contains("ppp0 10.6.0.2 --> 10.6.0.1"), ppp.out());
        assertTrue(ppp.out().contains("1 pings, 1 answered"), ppp.out());

        Capture slip = call("--slip", caller(), NUMBER, "10.6.0.2:10.6.0.1");
        assertEquals(0, slip.status(), () -> slip.err() + log);
        assertTrue(slip.out().contains("1 pings, 1 answered"), slip.out());
      }
    }
    assertEquals(0, pools.taken());
    assertEquals(
        List.of("PPP", "SLIP"),
        log.stream()
            .filter(line -> line.contains("the peer speaks "))
            .map(line -> line.replaceFirst(".* ", ""))
            .toList(),
        log::toString);
  }
}
