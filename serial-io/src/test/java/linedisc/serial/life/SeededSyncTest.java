package linedisc.serial.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeededSyncTest {
  @Test
  void sameSeedSameSchedule() {
    Set<List<Integer>> seen = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      List<Integer> first = new ArrayList<>();
      List<Integer> second = new ArrayList<>();
      assertEquals(new SeededSync(seed).run(() -> {}), new SeededSync(seed).run(() -> {}));
      long trace = race(seed, first);
      assertEquals(trace, race(seed, second), "seed " + seed);
      assertEquals(first, second, "seed " + seed);
      seen.add(first);
    }
    assertTrue(seen.size() > 10, "only " + seen.size() + " orders");
  }

  @Test
  void aDeadlockIsFound() {
    SeededSync sync = new SeededSync(1);
    AssertionError e =
        assertThrows(
            AssertionError.class,
            () ->
                sync.run(() -> {
                  for (; ; ) {
                    sync.park(Sync.FOREVER);
                  }
                }));
    assertTrue(e.toString().contains("deadlock"), e.toString());
  }

  @Test
  void timeJumpsToTheDeadline() {
    SeededSync sync = new SeededSync(1);
    long _ =
        sync.run(() -> {
          long deadline = sync.nanoTime() + 3_600_000_000_000L;
          while (sync.nanoTime() < deadline) {
            sync.parkUntil(deadline);
          }
        });
  }

  private static long race(long seed, List<Integer> order) {
    SeededSync sync = new SeededSync(seed);
    return sync.run(() -> {
      PortLock lock = new PortLock(sync, LockRank.PORT);
      for (int i = 0; i < 4; i++) {
        int number = i;
        Thread _ =
            sync.spawn(
                "actor" + i,
                () -> {
                  lock.lock();
                  order.add(number);
                  lock.unlock();
                });
      }
    });
  }
}
