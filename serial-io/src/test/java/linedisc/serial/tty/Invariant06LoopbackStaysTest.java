package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import linedisc.serial.net.InterfaceInfo;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.Test;

/// `lo0` can't be destroyed, and nothing has changed after the attempt; `lo1` comes and goes.
class Invariant06LoopbackStaysTest {
  @Test
  void lo0Stays() {
    Seeds.each(world -> {
      NetInterface lo0 = world.table.get("lo0");
      List<InterfaceInfo> before = world.table.list();
      NetException e = assertThrows(NetException.class, () -> world.table.destroy("lo0"));
      assertEquals(NetError.EPERM, e.error());
      assertEquals(before, world.table.list());
      byte[] packet = Packets.numbered(5);
      lo0.send(packet, 0, packet.length);
      byte[] got = new byte[64];
      assertEquals(packet.length, lo0.receive(got, 0, got.length));
      assertEquals(5, Packets.number(got));
    });
  }

  @Test
  void lo1ComesAndGoes() {
    Seeds.each(world -> {
      for (int i = 0; i < 3; i++) {
        assertEquals("lo1", world.note(world.table.create("lo")).name());
        assertNotNull(world.table.find("lo1"));
        world.table.destroy("lo1").await();
        assertNull(world.table.find("lo1"));
      }
    });
  }
}
