package linedisc.examples.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import linedisc.examples.pppd.line.Lines;
import linedisc.serial.port.ForwardingTransport;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What makes and ends a call: modem control, `init`, `connect`, `disconnect`.
class CallTest {
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
    words.add("silent");
    return start(options -> cable.left(), words.toArray(String[]::new));
  }

  private Bench.Running right(String... more) throws Exception {
    return start(options -> cable.right(), more);
  }

  private Bench.Running start(Lines lines, String... more) throws Exception {
    var words = new ArrayList<>(List.of("/dev/ttyS0", "noauth", "nodetach", "lcp-restart", "1"));
    words.addAll(List.of(more));
    return bench.start(bench.machine(), lines, words.toArray(String[]::new));
  }

  @Test
  void aChatScriptDialsInProcess() throws Exception {
    // The far side is a modem first, and has to be there: a wire without one keeps no octets.
    var right =
        right(
            "noipdefault",
            "connect",
            "echo listening >&2; head -c 5 >/dev/null; echo CONNECT",
            "connect-delay",
            "0");
    right.says("listening");
    var left =
        left(
            "10.0.0.1:10.0.0.2",
            "connect",
            "chat -v '' ATD1 CONNECT",
            "disconnect",
            "echo goodbye",
            "connect-delay",
            "0");
    left.says("local  IP address 10.0.0.1");
    right.says("Serial connection established.");
    left.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    assertTrue(left.out().contains("Serial link disconnected."), left.out());
  }

  @Test
  void aConnectCommandFails() throws Exception {
    var left = left("connect", "echo no dial tone >&2; exit 3");
    assertEquals(ExitStatus.CONNECT_FAILED, left.status());
    assertTrue(left.out().contains("no dial tone"), left.out());
    assertTrue(left.out().contains("Connect script failed"), left.out());
    var other = left("init", "exit 1");
    assertEquals(ExitStatus.INIT_FAILED, other.status());
    assertTrue(other.out().contains("Initializer script failed"), other.out());
    var third = left("init", "true", "connect", "exit 1");
    assertEquals(ExitStatus.CONNECT_FAILED, third.status());
    assertTrue(third.out().contains("Serial port initialized."), third.out());
  }

  @Test
  void aSignalEndsAConnectCommand() throws Exception {
    var left = left("connect", "echo waiting >&2; sleep 60");
    left.says("waiting");
    left.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
  }

  @Test
  void aCallThatASignalCameTooEarlyForIsEnded() throws Exception {
    Path connected = folder.resolve("connected");
    String stubborn =
        "trap '' TERM; echo waiting >&2; until test -e " + connected + "; do sleep 0.01; done";
    var left = left("connect", stubborn, "disconnect", "echo goodbye >&2");
    left.says("waiting");
    left.signal(Signals.Name.TERM);
    left.says("Terminating on signal 15");
    Path _ = Files.createFile(connected);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    assertTrue(left.out().contains("goodbye"), left.out());
    assertFalse(left.out().contains("Connect: "), left.out());
  }

  @Test
  void aModemIsHungUpBeforeItDials() throws Exception {
    assertEquals(List.of(false, true), dtrOf("modem", "connect", "exit 1"));
    assertEquals(List.of(false, true), dtrOf("modem", "init", "exit 1"));
    assertEquals(List.of(), dtrOf("local", "connect", "exit 1"));
    assertEquals(List.of(), dtrOf("modem", "connect", "", "lcp-max-configure", "1"));
  }

  /// What becomes of DTR on a line until the end of a daemon that has no peer.
  private List<Boolean> dtrOf(String... more) throws Exception {
    var dtr = new CopyOnWriteArrayList<Boolean>();
    var daemon = start(options -> new Terminal(bench.new Cable().left(), dtr), more);
    ExitStatus _ = daemon.status();
    return dtr;
  }

  /// A line with a DTR.
  private static final class Terminal extends ForwardingTransport {
    private final List<Boolean> dtr;

    Terminal(SerialTransport line, List<Boolean> dtr) {
      super(line);
      this.dtr = dtr;
    }

    @Override
    public void start(TransportUser user) {
      line().start(user);
    }

    @Override
    public boolean setDtr(boolean on) {
      return dtr.add(on);
    }
  }

  @Test
  void nothingIsDialledAfterASignal() throws Exception {
    Path ready = folder.resolve("ready");
    String stubborn =
        "trap '' TERM; echo waiting >&2; until test -e " + ready + "; do sleep 0.01; done";
    var left = left("init", stubborn, "connect", "echo dialling >&2", "disconnect", "echo bye >&2");
    left.says("waiting");
    left.signal(Signals.Name.TERM);
    left.says("Terminating on signal 15");
    Path _ = Files.createFile(ready);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    assertFalse(left.out().contains("dialling"), left.out());
    assertTrue(left.out().contains("bye"), left.out());
  }

  @Test
  void otherSignalsLeaveADisconnectCommandAlone() throws Exception {
    Path silent = folder.resolve("silent");
    var left =
        left(
            "connect",
            "true",
            "connect-delay",
            "0",
            "disconnect",
            "echo waiting >&2; until test -e " + silent + "; do sleep 0.01; done");
    left.says("Connect: ");
    left.signal(Signals.Name.TERM);
    left.says("waiting");
    left.signal(Signals.Name.USR1);
    left.signal(Signals.Name.USR2);
    Path _ = Files.createFile(silent);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    assertTrue(left.out().contains("Serial link disconnected."), left.out());
  }
}
