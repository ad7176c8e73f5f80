package linedisc.examples.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A `linedisc gateway` with devices in one network namespace, and its peers' in another.
@Tag("host")
@Timeout(120)
class GatewayIT {
  private static final String PPP_PEER = "10.9.0.2";
  private static final String SLIP_PEER = "10.9.1.2";
  private static final Pattern INDEX = Pattern.compile("^(\\d+): ", Pattern.MULTILINE);

  @TempDir private Path folder;
  private Station near;
  private Station far;
  private Process gateway;
  private String pppLine;
  private String slipLine;

  @BeforeEach
  void start() throws Exception {
    Station.assumePossible();
    near = new Station();
    far = new Station();
    pppLine = peer("ppp", PPP_PEER + ":10.9.0.1");
    slipLine = peer("sl", SLIP_PEER + ":10.9.1.1");
    configure("");
    List<String> words = new ArrayList<>(List.of("sh", "-c"));
    words.add("exec \"$@\" > " + log() + " 2>&1");
    words.add("gateway");
    words.addAll(Station.linedisc("gateway", file().toString()));
    gateway = near.start(words.toArray(String[]::new));
    near.await("inet 10.9.0.1 peer " + PPP_PEER, "ip", "addr");
    near.await("inet 10.9.1.1 peer " + SLIP_PEER, "ip", "addr");
  }

  @AfterEach
  void stop() throws Exception {
    if (near != null && far != null) {
      far.close();
      near.close();
    }
  }

  /// The line of a peer that has its own device, and stays when the gateway closes its end.
  private String peer(String type, String addresses) throws Exception {
    Path line = folder.resolve(type);
    far.shell("attach pty:" + line + " " + type + " " + addresses);
    far.shell("ifconfig " + type + "0 host");
    return line.toString();
  }

  private Path file() {
    return folder.resolve("gateway.conf");
  }

  private Path log() {
    return folder.resolve("log");
  }

  /// Writes the file.
  ///
  /// @param more what is said about the SLIP line besides
  private void configure(String more) throws Exception {
    Files.writeString(
        file(),
        """
        port %s
          kind ppp
          options noauth
          addresses 10.9.0.1:%s
          route 10.8.7.0/24
          host
        port %s
          kind slip
          addresses 10.9.1.1:%s
          host
          %s
        """
            .formatted(pppLine, PPP_PEER, slipLine, SLIP_PEER, more));
  }

  private void signal(String name) throws Exception {
    Command kill = Command.run(List.of("kill", "-" + name, Long.toString(gateway.pid())));
    assertEquals(0, kill.status(), kill::output);
  }

  /// Has the gateway read its file, and waits until it has, for the n-th time.
  private void reload(int n) throws Exception {
    signal("HUP");
    for (int i = 0; Files.readString(log()).split("is in force", -1).length <= n; i++) {
      assertTrue(i < 600, "the file never comes into force");
      Thread.sleep(50);
    }
  }

  private String index(String device) throws Exception {
    Matcher index = INDEX.matcher(near.succeeds("ip", "-o", "link", "show", "dev", device));
    assertTrue(index.find());
    return index.group(1);
  }

  private int received(String device) throws Exception {
    String counters = near.succeeds("ip", "-s", "-o", "link", "show", "dev", device);
    Matcher packets = Pattern.compile("RX:[a-z_ \\\\]*\\d+ +(\\d+)").matcher(counters);
    assertTrue(packets.find(), counters);
    return Integer.parseInt(packets.group(1));
  }

  private static void ping(Station from, String to) throws Exception {
    String said = from.run("ping", "-c", "5", "-i", "0.05", "-W", "5", to).output();
    assertTrue(said.contains("5 received"), said);
  }

  private void pingAll() throws Exception {
    ping(near, PPP_PEER);
    ping(near, SLIP_PEER);
    ping(far, "10.9.0.1");
    ping(far, "10.9.1.1");
  }

  @Test
  void kernelsReachEachOtherOverLinksOfBothKinds() throws Exception {
    pingAll();
    assertTrue(near.succeeds("ip", "route").contains("10.8.7.0/24 dev ppp0"));
  }

  @Test
  void reloadingKeepsDevicesWhoseSectionIsAsBefore() throws Exception {
    pingAll();
    String ppp = index("ppp0");
    String slip = index("sl0");
    int before = received("ppp0");
    reload(1);
    assertEquals(ppp, index("ppp0"));
    assertEquals(slip, index("sl0"));
    pingAll();
    assertTrue(received("ppp0") >= before + 10, "its counters go on");

    configure("route 10.8.9.0/24");
    before = received("ppp0");
    reload(2);
    near.await("10.8.9.0/24 dev sl0", "ip", "route");
    assertEquals(ppp, index("ppp0"));
    assertNotEquals(slip, index("sl0"));
    pingAll();
    assertTrue(received("ppp0") >= before + 10, "its counters go on");
  }

  @Test
  void signalTakesAllDevicesAway() throws Exception {
    pingAll();
    signal("TERM");
    assertTrue(gateway.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, gateway.exitValue());
    String links = near.succeeds("ip", "link");
    assertFalse(links.contains("ppp") || links.contains("sl0"), links);
    assertTrue(Files.readString(log()).contains(pppLine + ": stopped"));
  }
}
