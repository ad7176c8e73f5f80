package linedisc.examples.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two stacks joined by a pty, each with a device in a network namespace of its own.
@Tag("host")
class HostIT {
  private static final String NEAR = "10.9.0.1";
  private static final String FAR = "10.9.0.2";
  private static final Path FIGURES = Path.of("target", "host", "figures.txt");
  private static final Pattern LINK_LOCAL = Pattern.compile("inet6 (fe80:[0-9a-f:]+) peer fe80:");
  private static final Pattern RATE = Pattern.compile("([0-9.]+) MBytes/sec.*receiver");

  private Station near;
  private Station far;
  private String pty;

  @BeforeEach
  void start() throws Exception {
    Station.assumePossible();
    near = new Station();
    far = new Station();
  }

  @AfterEach
  void stop() throws Exception {
    if (near != null && far != null) {
      far.close();
      near.close();
    }
  }

  /// Binds an interface of this type to both ends of a new pty and gives both a device.
  private void join(String type) throws Exception {
    String said = near.shell("attach pty " + type + " " + NEAR + ":" + FAR);
    Matcher path = Pattern.compile("/dev/pts/\\d+").matcher(said);
    assertTrue(path.find(), said);
    pty = path.group();
    near.shell("ifconfig " + type + "0 host");
    far.shell("attach " + pty + " " + type + " " + FAR + ":" + NEAR);
    far.shell("ifconfig " + type + "0 host");
    near.await(NEAR, "ip", "addr", "show", "dev", type + "0");
    far.await(FAR, "ip", "addr", "show", "dev", type + "0");
  }

