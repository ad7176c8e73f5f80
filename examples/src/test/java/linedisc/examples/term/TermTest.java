package linedisc.examples.term;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.ObjectName;
import linedisc.examples.Capture;
import linedisc.examples.cli.Terminal;
import linedisc.examples.stack.ShownTables;
import linedisc.examples.stack.Station;
import linedisc.ppp.PppConfig;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.serial.life.Removal;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.tty.PppDiscipline;
import linedisc.serial.tty.Tty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The terminal on a pty; its other side is a tty of the test.
class TermTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String ESCAPE = "\1";

  private final Station station = new Station();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PipedOutputStream keys = new PipedOutputStream();
  private Tty far;
  private String device = "";

  @BeforeEach
  void openPty() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
    PtyTransport master = PtyTransport.open();
    device = master.slave();
    far = station.ttys().open(master);
  }

  @AfterEach
  void close() {
    station.close();
  }

  private FutureTask<Integer> start(InputStream keyboard, String... words) {
    var outStream = new PrintStream(out, true, UTF_8);
    var errStream = new PrintStream(err, true, UTF_8);
    var running =
        new FutureTask<>(
            (Callable<Integer>)
                () ->
                    new TermCommand(keyboard)
                        .run(List.of(words), new Terminal(outStream, errStream, false)));
    Thread.ofPlatform().daemon().start(running);
    return running;
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(US_ASCII));
    keys.flush();
  }

  private void farSends(String text) throws Exception {
    byte[] octets = text.getBytes(US_ASCII);
    assertEquals(octets.length, far.write(octets, 0, octets.length, LONG));
  }

  private String farReads(int length) throws Exception {
    byte[] octets = new byte[length];
    for (int n = 0; n < length; ) {
      int more = far.read(octets, n, length - n, LONG);
      assertTrue(more > 0, "the far side waits in vain; " + err);
      n += more;
    }
    return new String(octets, US_ASCII);
  }

  private static void awaitText(ByteArrayOutputStream stream, String text) {
    long end = System.nanoTime() + LONG.toNanos();
    while (!stream.toString(UTF_8).contains(text)) {
      assertTrue(System.nanoTime() < end, "no '" + text + "' in: " + stream);
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Test
  void whatIsTypedIsSentAndWhatIsReceivedIsShownAndLogged(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    Files.writeString(log, "before ");
    FutureTask<Integer> term =
        start(
            new PipedInputStream(keys),
            "-t",
            "first",
            "-g",
            log.toString(),
            "--imap",
            "lfcrlf",
            "--omap",
            "crlf",
            device);
    assertEquals("first", farReads(5));
    awaitText(err, device + ": 9600,8n1,noflow,local; C-a C-h lists the keys");
    type("typed\r" + ESCAPE + ESCAPE);
    assertEquals("typed\n\1", farReads(7));
    farSends("received\n");
    awaitText(out, "received\r\n");
    type(ESCAPE + "\14");
    awaitText(err, "log off");
    farSends("in private");
    awaitText(out, "in private");
    type(ESCAPE + "\30");
    assertEquals(0, term.get(20, TimeUnit.SECONDS));
    assertEquals("before received\n", Files.readString(log));
  }

  @Test
  void keysChangeTheOpenLine() throws Exception {
    FutureTask<Integer> term = start(new PipedInputStream(keys), "-b", "19200", device);
    for (String[] keyAndText :
        new String[][] {
          {"\25", "38400,8n1,noflow,local"},
          {"\4\4", "9600,8n1,noflow,local"},
          {"\6", "9600,8n1,crtscts,local"},
          {"\31", "9600,8o1,crtscts,local"},
          {"\12", "9600,8o2,crtscts,local"},
          {"\11", "9600,5o2,crtscts,local"},
          {"\2" + "7x4\r", "'7x4' is no speed."},
          {"\2" + "7x\177" + "4880\r", "74880,5o2,crtscts,local"},
          {"\2" + "99\33", "nothing changed"},
          {"\24", "This line has no DTR."},
          {"\34", "break sent"},
          {"\3", "local echo on"},
          {"\26", "discipline raw, local echo on"},
          {"\10", "C-a C-x  end, and put the port back"},
          {"z", "No such key; C-a C-h lists them."},
        }) {
      String rest = keyAndText[0].substring(1);
      // The same key twice is the escape key before each.
      boolean twice = keyAndText[0].length() == 2 && rest.charAt(0) == keyAndText[0].charAt(0);
      type(ESCAPE + keyAndText[0].charAt(0) + (twice ? ESCAPE : "") + rest);
      awaitText(err, keyAndText[1]);
    }
    type("echoed");
    awaitText(out, "echoed");
    type(ESCAPE + "\21");
    assertEquals(0, term.get(20, TimeUnit.SECONDS));
  }

  @Test
  void theLineIsHandedToPppAndTakenBackWithoutClosing() throws Exception {
    FutureTask<Integer> term =
        start(new PipedInputStream(keys), "--addresses", "10.7.0.1:10.7.0.2", device);
    type("login");
    assertEquals("login", farReads(5));
    IpcpConfig ipcp =
        IpcpConfig.builder().localAddress(0x0a070002).remoteAddress(0x0a070001).build();
    for (int i = 0; i < 2; i++) {
      err.reset();
      type(ESCAPE + "P");
      awaitText(err, "The line is ppp0's.");
      far.bind(
          new PppDiscipline(PppConfig.builder().ipcp(ipcp).build(), () -> new SplittableRandom(7)));
      awaitText(err, "PPP is up: 10.7.0.1 --> 10.7.0.2");
      type("lost");
      awaitText(err, "takes it back");
      type(ESCAPE + "p");
      awaitText(err, "PPP has ended: ended at the user's request");
      awaitText(err, "The line is the terminal's again.");
      Removal removal = far.unbind();
      if (removal != null) {
        removal.await();
      }
    }
    // What PPP has said last may still be on the line.
    type("\nagain");
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf("\nagain") < 0) {
      seen.append(farReads(1));
    }
    farSends("shown");
    awaitText(out, "shown");
    type(ESCAPE + "\30");
    assertEquals(0, term.get(20, TimeUnit.SECONDS));
  }

  @Test
  void slipTakesTheLineToo() throws Exception {
    FutureTask<Integer> term = start(new PipedInputStream(keys), device);
    type(ESCAPE + "S");
    awaitText(err, "The line is sl0's.");
    ObjectName _ = ShownTables.await("term");
    type(ESCAPE + "S");
    awaitText(err, "The line is the terminal's again.");
    type(ESCAPE + "\30");
    assertEquals(0, term.get(20, TimeUnit.SECONDS));
  }

  @Test
  void theLastWordsOfALineAreShown() throws Exception {
    FutureTask<Integer> term = start(new PipedInputStream(keys), "-q", "exec:printf 'NO CARRIER'");
    assertEquals(1, term.get(20, TimeUnit.SECONDS));
    assertEquals("NO CARRIER", out.toString(UTF_8));
    awaitText(err, "The line has gone: ");
  }

  @Test
  void aPipeIsSentWholeAndItsEndIsTheEnd() throws Exception {
    byte[] data = new byte[60_000];
    new SplittableRandom(1).nextBytes(data);
    FutureTask<Integer> term = start(new ByteArrayInputStream(data), "-n", "-q", device);
    byte[] seen = new byte[data.length];
    for (int n = 0; n < seen.length; ) {
      int more = far.read(seen, n, seen.length - n, LONG);
      assertTrue(more > 0, n + " octets; " + err);
      n += more;
    }
    assertArrayEquals(data, seen);
    assertEquals(0, term.get(20, TimeUnit.SECONDS), err.toString(UTF_8));
  }

  @Test
  void silenceEndsItWhereThatIsWished() throws Exception {
    FutureTask<Integer> term =
        start(new ByteArrayInputStream("AT\r".getBytes(US_ASCII)), "-q", "-x", "2000", device);
    assertEquals("AT\r", farReads(3));
    farSends("OK");
    assertEquals(0, term.get(20, TimeUnit.SECONDS));
    assertEquals("OK", out.toString(UTF_8));
    assertFalse(err.toString(UTF_8).contains("gone"), err.toString(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "-q                | 2 | needs one port",
        "x y               | 2 | needs one port",
        "-b 0 x            | 2 | option -b needs a whole number from 50 to 20000000, and not '0'",
        "--baud a x        | 2 | option --baud needs a whole number from 50 to 20000000, and not 'a'",
        "-f z x            | 2 | option --flow needs one of none, hard, soft, and not 'z'",
        "-y z x            | 2 | option --parity needs one of none, odd, even, mark, space, and not 'z'",
        "-e 1 x            | 2 | option --escape needs a letter, a for C-a, and not '1'",
        "--imap z x        | 2 | option --imap needs some of crlf, crcrlf, igncr, lfcr, lfcrlf, ignlf, bsdel, delbs, separated by commas, and not 'z'",
        "--addresses z x   | 2 | 'z' is not LOCAL:REMOTE: '' is no IP address",
        "--bogus x         | 2 | unknown option --bogus; --help lists the options",
        "/no/such          | 1 | /no/such does not exist.",
        "-i /dev/null      | 1 | /dev/null is not a serial port.",
      })
  void wrongCommandLinesGetOneSentence(String line, int status, String sentence) {
    Capture refused = Capture.of(("term " + line).split(" +"));
    assertEquals("linedisc: term: " + sentence + "\n", refused.err());
    assertEquals(status, refused.status());
  }
}
