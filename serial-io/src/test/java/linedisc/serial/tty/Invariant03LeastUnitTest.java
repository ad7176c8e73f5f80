package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.TreeSet;
import linedisc.serial.life.Removal;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.Test;

/// A wildcard create gives the least free unit, and numbers do not grow over connect and hang-up
/// cycles. Against a model over random histories: InterfaceTableModelTest.
class Invariant03LeastUnitTest {
  @Test
  void connectAndHangUpUseTheSameUnitAgain() {
    Seeds.each(world -> {
      for (int i = 0; i < 5; i++) {
        Tty tty = world.open();
        NetInterface bound = world.note(tty.bind(world.ppp()).netInterface());
        assertEquals("ppp0", bound.name());
        if (world.sync.nextInt(2) == 0) {
          world.lines.getLast().unplug();
        } else {
          world.note(tty.close(java.time.Duration.ZERO));
        }
        world.sync.awaitIdle();
      }
    });
  }

  @Test
  void unitsComeBackLowestFirst() {
    Seeds.each(world -> {
      TreeSet<Integer> taken = new TreeSet<>();
      for (int i = 0; i < 20; i++) {
        if (taken.isEmpty() || world.sync.nextInt(3) > 0) {
          int least = 0;
          while (taken.contains(least)) {
            least++;
          }
          assertEquals("ppp" + least, world.note(world.table.create("ppp")).name());
          taken.add(least);
        } else {
          Integer unit = taken.ceiling(world.sync.nextInt(taken.last() + 1));
          assertNotNull(unit);
          Removal removal = world.note(world.table.destroy("ppp" + unit));
          removal.await();
          taken.remove(unit);
        }
      }
    });
  }
}