  private static void ping(Station from, String... to) throws Exception {
    String[] words = new String[to.length + 7];
    List.of("ping", "-c", "5", "-i", "0.05", "-W", "5").toArray(words);
    System.arraycopy(to, 0, words, 7, to.length);
    assertTrue(from.succeeds(words).contains("5 received"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ppp", "sl"})
  void bothKernelsReachEachOther(String type) throws Exception {
    join(type);
    ping(near, FAR);
    ping(far, NEAR);
    ping(near, "-M", "do", "-s", "1472", FAR);
    assertNotEquals(
        0, near.run("ping", "-c", "1", "-M", "do", "-s", "1473", FAR).status(), "over the MTU");
    ping(near, "-s", "4000", FAR);

    near.shell("ifconfig " + type + "0 -host");
    assertFalse(near.succeeds("ip", "link").contains(type + "0"));
    ping(far, NEAR);
    near.shell("ifconfig " + type + "0 host");
    near.await(NEAR, "ip", "addr", "show", "dev", type + "0");
    ping(far, NEAR);
  }

  @Test
  void bothKernelsReachEachOtherByIpv6() throws Exception {
    join("ppp");
    ping(near, "-6", linkLocal(far) + "%ppp0");
    ping(far, "-6", linkLocal(near) + "%ppp0");
  }

  /// The address that a station's kernel has from IPV6CP, which opens when it likes.
  private static String linkLocal(Station station) throws Exception {
    station.await(" peer fe80:", "ip", "-6", "addr", "show", "dev", "ppp0");
    Matcher address =
        LINK_LOCAL.matcher(station.succeeds("ip", "-6", "addr", "show", "dev", "ppp0"));
    assertTrue(address.find());
    return address.group(1);
  }

  @Test
  void slattachMakesADeviceAndTakesItAway() throws Exception {
    Matcher path = Pattern.compile("/dev/pts/\\d+").matcher(near.shell("attach pty sl"));
    assertTrue(path.find());
    near.shell("ifconfig sl0 " + NEAR + " " + FAR);
    near.shell("ifconfig sl0 host");
    Process slattach =
        far.startLinedisc("slattach", "-L", "-p", "slip", path.group(), FAR + ":" + NEAR);
    far.await(FAR, "ip", "addr", "show", "dev", "sl0");
    ping(near, FAR);
    ping(far, NEAR);
    slattach.destroy();
    assertTrue(slattach.waitFor(10, TimeUnit.SECONDS));
    assertFalse(far.succeeds("ip", "link").contains("sl0"));
  }

  /// The call leads to a pppd without a device, which answers pings itself.
  @Test
  void aCallIsALinkOfTheHost(@TempDir Path folder) throws Exception {
    Path modem = folder.resolve("modem");
    Path names = folder.resolve("resolv.conf");
    String server =
        String.join(" ", Station.linedisc("pppd", "notty", "noauth", "nohost"))
            + " ms-dns 10.9.0.53 "
            + (FAR + ":" + NEAR);
    Process _ =
        near.startLinedisc("modem", "--link", modem.toString(), "--number", "5=exec:" + server);
    for (int i = 0; !Files.exists(modem); i++) {
      assertTrue(i < 600, "the modem never comes");
      Thread.sleep(50);
    }
    Process dial =
        near.startLinedisc(
            "dial", "--host", "--resolv-file", names.toString(), modem.toString(), "5");
    near.await(NEAR, "ip", "addr", "show", "dev", "ppp0");
    ping(near, FAR);
    near.await("nameserver 10.9.0.53", "cat", names.toString());
    dial.destroy();
    assertTrue(dial.waitFor(20, TimeUnit.SECONDS));
    assertFalse(near.succeeds("ip", "link").contains("ppp0"));
    assertFalse(Files.exists(names), "the name servers go with the link");
  }

  /// The far kernel says what its next link has room for, and the near one listens.
  @Test
  void thePathMtuIsFound() throws Exception {
    join("ppp");
    far.succeeds("ip", "tuntap", "add", "dev", "beyond", "mode", "tap");
    far.succeeds("ip", "addr", "add", "10.8.0.1/24", "dev", "beyond");
    far.succeeds("ip", "link", "set", "beyond", "mtu", "600", "up");
    far.succeeds("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    near.succeeds("ip", "route", "add", "10.8.0.0/24", "dev", "ppp0");
    Command told = near.run("ping", "-c", "2", "-i", "0.3", "-M", "do", "-s", "1000", "10.8.0.7");
    assertTrue(
        told.output().contains("mtu = 600") || told.output().contains("mtu=600"), told::output);
    assertTrue(near.succeeds("ip", "route", "get", "10.8.0.7").contains("mtu 600"));
  }

  /// The interface goes with its device, the port stays, and the next one takes the name.
  @Test
  void aDeviceIsDeletedUnderTraffic() throws Exception {
    join("ppp");
    for (int i = 0; i < 3; i++) {
      Process flood = near.start("ping", "-q", "-f", "-s", "1000", FAR);
      Process back = far.start("ping", "-q", "-f", "-s", "1000", NEAR);
      Thread.sleep(300);
      near.succeeds("ip", "link", "del", "ppp0");
      awaitGone(near);
      flood.destroy();
      back.destroy();
      bindAgain();
    }
  }

  @Test
  void anInterfaceIsDestroyedUnderTraffic() throws Exception {
    join("ppp");
    for (int i = 0; i < 3; i++) {
      Process flood = near.start("ping", "-q", "-f", "-s", "1000", FAR);
      Process back = far.start("ping", "-q", "-f", "-s", "1000", NEAR);
      Thread.sleep(300);
      near.shell("ifconfig ppp0 destroy");
      assertFalse(near.succeeds("ip", "link").contains("ppp0"), "gone when destroy says so");
      flood.destroy();
      back.destroy();
      bindAgain();
    }
  }

  private static void awaitGone(Station station) throws Exception {
    for (int i = 0; station.ask("ifconfig ppp0").contains("\"ok\":true"); i++) {
      assertTrue(i < 300, "the interface is still there");
      Thread.sleep(50);
    }
  }

  /// A new interface on the near end; the far one, whose link has ended, makes a new one too.
  private void bindAgain() throws Exception {
    far.ask("ifconfig ppp0 destroy");
    near.shell("attach '" + pty + " (master)' ppp " + NEAR + ":" + FAR);
    near.shell("ifconfig ppp0 host");
    far.shell("attach " + pty + " ppp " + FAR + ":" + NEAR);
    far.shell("ifconfig ppp0 host");
    near.await(NEAR, "ip", "addr", "show", "dev", "ppp0");
    far.await(FAR, "ip", "addr", "show", "dev", "ppp0");
    ping(near, FAR);
    assertTrue(near.ask("ifconfig ppp0").contains("\"touches\":0"));
  }

  @Test
  void aCaptureIsReadByTshark(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(Command.exists("tshark"), "tshark is not installed");
    join("ppp");
    Path file = folder.resolve("ppp0.pcapng");
    near.shell("tap ppp0 " + file);
    ping(near, FAR);
    ping(far, "-s", "3000", NEAR);
    near.shell("tap ppp0 stop");
    Command all = tshark(file, "icmp", "frame.packet_flags_direction");
    assertEquals(0, all.status(), all::output);
    long sent =
        all.output().lines().filter(line -> line.equals("2") || line.equals("0x00000002")).count();
    long received =
        all.output().lines().filter(line -> line.equals("1") || line.equals("0x00000001")).count();
    assertEquals(10, sent, () -> "sent, of " + all.output());
    assertEquals(10, received, () -> "received, of " + all.output());
    assertEquals("", tshark(file, "_ws.malformed", "frame.number").output());
  }

  private static Command tshark(Path file, String filter, String field)
      throws IOException, InterruptedException {
    return Command.run(
        List.of(
            "sh",
            "-c",
            "tshark -n -r "
                + file
                + " -Y '"
                + filter
                + "' -T fields -e "
                + field
                + " 2> /dev/null"));
  }

  /// Without a device here: a local port leads to a server of the far kernel's.
  @ParameterizedTest
  @ValueSource(strings = {"ppp", "sl"})
  void aRelayReachesAServerOfTheFarKernel(String type) throws Exception {
    Assumptions.assumeTrue(Command.exists("iperf3"), "iperf3 is not installed");
    join(type);
    near.shell("ifconfig " + type + "0 -host");
    near.shell("forward 6201:" + FAR + ":5201");
    near.shell("forward 6202:" + FAR + ":5202");
    for (String direction : List.of("--get-server-output", "-R")) {
      Process server = far.start("iperf3", "-s", "-1");
      far.await(":5201", "ss", "-ltn");
      String said =
          near.succeeds(
              "iperf3", "-f", "M", "-n", "4M", "-p", "6201", "-c", "127.0.0.1", direction);
      assertTrue(RATE.matcher(said).find(), said);
      assertTrue(server.waitFor(10, TimeUnit.SECONDS), "it serves once");
    }
    assertTrue(
        near.run("iperf3", "-p", "6202", "-c", "127.0.0.1").status() != 0, "nobody serves there");
    // The far kernel asks us, and nobody here serves either.
    assertTrue(far.run("iperf3", "-p", "80", "-c", NEAR).output().contains("Connection refused"));
  }

  /// Nothing is asserted about how fast it is; the figures are kept.
  @Test
  void streamsPassBothWays() throws Exception {
    Assumptions.assumeTrue(Command.exists("iperf3"), "iperf3 is not installed");
    double raw = PtyRate.measure();
    for (String type : List.of("ppp", "sl")) {
      join(type);
      double there = stream();
      double back = stream("-R");
      Files.createDirectories(FIGURES.getParent());
      Files.writeString(
          FIGURES,
          String.format(
              Locale.ROOT,
              "%s: TCP %.1f MB/s there, %.1f MB/s back; raw pty %.1f MB/s%n",
              type,
              there,
              back,
              raw),
          UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      far.ask("ifconfig " + type + "0 destroy");
      near.ask("ifconfig " + type + "0 destroy");
    }
  }

  private double stream(String... more) throws Exception {
    Process server = far.start("iperf3", "-s", "-1");
    far.await(":5201", "ss", "-ltn");
    String[] words = new String[more.length + 7];
    List.of("iperf3", "-f", "M", "-t", "3", "-c", FAR).toArray(words);
    System.arraycopy(more, 0, words, 7, more.length);
    String said = near.succeeds(words);
    assertTrue(server.waitFor(10, TimeUnit.SECONDS), "it serves once");
    Matcher rate = RATE.matcher(said);
    assertTrue(rate.find(), said);
    return Double.parseDouble(rate.group(1)) * 1.048576;
  }
}
