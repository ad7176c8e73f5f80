package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.Test;

/// No two live interfaces share a name, indexes are never used again, and whoever listens sees it
/// so.
class Invariant04UniqueNamesTest {
  @Test
  void whileOthersCreateBindAndDestroy() {
    Seeds.each(world -> {
      EventStream<InterfaceEvent> events = world.table.events();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Tty tty = world.open();
        threads.add(world.sync.spawn("churn" + i, () -> churn(world, tty)));
      }
      for (Thread thread : threads) {
        world.sync.join(thread);
      }
      world.sync.awaitIdle();
      replay(events);
    });
  }

  private static void churn(World world, Tty tty) throws Exception {
    for (int i = 0; i < 4; i++) {
      try {
        switch (world.sync.nextInt(3)) {
          case 0 -> world.note(world.table.create("ppp" + world.sync.nextInt(2)));
          case 1 -> {
            NetInterface bound = world.note(tty.bind(world.ppp()).netInterface());
            bound.destroy().await();
          }
          default -> world.table.destroy("ppp" + world.sync.nextInt(3)).await();
        }
      } catch (NetException e) {
        // Refused, as one of several must be.
      }
    }
  }

  private static void replay(EventStream<InterfaceEvent> events) {
    Map<String, Long> live = new HashMap<>();
    Map<Long, String> all = new HashMap<>();
    for (InterfaceEvent event = events.poll(); event != null; event = events.poll()) {
      switch (event) {
        case InterfaceEvent.Arrived(String name, long index) -> {
          assertNull(live.put(name, index), "two of " + name);
          assertNull(all.put(index, name), "index used again");
        }
        case InterfaceEvent.Departed(String name, long index) ->
            assertEquals(index, live.remove(name), name);
        case InterfaceEvent.Changed(String name, long index) ->
            assertTrue(all.containsKey(index), name + " changes before it has come");
      }
    }
    assertEquals(0, events.lost());
  }
}
