package linedisc.examples.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tries one cell: lays the wire, starts both ends, takes the steps, and ends everything.
final class Trial {
  static final String LEFT_ADDRESS = "10.9.0.1";
  static final String RIGHT_ADDRESS = "10.9.0.2";

  private static final Duration UP = Duration.ofSeconds(20);
  private static final Duration SAYS = Duration.ofSeconds(30);
  private static final Duration LEAVE = Duration.ofSeconds(10);

  /// What a transfer may take at least, and how slow it may be: an emulated UART on a busy machine.
  private static final Duration TRANSFER = Duration.ofSeconds(20);

  private static final int OCTETS_PER_SECOND = 20_000;

  private static final int IP_AND_UDP_HEADERS = 28;
  static final int DATA_PORT = 5001;
  private static final long SEED = 1662;

  private final Cell cell;
  private final Rig rig;
  private final Capture capture;
  private final Path folder;
  private @Nullable RouterStation router;

  /// Those on which compressed packets are counted.
  private List<Wire> wires = List.of();

  /// @param capture gets the frames that linedisc sends
  /// @param folder for logs and records; this cell's own
  Trial(Cell cell, Rig rig, Capture capture, Path folder) {
    this.cell = cell;
    this.rig = rig;
    this.capture = capture;
    this.folder = folder;
  }

  /// @throws CellException if something else happened than what must
  /// @throws UnavailableException if the cell cannot be tried here
  void run() throws IOException, InterruptedException, CellException, UnavailableException {
    Files.createDirectories(folder);
    try {
      End middle = cell.middle();
      if (middle == null) {
        runOnOneWire();
      } else {
        runThrough(middle);
      }
    } catch (IOException e) {
      rig.discardGuest();
      throw e;
    }
  }

  private void runOnOneWire()
      throws IOException, InterruptedException, CellException, UnavailableException {
    try (Wire wire = Wire.join(plug(Step.Where.LEFT), plug(Step.Where.RIGHT), folder)) {
      runStations();
      for (Step.Where where : Step.Where.values()) {
        if (!end(where).program().inGuest()) {
          record(end(where), wire.sentBy(where));
        }
      }
    }
  }

  private void runThrough(End middle)
      throws IOException, InterruptedException, CellException, UnavailableException {
    Path ofLeft = Files.createDirectories(folder.resolve("left-wire"));
    Path ofRight = Files.createDirectories(folder.resolve("right-wire"));
    var leftPty = new Wire.Plug.Pty(pty(Step.Where.LEFT));
    var rightPty = new Wire.Plug.Pty(pty(Step.Where.RIGHT));
    try (Wire leftWire = Wire.join(plug(Step.Where.LEFT), leftPty, ofLeft);
        Wire rightWire = Wire.join(rightPty, plug(Step.Where.RIGHT), ofRight)) {
      try (RouterStation between =
          RouterStation.start(middle, leftPty.link(), rightPty.link(), folder.resolve("router"))) {
        router = between;
        wires = List.of(leftWire, rightWire);
        runStations();
        Files.writeString(folder.resolve("router.log"), between.counters().get("text"));
      }
      // Where a frame is missing nobody can decode the compressed ones after it.
      if (!middle.options().contains("loss")) {
        record(middle, leftWire.sentBy(Step.Where.RIGHT));
        record(middle, rightWire.sentBy(Step.Where.LEFT));
      }
    }
  }

  private void runStations()
      throws IOException, InterruptedException, CellException, UnavailableException {
    try (Station left = station(Step.Where.LEFT);
        Station right = station(Step.Where.RIGHT)) {
      boolean passed = false;
      try {
        take(left, right);
        passed = true;
      } finally {
        log("left.log", left, passed);
        log("right.log", right, passed);
      }
    }
  }

