package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import linedisc.serial.life.EventStream;
import linedisc.serial.life.LockRank;
import linedisc.serial.net.InterfaceBinding;
import linedisc.serial.net.InterfaceCloner;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.InterfaceSettings;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.Test;

/// A create or bind that fails at any step leaves no unit, name or lock behind.
class Invariant14FailedCreateTest {
  /// What the cloner throws, and where.
  private enum Failure {
    SETTINGS_REFUSE,
    SETTINGS_BREAK,
    BUILT_REFUSE,
    BUILT_BREAK,
    NONE
  }

  private static final class Moody implements InterfaceCloner {
    Failure failure = Failure.NONE;

    @Override
    public String type() {
      return "moody";
    }

    @Override
    public int maxUnit() {
      return 1;
    }

    @Override
    public InterfaceSettings settings(String name, int unit) throws NetException {
      assertTrue(LockRank.noneHeld());
      fail(Failure.SETTINGS_REFUSE, Failure.SETTINGS_BREAK, name);
      return InterfaceSettings.pointToPoint(1500);
    }

    @Override
    public void built(InterfaceBinding binding) throws NetException {
      assertTrue(LockRank.noneHeld());
      fail(Failure.BUILT_REFUSE, Failure.BUILT_BREAK, binding.netInterface().name());
    }

    private void fail(Failure refuse, Failure broken, String name) throws NetException {
      if (failure == refuse) {
        throw NetError.EIO.on(name);
      }
      if (failure == broken) {
        throw new IllegalStateException(name);
      }
    }
  }

  @Test
  void clonersThatFail() {
    Seeds.each(world -> {
      Moody moody = new Moody();
      world.table.register(moody);
      EventStream<InterfaceEvent> events = world.table.events();
      for (Failure failure : Failure.values()) {
        if (failure == Failure.NONE) {
          continue;
        }
        moody.failure = failure;
        assertThrows(Exception.class, () -> world.table.create("moody"));
        assertThrows(Exception.class, () -> world.table.create("moody1"));
        assertThrows(Exception.class, () -> world.table.open("moody"));
        assertTrue(LockRank.noneHeld());
        assertNull(world.table.find("moody0"));
        assertNull(events.poll());
      }
      moody.failure = Failure.NONE;
      assertEquals("moody0", world.note(world.table.create("moody")).name());
      assertEquals("moody1", world.note(world.table.create("moody")).name());
      NetException full = assertThrows(NetException.class, () -> world.table.create("moody"));
      assertEquals(NetError.ENOSPC, full.error());
    });
  }

  @Test
  void disciplinesThatFail() {
    Seeds.each(world -> {
      Tty tty = world.open();
      LineDiscipline broken =
          new QuietDiscipline(
              "broken",
              () -> {
                throw new IllegalStateException("broken");
              });
      assertThrows(IllegalStateException.class, () -> tty.bind(broken));
      assertTrue(LockRank.noneHeld());
      assertEquals(PortState.OPEN, tty.state());
      assertNull(world.table.find("ppp0"));
      NetInterface kept = world.note(world.table.create("ppp0"));
      assertThrows(IllegalStateException.class, () -> tty.bind(broken));
      assertThrows(IllegalStateException.class, () -> tty.bind(broken, kept));
      assertEquals(kept, world.note(tty.bind(world.ppp()).netInterface()), "idle again");
    });
  }

  @Test
  void bindsThatLoseARace() {
    Seeds.each(world -> {
      Tty tty = world.open();
      Thread one = world.sync.spawn("bind", () -> tryBind(world, tty));
      Thread other = world.sync.spawn("bind", () -> tryBind(world, tty));
      Thread closer =
          world.sync.spawn("close", () -> world.note(tty.close(java.time.Duration.ZERO)));
      world.sync.join(one);
      world.sync.join(other);
      world.sync.join(closer);
      world.sync.awaitIdle();
      assertEquals(1, world.table.list().size(), "only lo0 is left");
      assertEquals("ppp0", world.note(world.table.create("ppp")).name());
    });
  }

  private static void tryBind(World world, Tty tty) {
    try {
      world.note(tty.bind(world.ppp()).netInterface());
    } catch (NetException e) {
      assertTrue(e.error() == NetError.EBUSY || e.error() == NetError.EIO, e::toString);
    }
  }
}
