package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import linedisc.serial.net.InterfaceGoneException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.PacketTap;
import org.junit.jupiter.api.Test;

/// Whoever waits on an interface wakes with ENXIO when it is destroyed, within 100 ms, and never
/// sleeps on the dead one again.
class Invariant05BlockedCallersTest {
  @Test
  void receiversSendersAndTapsWake() {
    Seeds.each(world -> {
      Tty tty = world.open();
      FakeLine line = world.lines.getFirst();
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      line.block();
      List<Thread> waiting = new ArrayList<>();
      PacketTap tap = ppp0.tap(1000);
      for (int i = 0; i < 2; i++) {
        waiting.add(world.sync.spawn("receiver" + i, () -> receiveUntilGone(ppp0)));
        waiting.add(world.sync.spawn("sender" + i, () -> sendUntilGone(ppp0)));
      }
      waiting.add(world.sync.spawn("tap", () -> tapUntilGone(tap)));
      world.sync.awaitIdle();
      assertTrue(ppp0.statistics().outWaiting() > 100, "the queue is full");
      long before = world.sync.nanoTime();
      world.table.destroy(ppp0).await();
      for (Thread thread : waiting) {
        world.sync.join(thread);
      }
      long took = world.sync.nanoTime() - before;
      assertTrue(took < Duration.ofMillis(100).toNanos(), took + " ns");
      byte[] packet = Packets.numbered(1);
      assertThrows(InterfaceGoneException.class, () -> ppp0.receive(packet, 0, 24));
      assertThrows(InterfaceGoneException.class, () -> ppp0.send(packet, 0, 24));
      assertEquals(0, ppp0.statistics().touches());
    });
  }

  private static void receiveUntilGone(NetInterface target) {
    byte[] buffer = new byte[64];
    assertThrows(
        InterfaceGoneException.class,
        () -> {
          for (; ; ) {
            int _ = target.receive(buffer, 0, buffer.length);
          }
        });
  }

  private static void sendUntilGone(NetInterface target) {
    byte[] packet = Packets.numbered(1);
    assertThrows(
        InterfaceGoneException.class,
        () -> {
          for (; ; ) {
            target.send(packet, 0, packet.length);
          }
        });
  }

  private static void tapUntilGone(PacketTap tap) {
    PacketTap.Sighting sighting = new PacketTap.Sighting(64);
    assertThrows(
        InterfaceGoneException.class,
        () -> {
          for (; ; ) {
            boolean _ = tap.take(sighting, Duration.ofDays(1));
          }
        });
  }
}
