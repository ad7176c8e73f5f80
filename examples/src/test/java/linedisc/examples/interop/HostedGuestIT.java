package linedisc.examples.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// pppd in a guest against `linedisc pppd` with a device in a network namespace: what the two
/// kernels say to each other goes through linedisc.
@Tag("interop")
class HostedGuestIT {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path OUTPUT = MODULE.resolve("target/interop/hosted");
  private static final String OURS = "10.9.0.1";
  private static final String GUESTS = "10.9.0.2";
  private static final int PORT = 5000;
  private static final int OCTETS = 1 << 20;
  private static final Duration UP = Duration.ofSeconds(60);
  private static final Duration TRANSFER = Duration.ofSeconds(60);

  @Test
  void kernelsReachEachOther(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/dev/net/tun")), "this machine has no /dev/net/tun");
    for (String program : List.of("unshare", "nsenter", "ping", "ip", "ss")) {
      Assumptions.assumeTrue(Child.isInstalled(program), program + " is not installed");
    }
    Assumptions.assumeTrue(
        new ProcessBuilder("unshare", "-Urn", "true").start().waitFor() == 0,
        "no network namespace can be made here");
    Files.createDirectories(OUTPUT);
    Path pty = folder.resolve("tty");
    try (var rig = new Rig(MODULE.resolve("src/interop/build-guest"), OUTPUT)) {
      Lane lane = rig.guest().lane(0);
      var guest =
          new PppdStation(
              lane,
              new End(End.Program.PPPD, Lane.Port.USB, List.of("+ipv6")),
              GUESTS + ":" + OURS);
      try (Wire _ =
              Wire.join(
                  new Wire.Plug.Socket(lane.socket(Lane.Port.USB)),
                  new Wire.Plug.Pty(pty),
                  OUTPUT);
          guest) {
        guest.start(true);
        try (Child linedisc = linedisc(pty, folder)) {
          talk(guest, linedisc.process().pid(), folder);
        }
      } finally {
        Files.writeString(OUTPUT.resolve("guest.log"), guest.log());
      }
    } catch (UnavailableException e) {
      throw new TestAbortedException(e.getMessage(), e);
    }
  }

  /// Starts `linedisc pppd` in a namespace of its own, where it may have a device.
  private static Child linedisc(Path pty, Path folder) throws IOException, UnavailableException {
    var command = new ArrayList<String>(List.of("unshare", "-Urn"));
    command.addAll(LinediscProcess.java(folder, "linedisc.examples.Main"));
    command.addAll(List.of("pppd", pty.toString(), OURS + ":" + GUESTS));
    command.addAll(List.of("nodetach", "local", "nolock", "noauth", "debug", "+ipv6"));
    return Child.start(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(OUTPUT.resolve("linedisc.log").toFile()));
  }

  private static void talk(PppdStation guest, long pid, Path folder) throws Exception {
    Link link = guest.awaitUp(UP);
    assertEquals(OURS, link.remote());
    guest.ping(OURS, 0);
    guest.ping(OURS, 4000);
    guest.ping6(0);
    for (String words : List.of("-c 3 " + GUESTS, "-c 3 -s 4000 " + GUESTS)) {
      in(pid, "ping -i 0.2 -W 5 " + words);
    }
    in(
        pid,
        "ping -6 -c 3 -i 0.2 -W 5 $(ip -6 addr show dev ppp0 | sed -n 's/.* peer \\([^/ ]*\\).*/\\1/p')%ppp0");

    byte[] payload = new byte[OCTETS];
    new SplittableRandom(0x686f7374).nextBytes(payload);
    Path sent = Files.write(folder.resolve("sent"), payload);
    guest.receive(Transport.TCP, PORT, OCTETS);
    in(pid, "socat -u OPEN:" + sent + " TCP4:" + GUESTS + ":" + PORT);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
    assertEquals(digest, guest.received(TRANSFER));

    Path received = folder.resolve("received");
    Process taker = start(pid, "socat -u TCP4-LISTEN:" + PORT + " CREATE:" + received);
    in(pid, "until ss -Hlnt | grep -q ':" + PORT + " '; do sleep 0.05; done");
    guest.send(Transport.TCP, OURS, PORT, 1400, payload);
    assertTrue(taker.waitFor(TRANSFER.toSeconds(), TimeUnit.SECONDS), "it is all there in time");
    assertArrayEquals(payload, Files.readAllBytes(received));
  }

  /// Starts a shell command in the namespace of a process.
  private static Process start(long pid, String command) throws IOException {
    return new ProcessBuilder(
            List.of(
                "nsenter",
                "--preserve-credentials",
                "-U",
                "-n",
                "-t",
                Long.toString(pid),
                "timeout",
                Long.toString(TRANSFER.toSeconds()),
                "sh",
                "-c",
                command))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(OUTPUT.resolve("host.log").toFile()))
        .start();
  }

  /// Runs a shell command there, which must succeed.
  private static void in(long pid, String command) throws IOException, InterruptedException {
    assertEquals(0, start(pid, command).waitFor(), () -> command + ": see " + OUTPUT);
  }
}
