package linedisc.examples.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.examples.stack.CheckedDatagram;
import linedisc.examples.stack.Pinger;
import linedisc.serial.capture.RecordDump;
import linedisc.serial.port.PortException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two daemons on a cable, as users run them.
class DaemonTest {
  private static final String UP = "local  IP address 10.0.0.1";

  private static final int LOCAL = 0x0A000001;
  private static final int REMOTE = 0x0A000002;

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
    return start(bench.machine(), true, more);
  }

  private Bench.Running right(String... more) throws Exception {
    return start(bench.machine(), false, more);
  }

  private Bench.Running start(TestMachine machine, boolean left, String... more) throws Exception {
    var words = new ArrayList<>(List.of("/dev/ttyS0", "noauth", "nodetach", "lcp-restart", "1"));
    words.addAll(List.of(more));
    if (left && !words.contains("lcp-max-configure")) {
      // Started first: what it said before the other end is there would have to be said again.
      words.add("silent");
    }
    return bench.start(
        machine, options -> left ? cable.left() : cable.right(), words.toArray(String[]::new));
  }

  @Test
  void aLinkComesUpAndEndsInOrder() throws Exception {
    var left = left("10.0.0.1:10.0.0.2", "debug");
    var right = right("noipdefault");
    left.says(UP);
    right.says("local  IP address 10.0.0.2");
    right.says("remote IP address 10.0.0.1");
    right.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, right.status());
    assertEquals(ExitStatus.OK, left.status());
    for (String words :
        List.of(
            "Using interface ppp0",
            "Connect: ppp0 <--> /dev/ttyS0",
            "rcvd [LCP ConfReq id=0x1 ",
            "LCP terminated by peer (User request)",
            "Connect time 0.0 minutes.",
            "Connection terminated.",
            "Exit.")) {
      assertTrue(left.out().contains(words), words + "\n" + left.out());
    }
    assertTrue(right.out().contains("Terminating on signal 15"), right.out());
    assertTrue(left.station.interfaces().list().stream().noneMatch(i -> i.name().equals("ppp0")));
  }

  @Test
  void packetsAreLoggedWithDebugAlone() throws Exception {
    var left = left("10.0.0.1:10.0.0.2");
    right("noipdefault");
    left.says(UP);
    assertFalse(left.out().contains("rcvd ["), left.out());
    left.signal(Signals.Name.USR1);
    left.signal(Signals.Name.TERM);
    left.says("sent [LCP TermReq id=");
    assertEquals(ExitStatus.USER_REQUEST, left.status());
  }

  @Test
  void nobodyAnswers() throws Exception {
    var left = left("lcp-max-configure", "1");
    assertEquals(ExitStatus.NEGOTIATION_FAILED, left.status());
    assertTrue(left.out().contains("LCP: timeout sending Config-Requests"), left.out());
  }

  @Test
  void theLineIsHungUp() throws Exception {
    var left = left("10.0.0.1:10.0.0.2");
    right("noipdefault");
    left.says(UP);
    cable.hangUp();
    assertEquals(ExitStatus.HANGUP, left.status());
    assertTrue(left.out().contains("Modem hangup"), left.out());
  }

  @Test
  @Tag("slow")
  void aMachineThatIsSilentIsGivenUp() throws Exception {
    var left = left("10.0.0.1:10.0.0.2", "lcp-echo-interval", "1", "lcp-echo-failure", "1");
    var right = right("noipdefault");
    left.says(UP);
    right.says("remote IP address");
    cable.mute();
    assertEquals(ExitStatus.PEER_DEAD, left.status());
    assertTrue(left.out().contains("No response to 1 echo-requests"), left.out());
  }

  @Test
  void anIdleLinkIsEnded() throws Exception {
    var left = left("10.0.0.1:10.0.0.2", "idle", "1");
    right("noipdefault");
    assertEquals(ExitStatus.IDLE_TIMEOUT, left.status());
    assertTrue(left.out().contains("Terminating connection due to lack of activity."), left.out());
  }

  @Test
  @Tag("slow")
  void connectTimeEnds() throws Exception {
    var left = left("10.0.0.1:10.0.0.2", "maxconnect", "1");
    right("noipdefault");
    assertEquals(ExitStatus.CONNECT_TIME, left.status());
  }

  @Test
  void trafficIsLimited() throws Exception {
    var left = left("10.0.0.1:10.0.0.2", "maxoctets", "100");
    var right = right("noipdefault");
    pings(left, right);
    assertEquals(ExitStatus.TRAFFIC_LIMIT, left.status());
    // A request of 84 octets and its reply, and nothing of what it took to bring the link up.
    assertTrue(left.out().contains("Traffic limit reached. Limit: 100 Used: 168"), left.out());
    int counted = left.out().indexOf("Sent 84 bytes, received 84 bytes.");
    assertTrue(counted > 0, left.out());
    assertTrue(counted < left.out().indexOf("Connection terminated."), left.out());
    var again = left("10.0.0.1:10.0.0.2", "maxoctets", "100", "persist", "holdoff", "3600");
    pings(again, right("noipdefault"));
    again.says("Using interface", 2);
  }

  private static void pings(Bench.Running left, Bench.Running right) throws Exception {
    left.says(UP);
    right.says("remote IP address");
    var answered = new Pinger();
    left.station.forwarder().setLocal(answered);
    var ppp0 = left.station.interfaces().get("ppp0");
    assertEquals(1, answered.ping(ppp0::send, LOCAL, REMOTE, 1).length);
  }

  @Test
  void aPortThatCannotBeOpened() throws Exception {
    var machine = bench.machine();
    for (var reason : PortException.Reason.values()) {
      var daemon =
          bench.start(
              machine,
              options -> {
                throw new PortException(reason, "It does not do.");
              },
              "/dev/ttyS0",
              "lock",
              "noauth",
              "nodetach");
      assertEquals(
          reason == PortException.Reason.BUSY ? ExitStatus.LOCK_FAILED : ExitStatus.OPEN_FAILED,
          daemon.status());
      assertTrue(daemon.out().contains("Failed to open /dev/ttyS0: It does not do."));
    }
  }

  @Test
  void persistDialsAgainWhenThePeerHasGone() throws Exception {
    var left = left("10.0.0.1:10.0.0.2", "persist", "holdoff", "1");
    right("noipdefault");
    left.says(UP);
    cable.hangUp();
    right("noipdefault");
    left.says(UP, 2);
    left.signal(Signals.Name.HUP);
    right("noipdefault");
    left.says(UP, 3);
    left.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    assertTrue(left.out().contains("Hangup (SIGHUP)"), left.out());
  }

  @Test
  @Tag("slow")
  void maxfailEndsIt() throws Exception {
    var left =
        left(
            "lcp-max-configure",
            "1",
            "persist",
            "maxfail",
            "2",
            "holdoff",
            "0",
            "debug",
            "lcp-restart",
            "1");
    assertEquals(ExitStatus.NEGOTIATION_FAILED, left.status());
    assertEquals(3, left.out().split("timeout sending Config-Requests", -1).length);
  }

  @Test
  void hupEndsALinkThatDoesNotPersist() throws Exception {
    var left = left("10.0.0.1:10.0.0.2");
    right("noipdefault");
    left.says(UP);
    left.signal(Signals.Name.HUP);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
  }

  @Test
  void aDestroyedInterfaceEndsTheLinkInOrder() throws Exception {
    var machine = bench.machine();
    Path seen = script(machine, "ip-down");
    var left = start(machine, true, "10.0.0.1:10.0.0.2");
    var right = right("noipdefault");
    left.says(UP);
    right.says("remote IP address");
    left.station.interfaces().destroy("ppp0").await();
    assertEquals(ExitStatus.FATAL_ERROR, left.status());
    assertEquals(ExitStatus.OK, right.status());
    assertTrue(right.out().contains("LCP terminated by peer"), right.out());
    assertTrue(Files.readString(seen).contains("arguments ppp0 /dev/ttyS0 0 10.0.0.1 10.0.0.2"));
  }

  @Test
  void aDestroyedInterfaceIsMadeAnewWithPersist() throws Exception {
    var left = left("10.0.0.1:10.0.0.2", "persist");
    right("noipdefault", "persist");
    left.says(UP);
    left.station.interfaces().destroy("ppp0").await();
    left.says(UP, 2);
  }

  @Test
  void scriptsLearnWhatThereIsToKnow() throws Exception {
    var machine = bench.machine();
    Path up = script(machine, "ip-up");
    Path down = script(machine, "ip-down");
    var left =
        start(
            machine,
            true,
            "10.0.0.1:10.0.0.2",
            "ipparam",
            "mine",
            "linkname",
            "home",
            "set",
            "COLOUR=blue",
            "unset",
            "PPPLOGNAME");
    right("noipdefault");
    left.says(UP);
    left.awaitThat(() -> Files.exists(up), "ip-up");
    assertTrue(Files.exists(machine.configuration().resolve("ppp0.pid")));
    assertEquals(
        ProcessHandle.current().pid() + "\nppp0\n",
        Files.readString(machine.configuration().resolve("ppp-home.pid")));
    left.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    String first = Files.readString(up);
    for (String line :
        List.of(
            "arguments ppp0 /dev/ttyS0 0 10.0.0.1 10.0.0.2 mine",
            "IFNAME=ppp0",
            "DEVICE=/dev/ttyS0",
            "SPEED=0",
            "IPLOCAL=10.0.0.1",
            "IPREMOTE=10.0.0.2",
            "LINKNAME=home",
            "COLOUR=blue",
            "PPPD_PID=" + ProcessHandle.current().pid())) {
      assertTrue(first.contains(line + "\n"), line + "\n" + first);
    }
    assertFalse(first.contains("PPPLOGNAME"), first);
    assertFalse(first.contains("HOME="), first);
    String last = Files.readString(down);
    assertTrue(last.contains("BYTES_SENT=") && last.contains("CONNECT_TIME="), last);
    assertFalse(Files.exists(machine.configuration().resolve("ppp0.pid")));
    assertFalse(Files.exists(machine.configuration().resolve("ppp-home.pid")));
  }

  @Test
  void aScriptThatOthersMayChangeIsNotRun() throws Exception {
    var machine = bench.machine();
    Path up = script(machine, "ip-up");
    Path _ =
        Files.setPosixFilePermissions(
            machine.configuration().resolve("ip-up"), PosixFilePermissions.fromString("rwxrwxr-x"));
    var left = start(machine, true, "10.0.0.1:10.0.0.2");
    right("noipdefault");
    left.says(UP);
    left.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    assertTrue(left.out().contains("others may write to it"), left.out());
    assertFalse(Files.exists(up));
  }

  @Test
  void itDetachesAsItIsTold() throws Exception {
    right("noipdefault", "persist");
    var stays = left("10.0.0.1:10.0.0.2", "up_sdnotify");
    stays.says(UP);
    stays.awaitThat(() -> !stays.notified.isEmpty(), "READY");
    assertTrue(stays.notified.getFirst().startsWith("READY=1\n"), stays.notified.toString());
    assertEquals(0, stays.detached());
    stays.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, stays.status());
  }

  @Test
  void itDetachesWhenTheLinkIsUp() throws Exception {
    var machine = bench.machine();
    var leaves =
        bench.start(
            machine,
            options -> cable.left(),
            "/dev/ttyS0",
            "noauth",
            "updetach",
            "silent",
            "10.0.0.1:10.0.0.2");
    assertEquals(0, leaves.detached());
    right("noipdefault");
    leaves.awaitThat(() -> leaves.detached() == 1, "detached");
    String before = leaves.out();
    leaves.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, leaves.status());
    assertEquals(before, leaves.out());
  }

  @Test
  void itDetachesAtOnce() throws Exception {
    var daemon =
        bench.start(
            bench.machine(),
            options -> {
              throw new PortException(PortException.Reason.NOT_FOUND, "It does not do.");
            },
            "/dev/ttyS0",
            "noauth");
    assertEquals(ExitStatus.OPEN_FAILED, daemon.status());
    assertEquals(1, daemon.detached());
    assertFalse(daemon.out().contains("Failed to open"), daemon.out());
  }

  @Test
  void theLineIsRecorded() throws Exception {
    Path file = folder.resolve("recording");
    var left = left("10.0.0.1:10.0.0.2", "record", file.toString());
    right("noipdefault");
    left.says(UP);
    left.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    var text = new StringWriter();
    RecordDump.dump(
        new ByteArrayInputStream(Files.readAllBytes(file)),
        new PrintWriter(text),
        new RecordDump.Style(true, true, false, false, 1500, ZoneOffset.UTC));
    assertTrue(text.toString().contains("sent"), text.toString());
    assertTrue(text.toString().contains("rcvd"), text.toString());
  }

  @Test
  void theInterfaceHasTheUnitThatWasAskedFor() throws Exception {
    var left = left("10.0.0.1:10.0.0.2", "unit", "7");
    right("noipdefault");
    left.says(UP);
    assertTrue(left.out().contains("Using interface ppp7"), left.out());
  }

  @Test
  void aPacketCallsForAConnection() throws Exception {
    var machine = bench.machine();
    var left =
        start(
            machine,
            true,
            "10.0.0.1:10.0.0.2",
            "demand",
            "connect",
            "true",
            "connect-delay",
            "0",
            "idle",
            "1",
            "active-filter",
            "icmp",
            "holdoff",
            "0",
            "disconnect",
            "echo goodbye");
    left.says("Using interface ppp0");
    Path pid = machine.configuration().resolve("ppp0.pid");
    left.awaitThat(() -> Files.exists(pid), "PID file");
    var ppp0 = left.station.interfaces().get("ppp0");
    byte[] datagram = new byte[CheckedDatagram.SHORTEST];
    CheckedDatagram.write(datagram, datagram.length, LOCAL, REMOTE, 1, 1);
    ppp0.send(datagram, 0, datagram.length);
    // The daemon has seen it when it answers the next signal.
    left.signal(Signals.Name.HUP);
    left.says("Hangup (SIGHUP)");
    assertFalse(left.out().contains("Starting link"), left.out());
    right("noipdefault", "persist");
    var answered = new Pinger();
    left.station.forwarder().setLocal(answered);
    assertEquals(1, answered.ping(ppp0::send, LOCAL, REMOTE, 1).length, left.out());
    // Before that the old connection may still take the packet, and end before the answer comes.
    left.says("Connection terminated.");
    assertEquals(1, answered.ping(ppp0::send, LOCAL, REMOTE, 1).length, left.out());
    left.says("Serial link disconnected.");
    left.says("Starting link", 2);
    assertTrue(Files.exists(pid), "as long as there is the interface");
    left.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    assertFalse(Files.exists(pid));
    assertTrue(left.station.interfaces().list().stream().noneMatch(i -> i.name().equals("ppp0")));
  }

  @Test
  void onlyWhatTheFilterPassesArrives() throws Exception {
    var left = left("10.0.0.1:10.0.0.2", "pass-filter", "icmp");
    var right = right("noipdefault");
    left.says(UP);
    right.says("remote IP address");
    var ppp0 = left.station.interfaces().get("ppp0");
    var there = right.station.interfaces().get("ppp0");
    long before = there.statistics().inPackets();
    byte[] datagram = new byte[CheckedDatagram.SHORTEST];
    CheckedDatagram.write(datagram, datagram.length, LOCAL, REMOTE, 1, 1);
    ppp0.send(datagram, 0, datagram.length);
    var answered = new Pinger();
    left.station.forwarder().setLocal(answered);
    assertEquals(1, answered.ping(ppp0::send, LOCAL, REMOTE, 1).length);
    assertEquals(1, there.statistics().inPackets() - before);
  }

  @Test
  void messagesGoToAFile() throws Exception {
    Path file = folder.resolve("log");
    var left = left("logfile", file.toString(), "lcp-max-configure", "1");
    assertEquals(ExitStatus.NEGOTIATION_FAILED, left.status());
    assertEquals("", left.out());
    assertTrue(Files.readString(file).contains("LCP: timeout sending Config-Requests\n"));
  }

  /// A script that writes its arguments and its environment.
  private static Path script(TestMachine machine, String name) throws Exception {
    Path seen = machine.configuration().resolve(name + ".seen");
    Path file =
        machine.write(
            "etc/ppp/" + name,
            "#!/bin/sh\n{ echo arguments \"$@\"; /usr/bin/env; } >"
                + seen
                + ".new\n"
                + "/bin/mv "
                + seen
                + ".new "
                + seen
                + "\n");
    Path _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return seen;
  }
}
