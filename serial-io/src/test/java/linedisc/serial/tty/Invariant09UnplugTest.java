package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.Test;

/// Unplug beside destroy beside re-bind beside close, in any order: the port ends CLOSED, or ZOMBIE
/// and listed until its write comes back; the native close ran once, never beside I/O.
class Invariant09UnplugTest {
  @Test
  void anyOrderEndsClosed() {
    Seeds.each(world -> pullOut(world, false));
  }

  @Test
  void aBlockedWriteMakesAZombieUntilItComesBack() {
    Seeds.each(world -> pullOut(world, true));
  }

  private static void pullOut(World world, boolean stuck) throws Exception {
    Tty tty = world.open();
    FakeLine line = world.lines.getFirst();
    NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
    if (stuck) {
      line.block();
      byte[] packet = Packets.numbered(1);
      ppp0.send(packet, 0, packet.length);
      world.sync.awaitIdle();
      assertTrue(line.isWriting());
    }
    List<Thread> actors = new ArrayList<>();
    actors.add(world.sync.spawn("unplug", line::unplug));
    actors.add(spawn(world, "destroy", () -> world.note(ppp0.destroy()).await()));
    actors.add(spawn(world, "bind", () -> world.note(tty.bind(world.ppp()).netInterface())));
    if (world.sync.nextInt(2) == 0) {
      actors.add(spawn(world, "close", () -> world.note(tty.close(Duration.ZERO))));
    }
    for (Thread actor : actors) {
      world.sync.join(actor);
    }
    if (stuck) {
      while (tty.state() != PortState.ZOMBIE) {
        world.sync.parkUntil(world.sync.nanoTime() + 10_000_000);
      }
      assertTrue(world.ttys.list().contains(tty));
      assertEquals(0, line.closes());
      line.unblock();
    }
    while (tty.state() != PortState.CLOSED) {
      world.sync.parkUntil(world.sync.nanoTime() + 10_000_000);
    }
    world.sync.awaitIdle();
    assertEquals(1, line.closes());
    assertTrue(world.ttys.list().isEmpty());
    assertEquals(1, world.table.list().size(), "only lo0 is left");
  }

  private static Thread spawn(World world, String name, Step step) {
    return world.sync.spawn(
        name,
        () -> {
          try {
            step.run();
          } catch (NetException e) {
            // The other was faster.
          }
        });
  }

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }
}
