package linedisc.examples.modem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import linedisc.examples.Capture;
import linedisc.examples.stack.Station;
import linedisc.serial.chat.ChatEvent;
import linedisc.serial.chat.ChatOptions;
import linedisc.serial.chat.ChatRunner;
import linedisc.serial.chat.ChatScript;
import linedisc.serial.chat.ChatVariables;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.SerialPorts;
import linedisc.serial.tty.Tty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Modems on ptys, used through serial ports as a program would.
@Timeout(30)
class ExchangeTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final ChatOptions FAST = new ChatOptions(10, true, false, Duration.ZERO);

  @TempDir private Path folder;
  private final Station station = new Station();
  private final Queue<Object> log = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void needsPtys() {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
  }

  @AfterEach
  void close() {
    station.close();
  }

  private String link(String name) {
    return folder.resolve(name).toString();
  }

  private Exchange exchange(Map<String, Target> numbers, boolean hangsUp, String... links)
      throws IOException {
    var exchange = new Exchange(numbers, 33_600, true, log::add);
    for (String link : links) {
      exchange.add(link(link), new Cellular("", Duration.ZERO, 20), hangsUp);
    }
    exchange.start();
    return exchange;
  }

  private Tty open(String link) throws IOException {
    var opener = new PortOpener(new SerialPorts(), new PortLocks());
    return station.ttys().open(opener.open(link(link), PortSettings.DEFAULT));
  }

  private ChatEvent.Finished chat(Tty tty, String script) throws Exception {
    var parsed = ChatScript.ofFile("script", script.getBytes(ISO_8859_1), ChatVariables.NONE);
    return new ChatRunner(
            parsed,
            FAST,
            name -> {
              throw new IOException(name);
            },
            log::add)
        .run(tty);
  }

  private void say(Tty tty, String text) throws Exception {
    byte[] octets = text.getBytes(ISO_8859_1);
    assertEquals(octets.length, tty.write(octets, 0, octets.length, LONG));
  }

  @Test
  void aModemCallsAnotherAgainAndAgain() throws Exception {
    try (Exchange _ = exchange(Map.of("555", new Target.Modem(link("m2"))), false, "m1", "m2")) {
      Tty one = open("m1");
      Tty two = open("m2");
      for (int round = 0; round < 5; round++) {
        Future<ChatEvent.Finished> answer =
            station.executor().submit(() -> chat(two, "'' ATZ OK \\c RING ATA CONNECT \\c"));
        ChatEvent.Finished call =
            chat(one, "ABORT BUSY ABORT 'NO CARRIER' '' ATZ OK ATS12=1DT555 CONNECT \\c");
        assertEquals(new ChatEvent.Finished(0, ""), call, log::toString);
        assertEquals(0, answer.get().exitStatus());
        say(one, "hello");
        assertEquals(0, chat(two, "hello welcome").exitStatus());
        assertEquals(0, chat(one, "welcome \\p+++\\c OK ATH OK \\c").exitStatus());
        assertEquals(0, chat(two, "'NO CARRIER' \\c").exitStatus());
      }
      assertEquals(0, chat(one, "ABORT ERROR '' ATDT555 '' \\c").exitStatus());
      assertEquals(4, chat(two, "ABORT RING BUSY \\c").exitStatus());
    }
    assertFalse(Files.exists(Path.of(link("m1"))), "the links go with the modems");
  }

  @Test
  void aProgramThatGoesHangsUp() throws Exception {
    try (Exchange _ = exchange(Map.of("1", new Target.Modem(link("m2"))), false, "m1", "m2")) {
      Tty one = open("m1");
      Tty two = open("m2");
      assertEquals(0, chat(two, "'' ATE0S0=1 OK \\c").exitStatus());
      assertEquals(0, chat(one, "'' ATDT1 CONNECT \\c").exitStatus());
      assertEquals(0, chat(two, "CONNECT \\c").exitStatus());
      one.close(LONG).await();
      assertEquals(0, chat(two, "'NO CARRIER' AT OK \\c").exitStatus());
      Tty again = open("m1");
      assertEquals(0, chat(again, "'' AT OK \\c").exitStatus());
    }
  }

  @Test
  void aLostCarrierHangsTheProgramUpIfItMay() throws Exception {
    try (Exchange _ = exchange(Map.of("1", new Target.Command("sleep 60")), true, "m1")) {
      Path before = Files.readSymbolicLink(Path.of(link("m1")));
      Tty one = open("m1");
      assertEquals(0, chat(one, "'' ATS12=1D1 CONNECT \\c").exitStatus());
      assertEquals(2, chat(one, "'' \\p+++\\c OK ATH never \\c").exitStatus(), log::toString);
      assertNotEquals(before, Files.readSymbolicLink(Path.of(link("m1"))));
      Tty again = open("m1");
      assertEquals(0, chat(again, "'' AT OK \\c").exitStatus());
    }
  }

  @Test
  void callsLeadOutByTcpAndToCommands() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Exchange _ =
            exchange(Map.of("1", new Target.Command("read x; echo got $x")), false, "m1")) {
      Tty one = open("m1");
      String address = "localhost:" + server.getLocalPort();
      Future<Socket> accepted = station.executor().submit(server::accept);
      assertEquals(0, chat(one, "'' ATDT" + address + " CONNECT \\c").exitStatus());
      try (Socket socket = accepted.get()) {
        say(one, "hello");
        assertEquals("hello", new String(socket.getInputStream().readNBytes(5), ISO_8859_1));
        socket.getOutputStream().write("login:".getBytes(ISO_8859_1));
        assertEquals(0, chat(one, "login: \\c").exitStatus());
      }
      assertEquals(0, chat(one, "'NO CARRIER' ATD1 CONNECT 33600\\n\\c").exitStatus());
      assertEquals(0, chat(one, "'got 33600' \\c 'NO CARRIER' \\c").exitStatus(), log::toString);
    }
  }

  @Test
  void numbersMayFail() throws Exception {
    Map<String, Target> numbers =
        Map.of(
            "1", new Target.Failure(ResultCode.BUSY),
            "2", new Target.Failure(ResultCode.NO_ANSWER),
            "3", new Target.Modem(link("m1")),
            "4", new Target.Tcp("localhost", 1));
    try (Exchange _ = exchange(numbers, false, "m1")) {
      Tty one = open("m1");
      String aborts = "ABORT BUSY ABORT 'NO ANSWER' ABORT 'NO CARRIER' '' ";
      assertEquals(4, chat(one, aborts + "ATD1 CONNECT").exitStatus());
      assertEquals(5, chat(one, aborts + "ATD2 CONNECT").exitStatus());
      assertEquals(4, chat(one, aborts + "ATD3 CONNECT").exitStatus());
      assertEquals(6, chat(one, aborts + "ATD4 CONNECT").exitStatus());
      assertEquals(6, chat(one, aborts + "ATD99 CONNECT").exitStatus());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--tcp                  | needs --link PATH, where a program finds the modem",
        "--link x --number 5    | option --number needs NUMBER=TARGET, and not '5'",
        "--number x/=y          | 'x/' is no telephone number",
        "--number 5=ppp:1.2.3.4 | 'ppp:1.2.3.4' needs two IPv4 addresses, as in ppp:10.0.0.1:10.0.0.2",
        "--number 5=h:99999     | 'h:99999' has a port that is not from 1 to 65535",
        "--link x --pin abc     | option --pin needs 4 to 8 digits",
        "x                      | unexpected argument 'x'",
      })
  void wrongCommandLinesGetOneSentence(String line, String sentence) {
    Capture refused = Capture.of(("modem " + line).strip().split(" +"));
    assertEquals("linedisc: modem: " + sentence + "\n", refused.err());
    assertEquals(2, refused.status());
  }

  @Test
  void whatIsNoLinkStays() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    Capture refused = Capture.of("modem", "--link", file.toString());
    assertEquals(1, refused.status());
    assertTrue(refused.err().contains("is no symbolic link"), refused.err());
    assertEquals("precious", Files.readString(file));
  }
}
