package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import linedisc.serial.life.Removal;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.Test;

/// Of several concurrent destroys one succeeds and the others get ENXIO; the unit is freed once.
class Invariant02OneDestroyerTest {
  private static final int DESTROYERS = 4;

  @Test
  void ofABoundInterface() {
    Seeds.each(world -> {
      Tty tty = world.open();
      race(world, world.note(tty.bind(world.ppp()).netInterface()));
    });
  }

  @Test
  void besideAnUnbindThatTakesItAlong() {
    Seeds.each(world -> {
      Tty tty = world.open();
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      List<Removal> removals = new ArrayList<>();
      Thread unbinder =
          world.sync.spawn(
              "unbind",
              () -> {
                Removal removal = tty.unbind();
                if (removal != null) {
                  removals.add(world.note(removal));
                }
              });
      int wins = destroyAll(world, ppp0);
      world.sync.join(unbinder);
      assertEquals(1, wins + removals.size());
    });
  }

  @Test
  void besideAKeepThatComesTooLateOrNot() {
    Seeds.each(world -> {
      Tty tty = world.open();
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      boolean[] kept = new boolean[1];
      Thread keeper =
          world.sync.spawn(
              "keep",
              () -> {
                try {
                  ppp0.keep();
                  kept[0] = true;
                } catch (NetException e) {
                  assertEquals(NetError.ENXIO, e.error());
                }
              });
      Removal removal = tty.unbind();
      world.sync.join(keeper);
      if (kept[0]) {
        assertNull(removal, "kept, and yet it goes");
        assertEquals(ppp0, world.table.find("ppp0"));
      }
    });
  }

  private static void race(World world, NetInterface target) {
    assertEquals(1, destroyAll(world, target));
    world.sync.awaitIdle();
    assertNull(world.table.find(target.index()));
  }

  private static int destroyAll(World world, NetInterface target) {
    List<Thread> threads = new ArrayList<>();
    List<Removal> won = new ArrayList<>();
    for (int i = 0; i < DESTROYERS; i++) {
      boolean byName = i % 2 == 0;
      threads.add(
          world.sync.spawn(
              "destroyer" + i,
              () -> {
                try {
                  Removal removal = byName ? world.table.destroy(target.name()) : target.destroy();
                  won.add(world.note(removal));
                  removal.await();
                } catch (NetException e) {
                  assertEquals(NetError.ENXIO, e.error());
                }
              }));
    }
    for (Thread thread : threads) {
      world.sync.join(thread);
    }
    return won.size();
  }
}
