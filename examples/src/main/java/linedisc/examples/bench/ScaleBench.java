package linedisc.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.DoubleConsumer;
import linedisc.examples.cli.CommandException;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.NullModem;
import linedisc.serial.port.NullModemPump;
import linedisc.serial.tty.TtyTable;

/// Many PPP links with CHAP in one process, over wires in memory that one thread moves: what one of
/// them costs, and whether that stays as they become more. Both ends are here: an end is what a
/// gateway has of each link.
final class ScaleBench {
  private static final int[] LINKS = {1, 100, 1000};
  private static final int PACKETS = 60_000;
  private static final int BURST = 8;
  private static final int ROUNDS = 5;
  private static final long CREATE_NANOS = 1_000_000_000L;

  private final byte[] packet = PppPair.packet(1500);
  private final byte[] got = new byte[1500];

  ScaleBench() {}

  /// What a number of links cost.
  ///
  /// @param heap octets an end
  /// @param up seconds until all were up
  /// @param cpu nanoseconds a packet, from one end's interface to the other's
  /// @param threads that there are more than without links
  private record Cost(double heap, double up, double cpu, int threads) {}

  /// Measures everything.
  ///
  /// @param progress is told the share that is done, 0 to 1
  List<Figure> run(DoubleConsumer progress)
      throws CommandException, NetException, InterruptedException {
    Cost _ = measure(50);
    List<Cost> costs = new ArrayList<>();
    for (int links : LINKS) {
      costs.add(measure(links));
      progress.accept((double) costs.size() / (LINKS.length + 1));
    }
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < LINKS.length; i++) {
      Cost cost = costs.get(i);
      String key = "links_" + LINKS[i] + "_";
      String title = LINKS[i] + (LINKS[i] == 1 ? " link: " : " links: ");
      boolean all = i == LINKS.length - 1;
      double heap = cost.heap() / 1024;
      figures.add(
          all
              ? Figure.atMost(key + "heap", title + "heap an end", heap, "KiB", 25)
              : Figure.told(key + "heap", title + "heap an end", heap, "KiB"));
      figures.add(
          all
              ? Figure.atMost(key + "up", title + "all up from cold, with CHAP", cost.up(), "s", 5)
              : Figure.told(key + "up", title + "all up from cold, with CHAP", cost.up(), "s"));
      figures.add(
          Figure.told(key + "up_rate", title + "brought up", LINKS[i] / cost.up(), "a second"));
      figures.add(Figure.told(key + "cpu", title + "CPU", cost.cpu() / 1e3, "us a packet"));
      figures.add(Figure.told(key + "threads", title + "threads", cost.threads(), ""));
    }
    double growth = costs.getLast().cpu() / costs.getFirst().cpu();
    figures.add(
        Figure.atMost("links_cpu_growth", "CPU a packet, 1000 links to 1", growth, "", 1.2));
    figures.add(
        Figure.told("create_destroy", "interfaces created and destroyed", pairs(), "a second"));
    progress.accept(1);
    return figures;
  }

  private Cost measure(int links) throws CommandException, NetException, InterruptedException {
    int threads = Meter.threads();
    long heap = Meter.heap();
    try (var executor = Executors.newSingleThreadExecutor();
        var pump = new NullModemPump();
        var near = new InterfaceTable();
        var far = new InterfaceTable();
        var nearTtys = new TtyTable(near);
        var farTtys = new TtyTable(far)) {
      long start = System.nanoTime();
      List<PppPair> pairs = new ArrayList<>();
      for (int i = 0; i < links; i++) {
        NullModem wire = pump.wire("wire " + i, 0);
        pairs.add(PppPair.bindWithChap(nearTtys, wire.left(), farTtys, wire.right(), executor));
      }
      for (PppPair pair : pairs) {
        pair.awaitUp();
      }
      double up = 1e-9 * (System.nanoTime() - start);
      double perEnd = (double) (Meter.heap() - heap) / (2 * links);
      int more = Meter.threads() - threads;
      double[] cpu = new double[ROUNDS];
      exchange(pairs);
      for (int round = 0; round < ROUNDS; round++) {
        long nanos = Meter.processNanos();
        int packets = exchange(pairs);
        cpu[round] = (double) (Meter.processNanos() - nanos) / packets;
      }
      return new Cost(perEnd, up, Medians.median(cpu), more);
    }
  }

  /// Sends a burst over each link in turn and waits for what it becomes at the other end.
  private int exchange(List<PppPair> pairs) throws CommandException, InterruptedException {
    int sent = 0;
    // As many on their way at once, however many links they are on.
    int flight = Math.min(pairs.size(), 10);
    while (sent < PACKETS) {
      for (int from = 0; from < pairs.size(); from += flight) {
        List<PppPair> some = pairs.subList(from, Math.min(pairs.size(), from + flight));
        for (PppPair pair : some) {
          burst(pair.near());
        }
        for (PppPair pair : some) {
          for (int i = 0; i < BURST; i++) {
            receive(pair.far());
          }
          sent += BURST;
        }
      }
    }
    return sent;
  }

  private void burst(NetInterface out) throws CommandException {
    for (int i = 0; i < BURST; i++) {
      if (out.offer(packet, 0, packet.length) != Put.DONE) {
        throw CommandException.failed("no room in " + out.name());
      }
    }
  }

  private void receive(NetInterface in) throws CommandException, InterruptedException {
    try {
      int _ = in.receive(got, 0, got.length);
    } catch (NetException e) {
      throw CommandException.failed(in.name() + ": " + e.getMessage(), e);
    }
  }

  private static double pairs() throws NetException, InterruptedException {
    try (var table = new InterfaceTable()) {
      long end = System.nanoTime() + 2 * CREATE_NANOS;
      long start = 0;
      int pairs = 0;
      for (long now; (now = System.nanoTime()) < end; pairs++) {
        if (start == 0 && now > end - CREATE_NANOS) {
          start = now;
          pairs = 0;
        }
        table.create("lo").destroy().await();
      }
      return 1e9 * pairs / (System.nanoTime() - start);
    }
  }
}
