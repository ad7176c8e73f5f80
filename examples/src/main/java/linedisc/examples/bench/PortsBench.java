package linedisc.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import linedisc.examples.cli.CommandException;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PtyTransport;
import linedisc.serial.port.SerialBackend;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.tty.TtyTable;

/// Many PPP links over ptys in one process, opened without a library and driven by one loop: what
/// they cost while they are up and nothing is sent. Both ends of each are here, which makes twice
/// as many ends as links; a gateway has one end of each of its links.
///
/// The memory is what the process has grown by, after a collection of garbage before and after. The
/// part of the heap that garbage passes through has been used before, as its size is not a matter
/// of links; the part for what stays has not, so this is to run before anything else.
final class PortsBench {
  private static final int LINKS = 500;
  private static final int FIRST = 50;
  private static final long SETTLE = 3_000;
  private static final long WATCH = 10_000;

  private final SerialBackend backend;

  /// @param backend opens the ports
  PortsBench(SerialBackend backend) {
    this.backend = backend;
  }

  /// Measures everything.
  ///
  /// @param progress is told the share that is done, 0 to 1
  List<Figure> run(DoubleConsumer progress)
      throws CommandException, NetException, PortException, InterruptedException {
    // Classes and compiled code are not what a link costs.
    measure(FIRST, 0);
    Meter.fillNursery();
    progress.accept(0.1);
    double[] cost = measure(LINKS, WATCH);
    progress.accept(1);
    String title = LINKS + " links on ptys, posix: ";
    return List.of(
        Figure.atMost("ports_rss", title + "resident memory an end", cost[0], "KiB", 40),
        Figure.told("ports_heap", title + "of it heap", cost[4], "KiB"),
        Figure.atMost("ports_idle", title + "all ends idle", cost[1], "% of a core", 1),
        Figure.told("ports_threads", title + "threads more", cost[2], ""),
        Figure.told("ports_up", title + "all up", cost[3], "s"));
  }

  /// Resident KiB an end, percent of a core while idle, threads, seconds until all are up, KiB of
  /// heap an end.
  private double[] measure(int links, long watch)
      throws CommandException, NetException, PortException, InterruptedException {
    long heap = Meter.heap();
    int threads = Meter.threads();
    long resident = resident();
    try (var near = new InterfaceTable();
        var far = new InterfaceTable();
        var nearTtys = new TtyTable(near);
        var farTtys = new TtyTable(far)) {
      PortLocks locks = new PortLocks();
      long start = System.nanoTime();
      List<PppPair> pairs = new ArrayList<>();
      for (int i = 0; i < links; i++) {
        PtyTransport master = PtyTransport.open(backend.loop());
        SerialTransport slave = backend.open(master.slave(), PortSettings.DEFAULT, locks);
        pairs.add(PppPair.bind(nearTtys, slave, farTtys, master));
      }
      for (PppPair pair : pairs) {
        pair.awaitUp();
      }
      double up = 1e-9 * (System.nanoTime() - start);
      int more = Meter.threads() - threads;
      Thread.sleep(watch == 0 ? 0 : SETTLE);
      long cpu = Meter.processNanos();
      start = System.nanoTime();
      Thread.sleep(watch);
      double idle = (double) (Meter.processNanos() - cpu) / (System.nanoTime() - start);
      heap = Meter.heap() - heap;
      double grown = resident() - resident;
      return new double[] {
        grown / (2 * links), 100 * idle, more, up, (double) heap / 1024 / (2 * links)
      };
    }
  }

  private static long resident() throws CommandException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw CommandException.failed("The kernel does not tell how much memory is used.", e);
    }
  }
}