  private void log(String name, Station station, boolean passed)
      throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve(name), station.log() + (passed ? "" : "\n" + station.counters() + "\n"));
  }

  private End end(Step.Where where) {
    return where == Step.Where.LEFT ? cell.left() : cell.right();
  }

  private Lane lane(Step.Where where)
      throws IOException, InterruptedException, UnavailableException {
    return rig.guest().lane(where == Step.Where.LEFT ? 0 : 1);
  }

  private Path pty(Step.Where where) {
    return folder.resolve(where == Step.Where.LEFT ? "left.tty" : "right.tty");
  }

  private Wire.Plug plug(Step.Where where)
      throws IOException, InterruptedException, UnavailableException {
    End end = end(where);
    return end.program().inGuest()
        ? new Wire.Plug.Socket(lane(where).socket(end.portInGuest()))
        : new Wire.Plug.Pty(pty(where));
  }

  private Station station(Step.Where where)
      throws IOException, InterruptedException, UnavailableException {
    End end = end(where);
    String addresses =
        where == Step.Where.LEFT
            ? LEFT_ADDRESS + ":" + RIGHT_ADDRESS
            : RIGHT_ADDRESS + ":" + LEFT_ADDRESS;
    return switch (end.program()) {
      case PPP, SL ->
          new LinediscStation(
              end, addresses, pty(where), folder.resolve(where.name().toLowerCase(Locale.ROOT)));
      case LINEDISC ->
          new CommandStation(
              end, pty(where), folder.resolve(where.name().toLowerCase(Locale.ROOT)));
      case PPPD -> new PppdStation(lane(where), end, addresses);
      case SLATTACH -> new SlattachStation(lane(where), end, addresses);
    };
  }

  private void take(Station left, Station right)
      throws IOException, InterruptedException, CellException, UnavailableException {
    // Who waits to be called is there first.
    if (cell.caller() == Cell.Caller.RIGHT) {
      left.start(true);
      right.start(false);
    } else {
      right.start(cell.caller() == Cell.Caller.LEFT);
      left.start(false);
    }
    for (Step step : cell.steps()) {
      take(step, left, right);
    }
  }

  private void take(Step step, Station left, Station right)
      throws IOException, InterruptedException, CellException, UnavailableException {
    switch (step) {
      case Step.Up() -> {
        left.awaitUp(UP);
        right.awaitUp(UP);
      }
      case Step.Addresses(String onLeft, String onRight) -> {
        same("addresses on the left", onLeft + ":" + onRight, addresses(left));
        same("addresses on the right", onRight + ":" + onLeft, addresses(right));
      }
      case Step.Mtu(int onLeft, int onRight) -> {
        same("MTU on the left", onLeft, left.awaitUp(UP).mtu());
        same("MTU on the right", onRight, right.awaitUp(UP).mtu());
      }
      case Step.Agreed() -> {
        same(
            "LCP options acknowledged to the left",
            LcpAgreement.wanted(cell.left(), cell.right()),
            LcpAgreement.acknowledged(right.log()));
        same(
            "LCP options acknowledged to the right",
            LcpAgreement.wanted(cell.right(), cell.left()),
            LcpAgreement.acknowledged(left.log()));
      }
      case Step.Ping(int size) -> {
        // Both ends are up before either is asked.
        String onRight = right.awaitUp(UP).local();
        String onLeft = left.awaitUp(UP).local();
        left.ping(onRight, size);
        right.ping(onLeft, size);
      }
      case Step.Pings(Step.Where where, int size) -> {
        Station station = at(where, left, right);
        station.ping(station.awaitUp(UP).remote(), size);
      }
      case Step.Pings6(Step.Where where, int size) -> at(where, left, right).ping6(size);
      case Step.Udp(int octets) -> {
        long errors = left.receiveErrors() + right.receiveErrors();
        transfer(Transport.UDP, octets, left, right);
        same("receive errors", errors, left.receiveErrors() + right.receiveErrors());
      }
      case Step.Tcp(int octets) -> transfer(Transport.TCP, octets, left, right);
      case Step.Compressed(int packets) -> {
        for (Wire wire : wires) {
          for (Step.Where where : Step.Where.values()) {
            var sent = WireFrames.of(end(where).protocol(), wire.sentBy(where));
            atLeast("compressed packets", packets, sent.vjCompressed());
          }
        }
      }
      case Step.Lost(int frames) -> {
        if (router == null) {
          throw new AssertionError("such a cell has a router");
        }
        atLeast("lost frames", frames, router.counters().number("lost"));
      }
      case Step.Says(Step.Where where, Pattern pattern) ->
          at(where, left, right).awaitSaid(pattern, SAYS);
      case Step.Start(Step.Where where) -> at(where, left, right).start(false);
      case Step.Stop(Step.Where where) -> at(where, left, right).stop(LEAVE);
      case Step.Signals(Step.Where where, String name) -> at(where, left, right).signal(name);
      case Step.Leaves(Step.Where where, int status) ->
          same("exit status", status, at(where, left, right).awaitExit(SAYS));
      case Step.Kill(Step.Where where) -> at(where, left, right).kill();
    }
  }

  private static Station at(Step.Where where, Station left, Station right) {
    return where == Step.Where.LEFT ? left : right;
  }

  private static String addresses(Station station)
      throws IOException, InterruptedException, CellException {
    Link link = station.awaitUp(UP);
    return link.local() + ":" + link.remote();
  }

  private static void atLeast(String what, long wanted, long is) throws CellException {
    if (is < wanted) {
      throw new CellException("%s: %d instead of %d or more".formatted(what, is, wanted));
    }
  }

  private static void transfer(Transport transport, int octets, Station left, Station right)
      throws IOException, InterruptedException, CellException {
    Link onLeft = left.awaitUp(UP);
    Link onRight = right.awaitUp(UP);
    var random = new SplittableRandom(SEED);
    byte[] toRight = payload(random, octets);
    byte[] toLeft = payload(random, octets);
    left.receive(transport, DATA_PORT, octets);
    right.receive(transport, DATA_PORT, octets);
    left.send(transport, onRight.local(), DATA_PORT, onLeft.mtu() - IP_AND_UDP_HEADERS, toRight);
    right.send(transport, onLeft.local(), DATA_PORT, onRight.mtu() - IP_AND_UDP_HEADERS, toLeft);
    Duration limit = TRANSFER.plusSeconds(octets / OCTETS_PER_SECOND);
    same("SHA-256 of what went to the right", sha256(toRight), right.received(limit));
    same("SHA-256 of what went to the left", sha256(toLeft), left.received(limit));
  }

  /// Random octets with runs of all that a line escapes, so that stuffing is at work too.
  private static byte[] payload(SplittableRandom random, int octets) {
    byte[] payload = new byte[octets];
    random.nextBytes(payload);
    for (int i = 0; i + 256 <= octets; i += 4096) {
      for (int j = 0; j < 256; j++) {
        payload[i + j] = (byte) j;
      }
    }
    return payload;
  }

  private static String sha256(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static void same(String what, Object wanted, Object is) throws CellException {
    if (!wanted.equals(is)) {
      throw new CellException("%s: %s instead of %s".formatted(what, is, wanted));
    }
  }

  private void record(End end, byte[] sent) throws IOException, CellException {
    byte[] frames = end.options().contains("connect") ? fromFirstFlag(sent) : sent;
    capture.add(cell.source() + " " + cell.name(), end, frames);
  }

  /// What was said before belongs to the dialogue that connects.
  private static byte[] fromFirstFlag(byte[] sent) {
    int at = 0;
    while (at < sent.length && sent[at] != FrameLoss.PPP_FLAG) {
      at++;
    }
    return Arrays.copyOfRange(sent, at, sent.length);
  }
}
