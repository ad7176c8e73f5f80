package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import linedisc.serial.life.PacketQueue;
import linedisc.serial.life.Removal;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.InterfaceHandle;
import linedisc.serial.net.InterfaceState;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.Network;
import linedisc.serial.net.NetworkMode;
import org.junit.jupiter.api.Test;

/// AUTO goes with its binding; STICKY stays, not RUNNING, its senders woken.
class Invariant15AutoAndStickyTest {
  /// How a binding can end.
  private enum Ending {
    UNBIND,
    HANG_UP,
    CLOSE
  }

  @Test
  void autoGoes() {
    Seeds.each(world -> {
      Tty tty = world.open();
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      assertFalse(ppp0.is(InterfaceFlag.STICKY));
      end(world, tty);
      world.sync.awaitIdle();
      assertEquals(InterfaceState.FREED, ppp0.state());
      assertNull(world.table.find("ppp0"));
    });
  }

  @Test
  void stickyStays() {
    Seeds.each(world -> {
      Tty tty = world.open();
      NetInterface ppp0 = world.note(tty.bind(world.ppp()).netInterface());
      ppp0.keep();
      assertTrue(ppp0.is(InterfaceFlag.RUNNING));
      world.lines.getFirst().block();
      boolean[] refused = new boolean[1];
      Thread sender = world.sync.spawn("sender", () -> refused[0] = sendUntilDown(ppp0));
      world.sync.awaitIdle();
      assertTrue(ppp0.statistics().outWaiting() > 100);
      end(world, tty);
      world.sync.join(sender);
      assertTrue(refused[0]);
      world.lines.getFirst().unblock();
      world.sync.awaitIdle();
      assertEquals(InterfaceState.ATTACHED, ppp0.state());
      assertFalse(ppp0.is(InterfaceFlag.RUNNING));
      assertTrue(ppp0.is(InterfaceFlag.UP));
      assertEquals(0, ppp0.statistics().outWaiting());
      assertEquals(PacketQueue.Put.DOWN, ppp0.offer(Packets.numbered(1), 0, 24));

      Tty other = world.open();
      assertEquals(ppp0, other.bind(world.ppp()).netInterface(), "idle, so claimed");
      ppp0.send(Packets.numbered(1), 0, 24);
      world.sync.awaitIdle();
      assertEquals(26, world.lines.getLast().written().length);
    });
  }

  @Test
  void withModeQueuePacketsWaitForTheNextBinding() {
    Seeds.each(world -> {
      NetInterface ppp0 = world.note(world.table.create("ppp"));
      ppp0.setIdleMode(NetworkMode.QUEUE);
      for (int i = 0; i < 40; i++) {
        PacketQueue.Put _ = ppp0.offer(Packets.numbered(i), 0, 24);
      }
      assertEquals(8, ppp0.statistics().outDropped(), "at most 32 wait");
      Tty tty = world.open();
      assertEquals(ppp0, tty.bind(world.ppp()).netInterface());
      world.sync.awaitIdle();
      assertEquals(32, ppp0.statistics().outPackets());
      world.lines.getFirst().block();
      for (int i = 0; i < 20; i++) {
        ppp0.send(Packets.numbered(i), 0, 24);
      }
      world.sync.awaitIdle();
      int waiting = ppp0.statistics().outWaiting();
      end(world, tty);
      ppp0.send(Packets.numbered(1), 0, 24);
      world.lines.getFirst().unblock();
      world.sync.awaitIdle();
      long before = ppp0.statistics().outPackets();
      Tty other = world.open();
      assertEquals(ppp0, other.bind(world.ppp()).netInterface());
      world.sync.awaitIdle();
      long sent = ppp0.statistics().outPackets() - before;
      assertEquals(waiting + 1, sent, "what no port has taken waits");
    });
  }

  @Test
  void negotiatedAddressesGoWithTheBinding() {
    Seeds.each(world -> {
      NetInterface ppp0 = world.note(world.table.create("ppp"));
      AddressPair configured = pair("10.0.0.1", "10.0.0.2");
      AddressPair negotiated = pair("192.0.2.1", "192.0.2.2");
      ppp0.configure(configured);
      Tty tty = world.open();
      LineDiscipline addressed =
          new QuietDiscipline(
              "addressed",
              () ->
                  new QuietDiscipline.Protocol() {
                    @Override
                    public void lowerUp(Network network, long now) {
                      network.opened(negotiated);
                    }
                  });
      assertEquals(ppp0, tty.bind(addressed).netInterface());
      assertEquals(List.of(negotiated), ppp0.addresses());
      end(world, tty);
      assertEquals(List.of(configured), ppp0.addresses());
    });
  }

  @Test
  void anOwnedInterfaceStaysAsLongAsItsHandle() {
    Seeds.each(world -> {
      Tty tty = world.open();
      InterfaceHandle handle = world.table.open("ppp");
      NetInterface ppp0 = world.note(handle.netInterface());
      NetInterface other = tty.bind(world.ppp()).netInterface();
      assertEquals("ppp1", world.note(other).name(), "owned is not idle");
      world.table.destroy("ppp1").await();
      assertEquals(ppp0, tty.bind(world.ppp(), ppp0).netInterface());
      assertNull(tty.unbind(), "its owner keeps it");
      assertEquals(InterfaceState.ATTACHED, ppp0.state());
      if (world.sync.nextInt(2) == 0) {
        Removal removal = handle.release();
        assertNotNull(removal);
        removal.await();
      } else {
        Link _ = tty.bind(world.ppp(), ppp0);
        assertNull(handle.release(), "its binding keeps it");
        Removal removal = tty.unbind();
        assertNotNull(removal);
        removal.await();
      }
      assertNull(world.table.find("ppp0"));
    });
  }

  private static AddressPair pair(String local, String remote) throws Exception {
    return new AddressPair(InetAddress.ofLiteral(local), InetAddress.ofLiteral(remote));
  }

  private static boolean sendUntilDown(NetInterface target) throws InterruptedException {
    byte[] packet = Packets.numbered(1);
    NetException e =
        assertThrows(
            NetException.class,
            () -> {
              for (; ; ) {
                target.send(packet, 0, packet.length);
              }
            });
    return e.error() == NetError.ENETDOWN;
  }

  private static void end(World world, Tty tty) {
    Ending[] endings = Ending.values();
    switch (endings[world.sync.nextInt(endings.length)]) {
      case UNBIND -> {
        Removal _ = tty.unbind();
      }
      case HANG_UP -> {
        FakeLine line = world.lines.get(world.ports.indexOf(tty));
        line.unplug();
        while (tty.netInterface() != null) {
          world.sync.parkUntil(world.sync.nanoTime() + 1000);
        }
      }
      case CLOSE -> {
        Removal _ = tty.close(Duration.ZERO);
      }
    }
  }
}
