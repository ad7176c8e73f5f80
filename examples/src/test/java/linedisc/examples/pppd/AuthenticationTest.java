package linedisc.examples.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import linedisc.examples.pppd.options.TestMachine;
import linedisc.examples.stack.CheckedDatagram;
import linedisc.examples.stack.Pinger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two daemons, one of which asks who the other is.
class AuthenticationTest {
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

  private static List<String> words(String... more) {
    var words = new ArrayList<>(List.of("/dev/ttyS0", "nodetach", "lcp-restart", "1"));
    words.addAll(List.of(more));
    return words;
  }

  private TestMachine serverMachine(String secrets) throws Exception {
    var machine = bench.machine();
    for (String name : List.of("chap-secrets", "pap-secrets")) {
      Path file = machine.write("etc/ppp/" + name, secrets);
      Path _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return machine;
  }

  private Bench.Running server(TestMachine machine, String... more) throws Exception {
    var words = words("auth", "name", "server", "10.0.0.1:");
    words.addAll(List.of(more));
    return bench.start(machine, options -> cable.left(), words.toArray(String[]::new));
  }

  private Bench.Running client(String... more) throws Exception {
    var words = words("noauth", "noipdefault", "user", "alice");
    words.addAll(List.of(more));
    return bench.start(bench.machine(), options -> cable.right(), words.toArray(String[]::new));
  }

  @Test
  void everyMethodProvesWhoOneIs() throws Exception {
    for (String method : List.of("pap", "chap", "mschap", "mschap-v2", "eap")) {
      cable = bench.new Cable();
      var server = server(serverMachine("alice server sesame 10.0.0.9\n"), "require-" + method);
      var client = client("password", "sesame");
      client.says("authentication succeeded");
      client.says("local  IP address 10.0.0.9");
      server.says("peer authentication succeeded for alice");
      server.says("remote IP address 10.0.0.9");
      assertFalse((client.out() + server.out()).contains("sesame"));
      client.signal(Signals.Name.TERM);
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    for (String method : List.of("pap", "mschap-v2")) {
      cable = bench.new Cable();
      var server = server(serverMachine("alice server sesame *\n"), "require-" + method);
      var client = client("password", "wrong");
      assertEquals(ExitStatus.AUTH_TO_PEER_FAILED, client.status());
      assertEquals(ExitStatus.PEER_AUTH_FAILED, server.status());
      assertTrue(client.out().contains(" authentication failed"), client.out());
      assertTrue(server.out().contains("peer authentication failed"), server.out());
    }
  }

  @Test
  void aPeerWithoutSecretDoesNotAgree() throws Exception {
    var server = server(serverMachine("alice server sesame *\n"));
    var client = client();
    assertEquals(ExitStatus.PEER_AUTH_FAILED, server.status());
    assertTrue(server.out().contains("peer refused to authenticate"), server.out());
    assertTrue(client.status() != ExitStatus.OK);
  }

  @Test
  void scriptsEndInPppdsOrderAndForgetTheLinkBefore() throws Exception {
    var machine = serverMachine("alice server sesame *\n");
    for (String name : List.of("auth-up", "auth-down", "ip-up", "ip-down")) {
      Path file =
          machine.write(
              "etc/ppp/" + name,
              "#!/bin/sh\necho %s $PEERNAME ${CONNECT_TIME:+known} >>%s\n"
                  .formatted(name, folder.resolve(name)));
      Path _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
    var server = server(machine, "require-chap", "persist", "holdoff", "0", "debug");
    for (int time = 1; time <= 2; time++) {
      var client = client("password", "sesame", ":10.0.0.1", "10.0.0.7:");
      server.says("remote IP address 10.0.0.7", time);
      // A script that still runs keeps the one for the opposite waiting.
      server.says("auth-up finished", time);
      server.says("ip-up finished", time);
      client.signal(Signals.Name.TERM);
      server.says("ip-down finished", time);
    }
    server.signal(Signals.Name.TERM);
    assertEquals(ExitStatus.USER_REQUEST, server.status());
    assertTrue(
        server.out().indexOf("auth-down started") < server.out().indexOf("ip-down started"),
        server.out());
    for (String name : List.of("auth", "ip")) {
      String up = name + "-up";
      String down = name + "-down";
      assertEquals((up + " alice\n").repeat(2), Files.readString(folder.resolve(up)), server.out());
      assertEquals((down + " alice known\n").repeat(2), Files.readString(folder.resolve(down)));
    }
  }

  @Test
  void encryptionIsThereBeforePackets() throws Exception {
    var server =
        server(serverMachine("alice server sesame *\n"), "require-mschap-v2", "require-mppe-128");
    var client = client("password", "sesame", "require-mppe-128", ":10.0.0.1", "10.0.0.7:");
    client.says("MPPE 128-bit");
    client.says("local  IP address 10.0.0.7");
    server.says("remote IP address 10.0.0.7");
    client.signal(Signals.Name.USR2);
    client.says("MPPE 128-bit", 2);
    server.says("MPPE 128-bit", 2);
  }

  @Test
  void anAddressThatIsNotThePeers() throws Exception {
    var server =
        server(
            serverMachine("alice server sesame 10.0.0.9 10.0.0.10\n"),
            "require-chap",
            "ipcp-accept-remote");
    var client = client("password", "sesame", "10.0.0.8:");
    assertEquals(ExitStatus.NEGOTIATION_FAILED, server.status());
    assertTrue(
        server.out().contains("Peer is not authorized to use remote address 10.0.0.8"),
        server.out());
    assertTrue(client.status() != null);
  }

  @Test
  void withoutAnySecretNobodyCouldComeIn() throws Exception {
    var server = server(bench.machine());
    assertEquals(ExitStatus.FATAL_ERROR, server.status());
    assertTrue(server.out().contains("couldn't find any suitable secret"), server.out());
  }

  @Test
  void theSecretsFileMayHoldOptions() throws Exception {
    var machine = serverMachine("alice server sesame * -- ipparam friend idle 1\n");
    Path seen = machine.configuration().resolve("seen");
    Path script =
        machine.write("etc/ppp/auth-up", "#!/bin/sh\necho \"$@\" $PEERNAME >" + seen + "\n");
    Path _ = Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    var server = server(machine, "require-chap", ":10.0.0.5");
    client("password", "sesame");
    assertEquals(ExitStatus.IDLE_TIMEOUT, server.status());
    assertEquals(
        "ppp0 alice " + System.getProperty("user.name") + " /dev/ttyS0 0 friend alice\n",
        Files.readString(seen));
  }

  @Test
  void theSecretsFileMayHoldFilters() throws Exception {
    var machine = serverMachine("alice server sesame * -- pass-filter icmp\n");
    var server = server(machine, "require-chap", ":10.0.0.5");
    var client = client("password", "sesame");
    server.says("remote IP address 10.0.0.5");
    client.says("local  IP address 10.0.0.5");
    var ppp0 = server.station.interfaces().get("ppp0");
    var there = client.station.interfaces().get("ppp0");
    long before = there.statistics().inPackets();
    byte[] datagram = new byte[CheckedDatagram.SHORTEST];
    CheckedDatagram.write(datagram, datagram.length, 0x0A000001, 0x0A000005, 1, 1);
    ppp0.send(datagram, 0, datagram.length);
    var answered = new Pinger();
    server.station.forwarder().setLocal(answered);
    assertEquals(1, answered.ping(ppp0::send, 0x0A000001, 0x0A000005, 1).length);
    assertEquals(1, there.statistics().inPackets() - before);
  }

  @Test
  void aNumberThatMayNotCall() throws Exception {
    var server =
        server(
            serverMachine("alice server sesame *\n"),
            "remotenumber",
            "123",
            "allow-number",
            "124",
            "allow-number",
            "2*");
    assertEquals(ExitStatus.NUMBER_REFUSED, server.status());
  }
}
