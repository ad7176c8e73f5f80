package linedisc.examples.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import linedisc.examples.cli.Terminal;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.serial.port.PortException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Command lines that end before a link begins.
class PppdCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;
  private TestMachine machine;

  @BeforeEach
  void setUp() {
    machine = new TestMachine(folder);
  }

  private int run(String... words) throws InterruptedException {
    var command =
        new PppdCommand(terminal ->
            new Surroundings(
                machine,
                terminal,
                options -> {
                  throw new PortException(PortException.Reason.NOT_FOUND, "Not there.");
                },
                listener -> {},
                Launcher.NONE,
                variables -> {},
                folder,
                folder.resolve("no-log").toString()));
    return command.run(
        List.of(words),
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false));
  }

  @Test
  void whatItIsAskedToShow() throws Exception {
    assertEquals(0, run("--help"));
    assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("usage: linedisc pppd"));
    assertEquals(0, run("show-options"));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("    require-mppe-128 "));
    assertEquals(0, run("--version"));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("pppd version 2.5"));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aDryRunShowsTheOptionsAndOpensNothing() throws Exception {
    machine.write("etc/ppp/peers/isp", "noauth\npersist\nholdoff 5 kdebug 1\n");
    assertEquals(0, run("/dev/ttyS0", "call", "isp", "dryrun", "user", "me", "password", "hush"));
    String shown = out.toString(StandardCharsets.UTF_8);
    for (String line : List.of("persist\t\t# (from ", "holdoff 5", "peers/isp:3", "user me")) {
      assertTrue(shown.contains(line), line + "\n" + shown);
    }
    assertTrue(!shown.contains("hush"), shown);
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("option kdebug has no effect"));
  }

  @Test
  void aMistakeHasItsPlace() throws Exception {
    machine.write("etc/ppp/peers/isp", "noauth\n\npersits\n");
    assertEquals(2, run("/dev/ttyS0", "call", "isp"));
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("peers/isp:3: unrecognized option 'persits'"), said);
    assertTrue(said.contains("did you mean 'persist'?"), said);
  }

  @Test
  void aRunThatFails() throws Exception {
    assertEquals(ExitStatus.OPEN_FAILED.code(), run("/dev/ttyS0", "noauth", "nohost", "nodetach"));
    assertTrue(
        out.toString(StandardCharsets.UTF_8).contains("Failed to open /dev/ttyS0: Not there."));
  }
}
