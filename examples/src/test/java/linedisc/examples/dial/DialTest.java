package linedisc.examples.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import linedisc.examples.Capture;
import linedisc.examples.Main;
import linedisc.examples.cli.Terminal;
import linedisc.examples.stack.Station;
import linedisc.ppp.PppConfig;
import linedisc.ppp.PppEvent;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.auth.CredentialAnswer;
import linedisc.ppp.auth.CredentialRequest;
import linedisc.ppp.auth.Secret;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.SocketTransport;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.PppProtocol;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `dial` with `modem` at the other end of its port, as a user types them.
@Timeout(60)
class DialTest {
  @TempDir private Path folder;
  private @Nullable Thread modems;

  @BeforeEach
  void needsPtys() {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
  }

  @AfterEach
  void switchOff() throws InterruptedException {
    if (modems != null) {
      modems.interrupt();
      modems.join();
    }
  }

  private String link(String name) {
    return folder.resolve(name).toString();
  }

  /// Starts `linedisc modem`, and waits until both its modems are there.
  private void modem(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of("modem", "--link", link("m1"), "--search", "0.1"));
    line.addAll(List.of("--number", "555=" + link("m2")));
    line.addAll(Arrays.asList(words));
    var pipe = new PipedInputStream();
    var out = new PrintStream(new PipedOutputStream(pipe), true, StandardCharsets.UTF_8);
    modems =
        Thread.ofPlatform()
            .start(() ->
                Main.run(
                    line,
                    new Terminal(out, new PrintStream(OutputStream.nullOutputStream()), false)));
    var said = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));
    assertTrue(said.readLine().startsWith("modem " + link("m1") + " on /dev/pts/"));
    assertTrue(said.readLine().startsWith("modem " + link("m2") + " on /dev/pts/"));
  }

  /// Dials with guard times that don't keep a test waiting.
  private static Capture dial(String... words) {
    List<String> line =
        new ArrayList<>(
            List.of("dial", "--guard", "0.1", "--init", "ATZ", "--init", "ATE0S12=2&C1&D2"));
    line.addAll(Arrays.asList(words));
    return Capture.of(line.toArray(String[]::new));
  }

  private static FutureTask<Capture> inTheBackground(String... words) {
    var task = new FutureTask<>(() -> dial(words));
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  private static long count(String text, String part) {
    return text.lines().filter(line -> line.contains(part)).count();
  }

  @Test
  void fiveCallsOneAfterTheOther() throws Exception {
    modem("--number", "1=ppp:10.9.0.1:10.9.0.2");
    Capture result = dial("--ping", "2", "--calls", "5", link("m1"), "1");
    assertEquals(0, result.status(), result.err());
    assertEquals(5, count(result.out(), "CONNECT 33600"), result.out());
    assertEquals(5, count(result.out(), "ppp0 10.9.0.2 --> 10.9.0.1"), result.out());
    assertEquals(5, count(result.out(), "2 pings, 2 answered"), result.out());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneModemCallsAnother(boolean slip) throws Exception {
    modem();
    var answer = inTheBackground("--answer", link("m2"), "10.6.0.1:10.6.0.2");
    List<String> words = new ArrayList<>(List.of("--ping", "2", "--redial", "9"));
    if (slip) {
      words.add("--slip");
    }
    words.addAll(List.of(link("m1"), "555", "10.6.0.2:10.6.0.1"));
    Capture call = dial(words.toArray(String[]::new));
    assertEquals(0, call.status(), call.err());
    assertTrue(call.out().contains("2 pings, 2 answered"), call.out());
    Capture taken = answer.get();
    assertEquals(0, taken.status(), taken.err());
    assertTrue(taken.err().contains("speaks " + (slip ? "SLIP" : "PPP")), taken.err());
    assertTrue(taken.out().contains("10.6.0.1 --> 10.6.0.2"), taken.out());
  }

  @Test
  void aCellularModemIsMadeReady() throws Exception {
    modem("--number", "*99#=ppp:10.8.0.1:10.8.0.2", "--pin", "4711", "--signal", "15");
    Capture none = dial("--apn", "internet", link("m1"));
    assertEquals("linedisc: dial: The SIM asks for its PIN.\n", none.err());
    Capture wrong = dial("--apn", "internet", "--pin", "0000", link("m1"));
    assertTrue(wrong.err().contains("The SIM refuses the PIN"), wrong.err());
    assertEquals(1, wrong.status());
    Capture right =
        dial(
            "--apn",
            "internet",
            "--pin-file",
            secret("4711", "rw-------").toString(),
            "--ping",
            "1",
            "--verbose",
            link("m1"));
    assertEquals(0, right.status(), right.err());
    for (String step :
        List.of(
            "SIM is ready",
            "context 1 is internet",
            "registered, signal -83 dBm",
            "operator linedisc",
            "calling *99***1#")) {
      assertTrue(right.err().contains(step), right.err());
    }
    assertFalse(right.err().contains("4711"), right.err());
  }

  @Test
  void aCallMayFail() throws Exception {
    modem("--number", "6=busy", "--number", "7=noanswer");
    Capture busy = dial("--redial", "1", "--redial-delay", "0", link("m1"), "6");
    assertEquals(
        """
        calling 6
        No connection with 6: BUSY. Trying again.
        calling 6
        linedisc: dial: No connection with 6: BUSY.
        """,
        busy.err());
    assertEquals(1, busy.status());
    assertTrue(dial(link("m1"), "7").err().contains("NO ANSWER"));
    Capture silent = dial("--timeout", "0.2", link("m1"), "555");
    assertTrue(silent.err().contains("nothing came of it"), silent.err());
  }

  @Test
  void stopsAfterConnectIfTold() throws Exception {
    modem("--number", "8=exec:cat");
    Capture result = dial("--no-link", link("m1"), "8");
    assertEquals("CONNECT 33600\n", result.out());
    assertEquals(0, result.status(), result.err());
  }

  @Test
  void aLoginPromptIsAnswered() throws Exception {
    modem("--number", "8=exec:echo login:; read x; echo hello $x; sleep 9");
    Path script =
        Files.writeString(folder.resolve("login"), "TIMEOUT 9 login: me\\n\\c 'hello me'");
    Capture result = dial("--no-link", "--chat", script.toString(), link("m1"), "8");
    assertEquals(0, result.status(), result.err());
    Files.writeString(script, "ABORT login: never");
    result = dial("--chat", script.toString(), link("m1"), "8");
    assertTrue(result.err().contains("login failed: 'login:' came"), result.err());
    assertEquals(1, result.status());
  }

  @ParameterizedTest
  @EnumSource(
      value = AuthMethod.class,
      names = {"PAP", "CHAP_MD5", "MS_CHAP_V2"})
  void provesWhoWeAre(AuthMethod method) throws Exception {
    try (Station server = new Station();
        ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      modem("--number", "9=localhost:" + listener.socket().getLocalPort());
      var _ = server.executor().submit(() -> serve(server, listener.accept(), method));
      Path password = secret("sesame", "rw-------");
      Capture call =
          dial(
              "--user",
              "me",
              "--password-file",
              password.toString(),
              "--ping",
              "1",
              "--debug",
              link("m1"),
              "9");
      assertEquals(0, call.status(), call.err());
      assertTrue(call.err().contains("we proved who we are by " + method), call.err());
      assertFalse(call.err().contains("sesame"), call.err());
    }
  }

  private Path secret(String line, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), line + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void takesNoPasswordThatEverybodyMayRead() throws Exception {
    Path password = secret("sesame", "rw-r--r--");
    Capture call = dial("--password-file", password.toString(), link("m1"), "9");
    assertEquals(1, call.status());
    assertTrue(call.err().contains(password + " can't be trusted with secrets"), call.err());
  }

  @Test
  void takesNoPinThatEverybodyMayReadOrThatIsNone() throws Exception {
    String file = secret("4711", "rw-r--r--").toString();
    Capture call = dial("--apn", "a", "--pin-file", file, link("m1"));
    assertEquals(1, call.status());
    assertTrue(call.err().contains(file + " can't be trusted with secrets"), call.err());
    file = secret("four", "rw-------").toString();
    call = dial("--apn", "a", "--pin-file", file, link("m1"));
    assertEquals(
        "linedisc: dial: --pin-file: the first line of " + file + " is no PIN\n", call.err());
  }

  private static @Nullable Void serve(Station server, SocketChannel caller, AuthMethod method)
      throws IOException {
    Tty tty = server.ttys().open(new SocketTransport("caller", caller));
    var _ = tty.events(server.executor(), event -> answer(tty, event));
    PppConfig config =
        PppConfig.builder()
            .auth(AuthConfig.of("server").withDemanded(method))
            .ipcp(IpcpConfig.builder().localAddress(0x0a050001).remoteAddress(0x0a050002).build())
            .build();
    server
        .forwarder()
        .attach(tty.bind(new PppDiscipline(config, SecureRandom::new)).netInterface());
    return null;
  }

  private static void answer(Tty tty, TtyEvent event) {
    PppProtocol ppp = tty.protocol().as(PppProtocol.class);
    if (ppp != null
        && event
            instanceof
            TtyEvent.FromProtocol(
                PppEvent.Needed(PppEvent.Need.Credential(CredentialRequest request)))) {
      Secret secret = Secret.of("sesame".toCharArray());
      assertTrue(ppp.supply(request, new CredentialAnswer.Known(secret)));
    }
  }

  /// A process is killed in the middle of a call: the modem hangs up, and the lock that stays
  /// behind is known to be stale.
  @Test
  void aKilledProgramDoesNotKeepItsPort() throws Exception {
    modem("--number", "1=ppp:10.9.0.1:10.9.0.2");
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "dial",
                link("m1"),
                "1")
            .redirectError(folder.resolve("err").toFile())
            .start();
    try (BufferedReader out = killed.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("CONNECT 33600", out.readLine(), () -> read("err"));
      assertEquals("ppp0 10.9.0.2 --> 10.9.0.1", out.readLine(), () -> read("err"));
    } finally {
      killed.destroyForcibly().waitFor();
    }
    Path device = Path.of(link("m1")).toRealPath();
    Path lock = PortLocks.LOCK_DIRECTORY.resolve("LCK..pts_" + device.getFileName());
    boolean locks = Files.isWritable(PortLocks.LOCK_DIRECTORY);
    if (locks) {
      assertEquals(killed.pid(), Long.parseLong(Files.readString(lock).strip()));
    }
    Capture next = dial("--ping", "1", link("m1"), "1");
    assertEquals(0, next.status(), next.err());
    if (locks) {
      assertFalse(Files.exists(lock), "the lock goes with the program");
    }
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "x                      | needs a port and a number, or --answer, or --apn",
        "--answer               | needs a port",
        "--answer --number 5 x  | --answer waits for a call, and so takes no number and no --apn",
        "--apn a/b x            | 'a/b' is no access point name",
        "--pin 1234 x 5         | a PIN has 4 to 8 digits, and needs --apn",
        "--pin 12 --apn a x     | a PIN has 4 to 8 digits, and needs --apn",
        "--pin 12 --pin-file p --apn a x | --pin and --pin-file are two ways to say one thing",
        "--slip x 5             | --slip needs both addresses, LOCAL:REMOTE",
        "--host --ping 1 x 5    | --ping is for links within this process; the host has its own",
        "x 5 1.2.3.4            | unexpected argument '1.2.3.4'",
        "x 5 1.2.3.4:y          | '1.2.3.4:y' is not LOCAL:REMOTE, two IPv4 addresses",
        "x 5 1.2.3.4: y         | unexpected argument 'y'",
        "x --speed 1 5          | option --speed needs a whole number from 50 to 4000000, and not '1'",
      })
  void wrongCommandLinesGetOneSentence(String line, String sentence) {
    Capture refused = Capture.of(("dial " + line).split(" +"));
    assertEquals("linedisc: dial: " + sentence + "\n", refused.err());
    assertEquals(2, refused.status());
  }

  @Test
  void aPortThatIsNotThereIsSaid() {
    Capture refused = Capture.of("dial", "/no/such", "5");
    assertEquals("linedisc: dial: /no/such does not exist.\n", refused.err());
    assertEquals(1, refused.status());
  }
}
