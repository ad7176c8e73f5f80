package linedisc.examples.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linedisc.ppp.TerminationReason;
import linedisc.serial.host.HostException;
import linedisc.serial.port.PortException;
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
    cable = bench.new Cable().together();
  }

  @AfterEach
  void tearDown() {
    bench.close();
  }

  private Bench.Running left(String... more) throws Exception {
    return start(true, List.of(more));
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

  /// Scripts know the numbers.
  @Test
  void statusesHaveTheNumbersOfPppd() {
    for (int code = 0; code < ExitStatus.values().length; code++) {
      assertEquals(code, ExitStatus.of(code).code());
    }
    assertEquals(0, ExitStatus.OK.code());
    assertEquals(3, ExitStatus.NOT_ROOT.code());
    assertEquals(10, ExitStatus.NEGOTIATION_FAILED.code());
    assertEquals(16, ExitStatus.HANGUP.code());
    assertEquals(21, ExitStatus.NUMBER_REFUSED.code());
  }

  @Test
  void reasonsOfTheLinkHaveTheirStatuses() {
    var statuses =
        Map.of(
            new TerminationReason.UserRequest(), ExitStatus.USER_REQUEST,
            new TerminationReason.NoAnswer(), ExitStatus.NEGOTIATION_FAILED,
            new TerminationReason.AuthenticationFailed(false, ""), ExitStatus.PEER_AUTH_FAILED,
            new TerminationReason.IdleTimeout(), ExitStatus.IDLE_TIMEOUT,
            new TerminationReason.ConnectTime(), ExitStatus.CONNECT_TIME,
            new TerminationReason.PeerDead(4), ExitStatus.PEER_DEAD,
            new TerminationReason.HangUp(), ExitStatus.HANGUP,
            new TerminationReason.LoopedBack(), ExitStatus.LOOPBACK,
            new TerminationReason.AuthenticationFailed(true, ""), ExitStatus.AUTH_TO_PEER_FAILED,
            new TerminationReason.TrafficLimit(), ExitStatus.TRAFFIC_LIMIT);
    statuses.forEach((reason, status) ->
        assertEquals(status, ExitStatus.of(reason.exitCode()), reason.message()));
  }

  @Test
  void aHostThatGivesNoDevice() {
    assertEquals(ExitStatus.NOT_ROOT, ExitStatus.of(HostException.Reason.NOT_PERMITTED));
    assertEquals(ExitStatus.NO_KERNEL_SUPPORT, ExitStatus.of(HostException.Reason.NOT_SUPPORTED));
    assertEquals(ExitStatus.FATAL_ERROR, ExitStatus.of(HostException.Reason.NAME_TAKEN));
  }

  @Test
  void theCommandOfAPtyCannotBeRun() throws Exception {
    var daemon =
        bench.start(
            bench.machine(),
            options -> {
              throw new PortException(PortException.Reason.FAILED, "There is no shell.");
            },
            "pty",
            "pppoe -I eth1",
            "noauth",
            "nodetach");
    assertEquals(ExitStatus.PTY_COMMAND_FAILED, daemon.status());
    assertTrue(daemon.out().contains("There is no shell."), daemon.out());
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
