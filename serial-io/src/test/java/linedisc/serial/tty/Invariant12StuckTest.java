package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Executor;
import linedisc.serial.life.WorkSignal;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.Test;

/// One stuck client, and twenty ports in a slow close, delay no other destroy.
class Invariant12StuckTest {
  private static final int PORTS = 20;

  @Test
  void slowClosesDelayNobody() {
    for (long seed = 0; seed < 20; seed++) {
      World.run(
          seed,
          world -> {
            for (int i = 0; i < PORTS; i++) {
              Tty tty = world.open();
              FakeLine line = world.lines.getLast();
              NetInterface bound = world.note(tty.bind(world.ppp()).netInterface());
              line.block();
              byte[] packet = Packets.numbered(i);
              bound.send(packet, 0, packet.length);
            }
            world.sync.awaitIdle();
            for (Tty tty : world.ports) {
              tty.close();
            }
            assertPrompt(world);
          });
    }
  }

  @Test
  void aHandlerThatNeverReturnsDelaysNobody() {
    Seeds.each(world -> {
      Tty tty = world.open();
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      WorkSignal release = new WorkSignal(world.sync);
      boolean[] inside = new boolean[1];
      Executor executor = task -> world.sync.spawn("task", task::run);
      ppp0.subscribe(
          executor,
          (buffer, offset, length) -> {
            inside[0] = true;
            boolean _ = release.await(Duration.ofDays(1).toNanos());
          });
      world.lines.getFirst().arrive(SchedulesTest.framed(1));
      world.sync.awaitIdle();
      assertTrue(inside[0]);
      world.lines.getFirst().arrive(SchedulesTest.framed(2));
      assertPrompt(world);
      ppp0.destroy().await();
      release.signal();
    });
  }

  private static void assertPrompt(World world) throws Exception {
    long before = world.sync.nanoTime();
    for (int i = 0; i < 3; i++) {
      Tty tty = world.open();
      NetInterface other = world.note(tty.bind(world.ppp()).netInterface());
      other.destroy().await();
    }
    long took = world.sync.nanoTime() - before;
    assertTrue(took < Duration.ofMillis(40).toNanos(), took + " ns");
    assertEquals(0, world.table.touches());
  }
}
