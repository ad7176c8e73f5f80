package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import linedisc.serial.life.Clock;
import linedisc.serial.life.Removal;
import linedisc.serial.net.InputHandler;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.PacketHandler;
import org.junit.jupiter.api.Test;

/// A destroy from a packet handler, an event listener, a timer or another port's thread neither
/// deadlocks nor stops a reader; waiting for it there is refused.
class Invariant07CallbacksTest {
  @Test
  void fromAPacketHandlerOnItsExecutor() {
    Seeds.each(world -> {
      Tty tty = world.open();
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      int[] gone = new int[1];
      Executor executor = task -> world.sync.spawn("task", task::run);
      ppp0.subscribe(
          executor,
          new PacketHandler() {
            @Override
            public void packet(byte[] buffer, int offset, int length) {
              destroy(ppp0);
            }

            @Override
            public void gone() {
              gone[0]++;
            }
          });
      world.lines.getFirst().arrive(SchedulesTest.framed(1));
      world.lines.getFirst().arrive(SchedulesTest.framed(2));
      world.sync.awaitIdle();
      assertNull(world.table.find("ppp0"));
      assertEquals(1, gone[0]);
      assertReads(world, tty);
    });
  }

  @Test
  void fromAPacketHandlerThatRunsOnTheDispatcher() {
    Seeds.each(world -> {
      Tty tty = world.open();
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      List<Throwable> refused = new ArrayList<>();
      ppp0.subscribe(
          Runnable::run,
          (buffer, offset, length) -> {
            Removal removal = destroy(ppp0);
            if (removal != null) {
              refused.add(assertThrows(IllegalStateException.class, removal::await));
            }
          });
      world.lines.getFirst().arrive(SchedulesTest.framed(1));
      world.sync.awaitIdle();
      assertEquals(1, refused.size());
      assertNull(world.table.find("ppp0"));
      assertReads(world, tty);
    });
  }

  @Test
  void fromAHouseConsumerOfAnotherPort() {
    Seeds.each(world -> {
      Tty a = world.open();
      Tty b = world.open();
      NetInterface ppp0 = world.note(a.bind(world.ppp()).netInterface());
      NetInterface ppp1 = world.note(b.bind(world.ppp()).netInterface());
      ppp0.setInputHandler(destroyer(ppp1));
      ppp1.setInputHandler(destroyer(ppp0));
      world.lines.getFirst().arrive(SchedulesTest.framed(1));
      world.lines.getLast().arrive(SchedulesTest.framed(2));
      world.sync.awaitIdle();
      NetInterface left = world.table.find("ppp0");
      assertTrue(left == null || world.table.find("ppp1") == null, "both are left");
      a.unbind();
      b.unbind();
      assertReads(world, a);
      assertReads(world, b);
    });
  }

  @Test
  void fromAnEventListener() {
    Seeds.each(world -> {
      Tty tty = world.open();
      Executor executor = task -> world.sync.spawn("listener", task::run);
      var _ =
          world.table.events(
              executor,
              event -> {
                if (event instanceof InterfaceEvent.Arrived(String _, long index)) {
                  NetInterface arrived = world.table.find(index);
                  if (arrived != null) {
                    destroy(arrived);
                  }
                }
              });
      for (int i = 0; i < 3; i++) {
        world.note(tty.bind(world.ppp()).netInterface());
        world.sync.awaitIdle();
        assertNull(world.table.find("ppp0"));
      }
      assertReads(world, tty);
    });
  }

  @Test
  void fromATimer() {
    Seeds.each(world -> {
      Tty tty = world.open();
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      try (Clock clock = new Clock(world.sync)) {
        Clock.Timer timer = clock.timer(() -> destroy(ppp0));
        timer.schedule(world.sync.nanoTime() + 1000);
        while (world.table.find("ppp0") != null) {
          world.sync.parkUntil(world.sync.nanoTime() + 100_000);
        }
      }
      assertReads(world, tty);
    });
  }

  private static InputHandler destroyer(NetInterface target) {
    byte[] buffer = new byte[64];
    return source -> {
      while (source.poll(buffer, 0, buffer.length) >= 0) {
        Removal removal = destroy(target);
        if (removal != null) {
          assertThrows(IllegalStateException.class, removal::await);
        }
      }
    };
  }

  private static @org.jspecify.annotations.Nullable Removal destroy(NetInterface target) {
    try {
      return target.destroy();
    } catch (NetException e) {
      return null;
    }
  }

  /// The port's reader still reads.
  private static void assertReads(World world, Tty tty) throws Exception {
    FakeLine line = world.lines.get(world.ports.indexOf(tty));
    NetInterface bound = world.note(tty.bind(world.ppp()).netInterface());
    line.arrive(SchedulesTest.framed(77));
    byte[] got = new byte[64];
    try {
      do {
        assertEquals(24, bound.receive(got, 0, got.length));
      } while (Packets.number(got) != 77);
    } catch (NetException e) {
      // The listener of arrivals was faster.
    }
  }
}
