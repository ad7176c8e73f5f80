package linedisc.examples.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import linedisc.examples.pppd.line.Lines;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.examples.stack.Pinger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When `net-init`, `net-pre-up` and `net-down` run.
class NetScriptsTest {
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

  /// With scripts that say when they ran.
  private TestMachine machine() throws Exception {
    var machine = bench.machine();
    for (String name : List.of("net-init", "net-pre-up", "ip-up", "net-down")) {
      Path script =
          machine.write(
              "etc/ppp/" + name, "#!/bin/sh\necho %s $1 $2 $IFNAME >>%s\n".formatted(name, seen()));
      Path _ = Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
    return machine;
  }

  private Path seen() {
    return folder.resolve("seen");
  }

  private static String ran(String... scripts) {
    var lines = new StringBuilder();
    for (String script : scripts) {
      lines.append(script).append(" ppp0 /dev/ttyS0 ppp0\n");
    }
    return lines.toString();
  }

  private Bench.Running start(TestMachine machine, Lines lines, String... more) throws Exception {
    var words = new ArrayList<>(List.of("/dev/ttyS0", "noauth", "nodetach", "lcp-restart", "1"));
    words.addAll(List.of(more));
    return bench.start(machine, lines, words.toArray(String[]::new));
  }

  private Bench.Running right(String... more) throws Exception {
    return start(bench.machine(), options -> cable.right(), more);
  }

  @Test
  void theNetworkIsPreparedWhenThereIsALink() throws Exception {
    var left = start(machine(), options -> cable.left(), "silent", "10.0.0.1:10.0.0.2", "debug");
    right("noipdefault");
    left.says("ip-up finished");
    left.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    assertEquals(ran("net-init", "net-pre-up", "ip-up", "net-down"), Files.readString(seen()));
  }

  @Test
  void theNetworkIsNotPreparedWithoutAPeer() throws Exception {
    var left = start(machine(), options -> cable.left(), "lcp-max-configure", "1");
    assertEquals(ExitStatus.NEGOTIATION_FAILED, left.status());
    assertEquals(ran("net-init", "net-down"), Files.readString(seen()));
  }

  @Test
  void anInterfaceThatStaysIsMadeOnce() throws Exception {
    String[] words = {
      "silent",
      "10.0.0.1:10.0.0.2",
      "demand",
      "connect",
      "true",
      "connect-delay",
      "0",
      "holdoff",
      "0",
      "debug"
    };
    var left = start(machine(), options -> cable.left(), words);
    left.says("net-init finished");
    var answered = new Pinger();
    left.station.forwarder().setLocal(answered);
    right("noipdefault", "persist", "holdoff", "0");
    for (int time = 1; time <= 2; time++) {
      var ppp0 = left.station.interfaces().get("ppp0");
      assertEquals(1, answered.ping(ppp0::send, LOCAL, REMOTE, 1).length, left.out());
      left.says("ip-up finished", time);
      left.signal(time == 1 ? Signals.Name.HUP : Signals.Name.TERM);
      left.says("net-down finished", time);
    }
    assertEquals(ExitStatus.USER_REQUEST, left.status());
    assertEquals(
        ran("net-init")
            + ran("net-pre-up", "ip-up", "net-down")
            + ran("net-pre-up", "ip-up", "net-down"),
        Files.readString(seen()));
  }
}
