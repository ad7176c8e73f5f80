package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import linedisc.serial.life.PacketQueue;
import linedisc.serial.net.InterfaceGoneException;
import linedisc.serial.net.InterfaceRef;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.NetworkMode;
import linedisc.serial.net.NetworkProtocol;
import org.junit.jupiter.api.Test;

/// A handle on an old ppp0 gets ENXIO after a new ppp0 exists, and never sees its packets.
class Invariant11OldHandleTest {
  @Test
  void theOldOneStaysDead() {
    Seeds.each(world -> {
      Tty tty = world.open();
      FakeLine line = world.lines.getFirst();
      NetInterface old = world.note(tty.bind(world.ppp()).netInterface());
      InterfaceRef ref = old.refer("test");
      line.arrive(SchedulesTest.framed(1));
      world.sync.awaitIdle();
      old.destroy().await();
      NetInterface fresh = world.note(tty.bind(world.ppp()).netInterface());
      assertEquals("ppp0", fresh.name());
      assertNotEquals(old.index(), fresh.index());
      line.arrive(SchedulesTest.framed(2));
      world.sync.awaitIdle();

      byte[] packet = Packets.numbered(9);
      byte[] got = new byte[64];
      assertThrows(InterfaceGoneException.class, () -> old.send(packet, 0, 24));
      assertThrows(InterfaceGoneException.class, () -> old.receive(got, 0, 64));
      assertThrows(InterfaceGoneException.class, () -> old.receive(got, 0, 64, Duration.ZERO));
      assertEquals(PacketQueue.GONE, old.poll(got, 0, 64));
      assertEquals(PacketQueue.Put.GONE, old.offer(packet, 0, 24));
      assertThrows(InterfaceGoneException.class, old::destroy);
      assertThrows(InterfaceGoneException.class, old::up);
      assertThrows(InterfaceGoneException.class, old::down);
      assertThrows(InterfaceGoneException.class, old::keep);
      assertThrows(InterfaceGoneException.class, () -> old.setMtu(576));
      assertThrows(
          InterfaceGoneException.class, () -> old.setMode(NetworkProtocol.IPV4, NetworkMode.DROP));
      assertThrows(InterfaceGoneException.class, () -> old.tap(100));
      assertThrows(InterfaceGoneException.class, () -> old.refer("late"));
      assertThrows(NetException.class, () -> tty.bind(world.ppp(), old));
      assertNull(ref.follow());
      ref.close();
      assertEquals(0, old.statistics().touches());

      assertEquals(24, fresh.poll(got, 0, got.length));
      assertEquals(2, Packets.number(got));
      assertEquals(PacketQueue.EMPTY, fresh.poll(got, 0, got.length));
    });
  }
}
