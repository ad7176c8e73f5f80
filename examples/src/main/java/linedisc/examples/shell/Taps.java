package linedisc.examples.shell;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linedisc.examples.cli.CommandException;
import linedisc.examples.stack.Station;
import linedisc.serial.capture.Direction;
import linedisc.serial.capture.LinkType;
import linedisc.serial.capture.PcapngWriter;
import linedisc.serial.net.InterfaceGoneException;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.PacketTap;
import linedisc.serial.net.PacketTap.Sighting;

/// `tap`: an interface's packets into a file, while it runs.
final class Taps implements Verb, AutoCloseable {
  private static final int RING_OCTETS = 1 << 20;
  private static final Duration TICK = Duration.ofMillis(200);

  private record Running(PacketTap tap, Thread writer) {}

  private final Station station;

  /// By the interface's name; guarded by this object's monitor.
  private final Map<String, Running> running = new LinkedHashMap<>();

  private boolean closed;

  Taps(Station station) {
    this.station = station;
  }

  @Override
  public String usage() {
    return """
    tap NAME FILE                         writes the interface's packets to a pcapng file
    tap NAME stop\
    """;
  }

  @Override
  public Answer run(List<String> words) throws IOException, CommandException, InterruptedException {
    if (words.size() != 2) {
      throw CommandException.usage("tap needs an interface and a file, or 'stop'");
    }
    String name = words.getFirst();
    if (words.get(1).equals("stop")) {
      stop(name);
    } else {
      start(name, Path.of(words.get(1)));
    }
    return Answer.done();
  }

  private synchronized void start(String name, Path file) throws IOException {
    if (closed) {
      throw NetError.ENXIO.on(name, "the shell ends");
    }
    running.values().removeIf(tap -> !tap.writer.isAlive());
    if (running.containsKey(name)) {
      throw NetError.EBUSY.on(name, "it is tapped already");
    }
    NetInterface netInterface = station.interfaces().get(name);
    var out = PcapngWriter.to(new BufferedOutputStream(Files.newOutputStream(file)));
    PacketTap tap = netInterface.tap(RING_OCTETS);
    int number = out.addInterface(name, LinkType.RAW);
    Thread writer =
        Thread.ofPlatform().daemon().name("tap " + name).start(() -> write(tap, number, out));
    running.put(name, new Running(tap, writer));
  }

  private static void write(PacketTap tap, int number, PcapngWriter out) {
    var sighting = new Sighting(PcapngWriter.SNAP_LENGTH);
    try (out) {
      for (; ; ) {
        if (tap.take(sighting, TICK)) {
          Instant time = sighting.time();
          out.write(
              number,
              sighting.isSent() ? Direction.SENT : Direction.RECEIVED,
              time.getEpochSecond() * 1_000_000_000L + time.getNano(),
              sighting.buffer(),
              sighting.offset(),
              sighting.captured());
        } else {
          out.flush();
        }
      }
    } catch (InterfaceGoneException | InterruptedException e) {
      // The tap was stopped, or its interface has gone, and all that it saw is in the file.
    } catch (IOException e) {
      tap.close();
    }
  }

  private void stop(String name) throws IOException, InterruptedException {
    Running tap;
    synchronized (this) {
      tap = running.remove(name);
    }
    if (tap == null) {
      throw NetError.EINVAL.on(name, "it is not tapped");
    }
    tap.tap.finish();
    tap.writer.join();
  }

  /// Completes all files. Waits for that; none can be started any more.
  @Override
  public void close() {
    List<Running> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(running.values());
      running.clear();
    }
    left.forEach(tap -> tap.tap.finish());
    try {
      for (Running tap : left) {
        tap.writer.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
