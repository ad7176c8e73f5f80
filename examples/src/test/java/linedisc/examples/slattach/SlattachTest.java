package linedisc.examples.slattach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.management.ObjectName;
import linedisc.examples.Capture;
import linedisc.examples.stack.Pinger;
import linedisc.examples.stack.ShownTables;
import linedisc.examples.stack.Station;
import linedisc.serial.life.Removal;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.Tty;
import linedisc.slip.SlipConfig;
import linedisc.slip.SlipMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SlattachTest {
  private static Capture run(String line) {
    return Capture.of(("slattach " + line).split(" +"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "-p cslip                | 2 | needs a port, or - for standard input and output",
        "-p kiss x               | 2 | option -p needs one of slip, cslip, slip6, cslip6, adaptive, tty, and not 'kiss'",
        "-p ppp x                | 2 | ppp is not SLIP; 'linedisc pppd' runs it",
        "-k 256 x                | 2 | option -k needs a whole number from 0 to 255, and not '256'",
        "-o x x                  | 2 | option -o needs a whole number from 0 to 255, and not 'x'",
        "-s 0 x                  | 2 | option -s needs a whole number from 50 to 4000000, and not '0'",
        "-s                      | 2 | option -s needs a value",
        "-z x                    | 2 | unknown option -z; --help lists the options",
        "--bogus x               | 2 | unknown option --bogus; --help lists the options",
        "x y                     | 2 | unexpected argument 'y'",
        "x 10.0.0.1:y            | 2 | '10.0.0.1:y' is not LOCAL:REMOTE: 'y' is no IP address",
        "x [fe80::1]:fe80::2     | 2 | '[fe80::1]:fe80::2' is not LOCAL:REMOTE, or [LOCAL]:[REMOTE] with addresses of IPv6",
        "x [fe80::1]:10.0.0.1    | 2 | '[fe80::1]:10.0.0.1' is not LOCAL:REMOTE: two kinds of address: /fe80:0:0:0:0:0:0:1, /10.0.0.1",
        "-V x                    | 2 | unknown option -V; --help lists the options",
        "-m x                    | 2 | -m is not possible: a line that is not raw would swallow octets; -s and -L say how else it is set",
        "-e x                    | 2 | -e is not possible: the link lives in this process and ends with it; start it in the background instead",
        "--mtu 5 x               | 2 | option --mtu needs a number of octets from 68 to 65535, and not '5'",
        "/no/such                | 3 | /no/such does not exist.",
        "--no-host /no/such      | 3 | /no/such does not exist.",
        "--no-host /dev/null     | 3 | /dev/null is not a serial port.",
      })
  void wrongCommandLinesGetOneSentence(String line, int status, String sentence) {
    Capture refused = run(line);
    assertEquals("linedisc: slattach: " + sentence + "\n", refused.err());
    assertEquals(status, refused.status());
  }

  @Test
  void lettersMayShareADashAndToggle() throws Exception {
    SlattachOptions options =
        SlattachOptions.parse(List.of("-qLvqs9600", "-pslip6", "x", "10.0.0.1:10.0.0.2"));
    assertEquals(9600, options.settings().speed());
    assertEquals(false, options.quiet());
    assertEquals(true, options.verbose());
    assertEquals(SlipMode.SLIP6, options.slip().mode());
    assertEquals("10.0.0.1 --> 10.0.0.2", options.addresses().toString());
  }

  @Test
  void addressesOfIpv6StandInBrackets() throws Exception {
    SlattachOptions options = SlattachOptions.parse(List.of("-", "[2001:db8::1]:[2001:db8::2]"));
    assertEquals(InetAddress.ofLiteral("2001:db8::1"), options.addresses().local());
    assertEquals(InetAddress.ofLiteral("2001:db8::2"), options.addresses().remote());
    assertTrue(options.isStandardStreams());
  }

  @Test
  void quietMeansQuiet() {
    Capture refused = run("-q --no-host /no/such");
    assertEquals("", refused.err());
    assertEquals(3, refused.status());
  }

  /// A station on the master of a pty, slattach on its slave.
  @ParameterizedTest
  @EnumSource(SlipMode.class)
  void answersPingsInEachMode(SlipMode mode) throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
    try (Station station = new Station()) {
      PtyTransport master = PtyTransport.open();
      String line =
          "-vLp "
              + mode.name().toLowerCase(java.util.Locale.ROOT)
              + " --no-host "
              + master.slave()
              + " 10.9.0.1:10.9.0.2";
      var ended = new FutureTask<>((Callable<Capture>) () -> run(line));
      Thread.ofPlatform().daemon().start(ended);
      Tty tty = station.ttys().open(master);
      var config = SlipConfig.builder().mode(mode).build();
      NetInterface sl = tty.bind(new SlipDiscipline(config)).netInterface();
      sl.configure(
          new AddressPair(InetAddress.ofLiteral("10.9.0.2"), InetAddress.ofLiteral("10.9.0.1")));
      var pinger = new Pinger();
      station.forwarder().setLocal(pinger);
      station.forwarder().attach(sl);
      int answered = 0;
      for (int i = 0; i < 10 && answered == 0; i++) {
        // slattach may still be opening the port.
        answered = pinger.ping(sl::send, 0x0a090002, 0x0a090001, 1).length;
      }
      assertEquals(2, answered + pinger.ping(sl::send, 0x0a090002, 0x0a090001, 1).length);
      if (mode == SlipMode.SLIP) {
        // Which takes a second.
        ObjectName _ = ShownTables.await("slattach");
      }
      Removal closed = tty.close(Duration.ZERO);
      closed.await();
      Capture result = ended.get();
      assertEquals(1, result.status(), result.err());
      assertTrue(
          result.out().endsWith(" started on " + master.slave() + " interface sl0\n"),
          result.out());
      assertEquals(
          "linedisc: slattach: " + master.slave() + ": the device has gone (hung up)\n",
          result.err());
    }
  }

  @Test
  void givesUpOnASilentPeerAndRunsItsCommand() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
    try (Station station = new Station()) {
      PtyTransport master = PtyTransport.open();
      String slave = master.slave();
      var _ = station.ttys().open(master);
      Capture result = Capture.of("slattach", "-L", "-k", "1", "-c", "exit 7", "--no-host", slave);
      assertEquals(
          "linedisc: slattach: " + slave + ": nothing came from the peer for 1 s\n", result.err());
      assertEquals(7, result.status());
    }
  }
}
