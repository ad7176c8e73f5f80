package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import linedisc.serial.net.InterfaceState;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.Test;

/// After a destroy has been awaited nothing touches the interface: not the reader, the writer, the
/// clock, a tap, a handler or a stale handle.
class Invariant01NoTouchTest {
  @Test
  void underTrafficBothWays() {
    Seeds.each(world -> {
      Tty a = world.open();
      Tty b = world.open();
      NetInterface ppp0 = world.note(a.bind(world.ppp()).netInterface());
      NetInterface ppp1 = world.note(b.bind(world.ppp()).netInterface());
      Thread _ = world.sync.spawn("out", () -> flood(ppp0));
      Thread _ = world.sync.spawn("in", () -> flood(ppp1));
      Thread _ = world.sync.spawn("consumer", () -> consume(ppp0));
      for (int i = world.sync.nextInt(50); i > 0; i--) {
        world.sync.step();
      }
      world.table.destroy(ppp0).await();
      assertEquals(InterfaceState.FREED, ppp0.state());
      flood(ppp0);
      world.lines.getFirst().arrive(SchedulesTest.framed(1));
      world.sync.awaitIdle();
      assertEquals(0, ppp0.statistics().touches());
    });
  }

  @Test
  void withTheClockTicking() {
    Seeds.each(world -> {
      Tty a = world.open();
      LineDiscipline ticking = new QuietDiscipline("ticking", TickingProtocol::new);
      NetInterface ppp0 = world.note(a.bind(ticking).netInterface());
      long wait = world.sync.nanoTime() + world.sync.nextInt(5_000_000);
      while (world.sync.nanoTime() < wait) {
        world.sync.parkUntil(wait);
      }
      world.table.destroy(ppp0).await();
      long later = world.sync.nanoTime() + 5_000_000;
      while (world.sync.nanoTime() < later) {
        world.sync.parkUntil(later);
      }
      assertEquals(0, ppp0.statistics().touches());
    });
  }

  private static void flood(NetInterface target) throws InterruptedException {
    try {
      for (int i = 0; i < 10; i++) {
        byte[] packet = Packets.numbered(i);
        target.send(packet, 0, packet.length);
      }
    } catch (NetException e) {
      // It has gone.
    }
  }

  private static void consume(NetInterface target) throws InterruptedException {
    try {
      byte[] buffer = new byte[64];
      for (; ; ) {
        int _ = target.receive(buffer, 0, buffer.length);
      }
    } catch (NetException e) {
      // It has gone.
    }
  }
}
