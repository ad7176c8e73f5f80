package linedisc.examples.selftest;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import linedisc.serial.net.InterfaceHandle;
import linedisc.serial.net.InterfaceInfo;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;

/// Somebody else on the same machine: opens and closes interfaces that are never bound, so that
/// units go up and down, and looks at all the others.
final class Bystander implements Runnable {
  private static final List<String> TYPES = List.of("ppp", "sl", "lo");
  private static final long LONGEST_PAUSE = 1_000_000;

  private final InterfaceTable table;
  private final Counts counts;
  private final SplittableRandom random;
  private final BooleanSupplier over;

  Bystander(InterfaceTable table, Counts counts, SplittableRandom random, BooleanSupplier over) {
    this.table = table;
    this.counts = counts;
    this.random = random;
    this.over = over;
  }

  @Override
  public void run() {
    try {
      while (!over.getAsBoolean()) {
        // With an owner, it is not for a bind to claim.
        try (InterfaceHandle handle = table.open(TYPES.get(random.nextInt(TYPES.size())))) {
          look(handle.netInterface().name());
        }
        LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE));
      }
    } catch (NetException | RuntimeException | Error e) {
      counts.fault(Counts.Fault.FAILURES, "a bystander ended with " + e);
    }
  }

  private void look(String own) {
    long before = 0;
    boolean seen = false;
    for (InterfaceInfo info : table.list()) {
      boolean tombstone = info.statistics() == null;
      seen |= info.name().equals(own) && !tombstone;
      if (!tombstone && info.index() <= before) {
        counts.fault(Counts.Fault.FAILURES, "the list is out of order at " + info.name());
      }
      before = tombstone ? before : info.index();
    }
    if (!seen) {
      counts.fault(Counts.Fault.FAILURES, own + " is not in the list");
    }
  }
}
