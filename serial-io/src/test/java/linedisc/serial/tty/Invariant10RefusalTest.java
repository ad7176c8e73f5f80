package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.InterfaceHandle;
import linedisc.serial.net.InterfaceInfo;
import linedisc.serial.net.InterfaceState;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.junit.jupiter.api.Test;

/// A request that is refused changes nothing that can be observed.
class Invariant10RefusalTest {
  @Test
  void destroysAndCreates() {
    Seeds.each(world -> {
      Tty tty = world.open();
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      NetInterface gone = world.note(world.table.create("ppp7"));
      gone.destroy().await();
      InterfaceHandle hidden = world.table.openPrivate("ppp5");
      Map<String, NetError> destroys =
          Map.of(
              "lo0", NetError.EPERM,
              "ppp1", NetError.ENXIO,
              "ppp", NetError.ENXIO,
              "ppp00", NetError.ENXIO,
              "ppp5", NetError.ENXIO,
              "ppp7", NetError.ENXIO,
              "", NetError.ENXIO);
      Map<String, NetError> creates =
          Map.of(
              "ppp0", NetError.EEXIST,
              "ppp5", NetError.EEXIST,
              "lo0", NetError.EEXIST,
              "ppp01", NetError.EINVAL,
              "ppp1x", NetError.EINVAL,
              "7", NetError.EINVAL,
              "", NetError.EINVAL,
              "eth0", NetError.EINVAL,
              "ppp32768", NetError.ENOSPC,
              "ppp99999999999", NetError.EINVAL);
      List<InterfaceInfo> before = world.table.list();
      EventStream<InterfaceEvent> events = world.table.events();
      for (Map.Entry<String, NetError> refused : destroys.entrySet()) {
        NetException e =
            assertThrows(NetException.class, () -> world.table.destroy(refused.getKey()));
        assertEquals(refused.getValue(), e.error(), refused.getKey());
        assertTrue(e.toString().contains(": " + e.error()), e::toString);
      }
      for (Map.Entry<String, NetError> refused : creates.entrySet()) {
        NetException e =
            assertThrows(NetException.class, () -> world.table.create(refused.getKey()));
        assertEquals(refused.getValue(), e.error(), refused.getKey());
      }
      assertThrows(NetException.class, gone::destroy);
      assertThrows(NetException.class, () -> tty.bind(world.ppp()));
      assertThrows(NetException.class, () -> tty.bind(RawDiscipline.INSTANCE));
      assertThrows(NetException.class, () -> tty.bind(world.ppp(), gone));
      world.sync.awaitIdle();
      assertEquals(before, world.table.list());
      assertNull(events.poll());
      assertEquals(ppp0, tty.netInterface());
      hidden.close();
    });
  }

  @Test
  void theDestroyerWhoLoses() {
    Seeds.each(world -> {
      NetInterface ppp0 = world.note(world.table.create("ppp0"));
      EventStream<InterfaceEvent> events = world.table.events();
      world.note(ppp0.destroy());
      NetException e = assertThrows(NetException.class, ppp0::destroy);
      assertEquals(NetError.ENXIO, e.error());
      world.table.awaitGone(ppp0.index());
      assertEquals(InterfaceState.FREED, ppp0.state());
      assertEquals(new InterfaceEvent.Departed("ppp0", ppp0.index()), events.poll());
      assertNull(events.poll());
    });
  }
}
