package linedisc.examples.bench;

import java.util.ArrayList;
import java.util.List;
import linedisc.examples.cli.CommandException;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.tty.TtyTable;

/// What a packet costs from an interface of one stack to an interface of the other, with one thread
/// that plays both ports' readers and writers: octets allocated, and time.
final class AllocationBench {
  private static final int WARM_UP = 60_000;
  private static final int ROUNDS = 5;
  private static final int PACKETS = 60_000;
  private static final int BATCH = 8;
  private static final int STEPS = 10_000;

  private final byte[] packet = PppPair.packet(1500);
  private final byte[] got = new byte[1500];
  private final byte[] buffer = new byte[4096];
  private final DirectLine nearLine = new DirectLine();
  private final DirectLine farLine = new DirectLine();

  AllocationBench() {}

  List<Figure> run() throws CommandException, NetException {
    try (var near = new InterfaceTable();
        var far = new InterfaceTable();
        var nearTtys = new TtyTable(near);
        var farTtys = new TtyTable(far)) {
      PppPair pair = PppPair.bind(nearTtys, nearLine, farTtys, farLine);
      for (int i = 0; !pair.isUp(); i++) {
        if (i == STEPS) {
          throw CommandException.failed("the link did not come up");
        }
        move();
      }
      exchange(pair, WARM_UP);
      long octets = Long.MAX_VALUE;
      long nanos = Long.MAX_VALUE;
      // On a busy machine the compiler may come late: the steady state is the best of some rounds.
      for (int round = 0; round < ROUNDS && octets >= PACKETS / 100; round++) {
        long octetsBefore = Meter.allocated();
        long nanosBefore = Meter.threadNanos();
        exchange(pair, PACKETS);
        nanos = Math.min(nanos, Meter.threadNanos() - nanosBefore);
        octets = Math.min(octets, Meter.allocated() - octetsBefore);
      }
      List<Figure> figures = new ArrayList<>();
      // The measurement itself takes a few octets.
      double perPacket = Math.rint(100.0 * (double) octets / (2 * PACKETS)) / 100;
      figures.add(
          Figure.atMost(
              "allocated_per_packet",
              "allocated, from read to consumer both ways",
              perPacket,
              "octets a packet",
              0));
      figures.add(
          Figure.told(
              "through_two_stacks",
              "1500 octets through two stacks, without a line",
              1e-3 * (double) nanos / (2 * PACKETS),
              "us CPU a packet"));
      return figures;
    }
  }

  private void exchange(PppPair pair, int packets) throws CommandException {
    for (int i = 0; i < packets; i += BATCH) {
      for (int k = 0; k < BATCH; k++) {
        offer(pair.near());
        offer(pair.far());
      }
      move();
      for (int k = 0; k < BATCH; k++) {
        take(pair.far());
        take(pair.near());
      }
    }
  }

  private void offer(NetInterface out) throws CommandException {
    if (out.offer(packet, 0, packet.length) != Put.DONE) {
      throw CommandException.failed("no room in " + out.name());
    }
  }

  private void take(NetInterface in) throws CommandException {
    if (in.poll(got, 0, got.length) != packet.length) {
      throw CommandException.failed("a packet got lost on its way to " + in.name());
    }
  }

  /// All that is to be sent, both ways.
  private void move() {
    int moved;
    do {
      moved = nearLine.take(buffer);
      farLine.arrive(buffer, moved);
      int back = farLine.take(buffer);
      nearLine.arrive(buffer, back);
      moved += back;
    } while (moved > 0);
  }
}
