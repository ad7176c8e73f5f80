package linedisc.examples.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Progress;
import linedisc.examples.stack.Station;
import linedisc.serial.net.InterfaceInfo;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortOpener;
import linedisc.serial.port.SerialPorts;

/// A whole run: many links in one stack for as long as was asked, then a look at what is left of
/// it.
///
/// A short run goes first, so that what the libraries and the virtual machine keep for ever is
/// there before threads and descriptors are counted.
final class Torture {
  private static final long WARM_UP = 300_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long PATIENCE = 5 * SECOND;
  private static final int MEMORY_LINKS = 6;
  private static final int PTY_LINKS = 2;

  /// More units than there ever are interfaces of one type at a time.
  private static final int UNITS = 64;

  private final SelftestOptions options;
  private final Progress progress;
  private final Counts counts = new Counts();
  private final SplittableRandom random;
  private final PortLocks locks = new PortLocks();

  Torture(SelftestOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
    this.random = new SplittableRandom(options.seed());
  }

  /// Runs, and tells what was counted.
  ///
  /// @throws CommandException when a line can't be opened
  Counts run() throws CommandException, InterruptedException {
    Remains first = Remains.now();
    play(WARM_UP);
    awaitThreadsOf(first);
    Remains before = Remains.now();
    play(options.seconds() * SECOND);
    awaitThreadsOf(before);
    Remains after = Remains.now();
    List<String> threads = after.newThreads(before);
    counts.fault(Counts.Fault.LEAKED_THREADS, threads.size(), String.join(", ", threads));
    long descriptors = after.newDescriptors(before);
    counts.fault(Counts.Fault.LEAKED_DESCRIPTORS, descriptors, descriptors + " more than before");
    return counts;
  }

  private void awaitThreadsOf(Remains before) throws InterruptedException {
    long start = System.nanoTime();
    while (!Remains.now().newThreads(before).isEmpty() && System.nanoTime() - start < PATIENCE) {
      Thread.sleep(10);
    }
  }

  private List<Wires> wires() {
    List<Wires> all = new ArrayList<>();
    switch (options.lines()) {
      case CABLE -> {
        var opener = new PortOpener(new SerialPorts(), locks, options.backend());
        all.add(new Wires.Cable(opener, options.ports().getFirst(), options.ports().getLast()));
      }
      case PTY -> addPtys(all, PTY_LINKS);
      case NULL -> addMemory(all, MEMORY_LINKS);
      case BOTH -> {
        addMemory(all, MEMORY_LINKS);
        addPtys(all, PTY_LINKS);
      }
    }
    return all;
  }

  private static void addMemory(List<Wires> all, int links) {
    for (int i = 0; i < links; i++) {
      all.add(new Wires.Memory("null" + i));
    }
  }

  private void addPtys(List<Wires> all, int links) {
    for (int i = 0; i < links; i++) {
      all.add(new Wires.Ptys(options.backend(), locks, "pty" + i));
    }
  }

  /// Plays with a stack of its own.
  private void play(long nanos) throws CommandException, InterruptedException {
    long start = System.nanoTime();
    BooleanSupplier over = () -> System.nanoTime() - start >= nanos;
    List<Wires> wires = wires();
    Station station = new Station();
    ExecutorService callers =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("selftest-caller").factory());
    try (var stalls = new Stalls(options.patience() * 1_000_000);
        var destroyer = new Destroyer(station.interfaces(), callers)) {
      List<TortureLink> links = new ArrayList<>();
      try {
        for (Wires each : wires) {
          var link =
              new TortureLink(
                  station, callers, each, destroyer, counts, stalls, random.split(), over);
          link.open();
          links.add(link);
        }
      } catch (PortException e) {
        links.forEach(TortureLink::close);
        throw CommandException.failed(String.valueOf(e.getMessage()), e);
      }
      List<Thread> threads = new ArrayList<>();
      for (TortureLink link : links) {
        threads.add(Thread.ofPlatform().name("selftest-link").start(link));
      }
      var bystander = new Bystander(station.interfaces(), counts, random.split(), over);
      threads.add(Thread.ofPlatform().name("selftest-bystander").start(bystander));
      watch(threads, start);
      inspect(station);
    } finally {
      wires.forEach(Wires::close);
      station.close();
      callers.shutdown();
    }
    if (!callers.awaitTermination(PATIENCE, TimeUnit.NANOSECONDS)) {
      counts.fault(Counts.Fault.FAILURES, "callbacks have not ended");
    }
  }

  private void watch(List<Thread> threads, long start) throws InterruptedException {
    for (Thread thread : threads) {
      while (!thread.join(java.time.Duration.ofMillis(100))) {
        double seconds = (System.nanoTime() - start) / (double) SECOND;
        progress.update(
            Math.min(seconds, (double) options.seconds()), counts.destroys() + " destroys");
      }
    }
  }

  /// All links are closed, so nothing may be left.
  private void inspect(Station station) {
    InterfaceTable table = station.interfaces();
    int ports = station.ttys().list().size();
    counts.fault(Counts.Fault.LEAKED_PORTS, ports, station.ttys().list().toString());
    List<String> left =
        table.list().stream().map(InterfaceInfo::name).filter(n -> !n.equals("lo0")).toList();
    counts.fault(Counts.Fault.LEAKED_INTERFACES, left.size(), String.join(", ", left));
    for (String type : List.of("ppp", "sl")) {
      int leaked = leakedUnits(table, type);
      counts.fault(Counts.Fault.LEAKED_UNITS, leaked, leaked + " of " + type);
    }
    counts.fault(Counts.Fault.TOUCHES, table.touches(), table.touches() + " in all");
  }

  /// The lowest free units are taken first, so none is missing among the first ones.
  private int leakedUnits(InterfaceTable table, String type) {
    int last = 0;
    try {
      for (int i = 0; i < UNITS; i++) {
        last = table.create(type).unit();
      }
    } catch (NetException e) {
      counts.fault(Counts.Fault.FAILURES, type + " can't be created: " + e.getMessage());
    }
    return Math.max(0, last - (UNITS - 1));
  }
}
