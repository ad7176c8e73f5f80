package linedisc.examples.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import linedisc.examples.Capture;
import linedisc.examples.cli.CommandException;
import linedisc.examples.stack.Station;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {
  private Station station = new Station();
  private Interpreter interpreter = new Interpreter(station);

  @BeforeEach
  void open() {
    station = new Station();
    interpreter = new Interpreter(station);
  }

  @AfterEach
  void close() {
    station.close();
  }

  private String ok(String line) throws InterruptedException {
    Answer answer = interpreter.run(line);
    assertEquals(0, answer.status(), answer.text());
    return answer.text();
  }

  @Test
  void createsTheLowestFreeUnit() throws InterruptedException {
    assertEquals("ppp0", ok("ifconfig ppp create"));
    assertEquals("ppp3", ok("ifconfig ppp3 create"));
    assertEquals("ppp1", ok("ifconfig ppp create"));
    ok("ifconfig ppp0 destroy");
    assertEquals("ppp0", ok("ifconfig ppp create"));
    assertEquals("lo ppp sl", ok("ifconfig -C"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ifconfig lo0 destroy     | 1 | EPERM  | EPERM lo0: not permitted",
        "ifconfig ppp9 destroy    | 1 | ENXIO  | ENXIO ppp9: no such interface",
        "ifconfig ppp9            | 1 | ENXIO  | ENXIO ppp9: no such interface",
        "ifconfig ppp0 create     | 1 | EEXIST | EEXIST ppp0: exists already",
        "ifconfig ppp03 create    | 1 | EINVAL | EINVAL ppp03: ",
        "ifconfig foo create      | 1 | EINVAL | EINVAL foo: ",
        "ifconfig ppp0 frobnicate | 2 | EINVAL | 'frobnicate' is no IP address",
        "ifconfig ppp0 mtu 12     | 2 | EINVAL | mtu needs a number of octets from 68 to 65535, and not '12'",
        "ifconfig ppp0 -host      | 1 | EINVAL | EINVAL ppp0: it has no device of the host",
        "ifconfig ppp0 up now     | 2 | EINVAL | unexpected word 'now'",
        "frobnicate               | 2 | EINVAL | there is no command 'frobnicate'; 'help' lists them",
        "attach                   | 2 | EINVAL | attach needs a port and ppp, sl or raw",
        "attach x tcp             | 2 | EINVAL | there is no line discipline 'tcp'",
        "attach /no/such sl       | 1 | NOT_FOUND | /no/such does not exist.",
        "attach /dev/null sl      | 1 | NOT_A_PORT | /dev/null is not a serial port.",
        "detach nothing           | 1 | EINVAL | EINVAL nothing: is not attached",
        "route add 10.0.0.0/8 sl9 | 1 | ENXIO  | ENXIO sl9: no such interface",
        "route delete 10.0.0.0/8  | 1 | EINVAL | EINVAL 10.0.0.0/8: there is no such route",
        "route add x ppp0         | 2 | EINVAL | 'x' is no IP address",
        "ping 10.9.9.9            | 1 | ENETDOWN | ENETDOWN 10.9.9.9: no way there",
        "ping x                   | 2 | EINVAL | ping needs an IPv4 address and a count: 'x' is no IP address",
        "tap ppp9 x               | 1 | ENXIO  | ENXIO ppp9: no such interface",
        "ifconfig 'ppp0           | 2 | EINVAL | a quote is not closed",
      })
  void namesTheError(String line, int status, String error, String sentence)
      throws InterruptedException {
    ok("ifconfig ppp0 create");
    Answer answer = interpreter.run(line);
    assertEquals(status, answer.status(), answer.text());
    assertEquals(error, answer.error(), answer.text());
    assertTrue(answer.text().startsWith(sentence), answer.text());
  }

  @Test
  void interfacesShowTheirState() throws InterruptedException {
    ok("ifconfig sl2 create");
    ok("ifconfig sl2 10.1.0.1 10.1.0.2");
    ok("ifconfig sl2 mtu 1006");
    ok("ifconfig sl2 down");
    String text = ok("ifconfig sl2");
    assertTrue(text.startsWith("sl2: flags=<STICKY> mtu 1006\n"), text);
    assertTrue(text.contains("inet 10.1.0.1 --> 10.1.0.2"), text);
    ok("ifconfig sl2 up");
    assertTrue(ok("ifconfig -a").contains("sl2: flags=<UP,STICKY> mtu 1006\n"));
    assertTrue(ok("route").contains("10.1.0.2/32"), ok("route"));
  }

  @Test
  void twoPortsTalk() throws InterruptedException, IOException {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
    String master = ok("attach pty sl 10.1.0.1:10.1.0.2");
    assertTrue(master.matches("sl0 on /dev/pts/\\d+ \\(master\\)"), master);
    String slave = master.replaceAll("sl0 on (.*) \\(master\\)", "$1");
    try (Station other = new Station()) {
      Interpreter far = new Interpreter(other);
      assertEquals(0, far.run("attach " + slave + " sl 10.1.0.2:10.1.0.1").status());
      assertTrue(ok("ping 10.1.0.2 2").startsWith("2 sent, 2 received, rtt "));
      Answer busy = interpreter.run("attach " + slave + " sl");
      assertEquals(1, busy.status(), busy.text());
      assertTrue(ok("stat").contains("(master)"), ok("stat"));
      ok("ifconfig sl0 destroy");
      assertEquals(1, interpreter.run("ping 10.1.0.2 1").status());
      ok("attach '" + slave + "/master' sl 10.1.0.1:10.1.0.2");
      assertTrue(ok("ping 10.1.0.2 2").startsWith("2 sent, 2 received, rtt "));
      ok("detach '" + slave + "/master'");
      assertEquals(1, interpreter.run("ifconfig sl0").status());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTapWritesWhatPasses(boolean shellEnds, @TempDir Path folder)
      throws InterruptedException, IOException {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
    String slave =
        ok("attach pty sl 10.1.0.1:10.1.0.2").replaceAll("sl0 on (.*) \\(master\\)", "$1");
    try (Station other = new Station()) {
      Interpreter far = new Interpreter(other);
      assertEquals(0, far.run("attach " + slave + " sl 10.1.0.2:10.1.0.1").status());
      Path file = folder.resolve("x.pcapng");
      ok("tap sl0 " + file);
      assertEquals(1, interpreter.run("tap sl0 " + file).status());
      ok("ping 10.1.0.2 2");
      if (shellEnds) {
        interpreter.close();
        assertEquals(1, interpreter.run("tap sl0 " + file).status());
      } else {
        ok("tap sl0 stop");
      }
      // Section, interface, and four packets of 84 octets with their block around them.
      assertTrue(Files.size(file) > 4 * 84, Files.size(file) + " octets");
    }
  }

  @Test
  void theControlSocketAnswersInJson(@TempDir Path folder)
      throws CommandException, InterruptedException, IOException {
    Path socket = folder.resolve("control");
    try (ControlServer _ = ControlServer.open(socket, interpreter)) {
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
      Capture created = Capture.of("ifconfig", "--control", socket.toString(), "ppp", "create");
      assertEquals(0, created.status(), created.err());
      assertEquals("ppp0\n", created.out());
      Capture json =
          Capture.of("ifconfig", "--control", socket.toString(), "--json", "ppp0", "create");
      assertEquals(1, json.status());
      assertEquals(
          "{\"ok\":false,\"status\":1,\"error\":\"EEXIST\",\"text\":\"EEXIST ppp0: exists"
              + " already\"}\n",
          json.out());
      Capture again = Capture.of("shell", "--listen", socket.toString(), "-c", "stat");
      assertEquals(1, again.status(), again.err());
      assertTrue(again.err().contains("is there already"), again.err());
    }
    assertTrue(Files.notExists(socket));
    Capture nobody = Capture.of("ifconfig", "--control", socket.toString(), "-a");
    assertEquals(1, nobody.status());
    assertTrue(nobody.err().startsWith("linedisc: ifconfig: nobody answers on "), nobody.err());
  }

  @Test
  void somebodysFileIsNotTakenForASocket(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("keep"), "precious");
    Capture refused = Capture.of("shell", "--listen", file.toString(), "-c", "stat");
    assertEquals(1, refused.status());
    assertTrue(refused.err().contains("is there already"), refused.err());
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void longRepliesArrive(@TempDir Path folder) throws CommandException, InterruptedException {
    for (int i = 0; i < 200; i++) {
      ok("ifconfig ppp create");
    }
    Path socket = folder.resolve("control");
    try (ControlServer _ = ControlServer.open(socket, interpreter)) {
      Capture all = Capture.of("ifconfig", "--control", socket.toString(), "-a");
      assertEquals(0, all.status(), all.err());
      assertTrue(all.out().contains("\nppp199: flags="), "the last one");
    }
  }

  @Test
  void exitEnds() {
    Capture shell = Capture.of("shell", "-c", "ifconfig -C", "-c", "exit", "-c", "bogus");
    assertEquals(0, shell.status(), shell.err());
  }

  @Test
  void endsAtTheFirstCommandThatFails() {
    Capture shell =
        Capture.of(
            "shell", "-c", "ifconfig sl create", "-c", "ifconfig sl0 create", "-c", "ifconfig -C");
    assertEquals(1, shell.status());
    assertEquals("sl0\n", shell.out());
    assertEquals("linedisc: shell: EEXIST sl0: exists already\n", shell.err());
  }

  @Test
  void repliesInJsonIfAsked() {
    Capture shell = Capture.of("shell", "--json", "-c", "ifconfig -C");
    assertEquals(
        "{\"ok\":true,\"status\":0,\"text\":\"lo ppp sl\",\"data\":[\"lo\",\"ppp\",\"sl\"]}\n",
        shell.out());
  }
}
