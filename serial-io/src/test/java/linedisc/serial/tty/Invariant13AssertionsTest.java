package linedisc.serial.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import linedisc.serial.life.Gate;
import linedisc.serial.life.LockRank;
import linedisc.serial.life.Mailbox;
import linedisc.serial.life.OwnThread;
import linedisc.serial.life.PacketQueue;
import linedisc.serial.life.PortLock;
import linedisc.serial.life.Removal;
import linedisc.serial.life.Sync;
import linedisc.serial.net.InterfaceTable;
import org.junit.jupiter.api.Test;

/// The assertions of lock order and gates are on in all tests of this module, so a violation fails
/// whatever test it happens in; and they do fire.
class Invariant13AssertionsTest {
  private final Sync sync = Sync.system();
  private final PortLock table = new PortLock(sync, LockRank.TABLE);
  private final PortLock port = new PortLock(sync, LockRank.PORT);

  @Test
  void tableGoesBeforePort() {
    table.lock();
    port.lock();
    port.unlock();
    table.unlock();
    assertTrue(LockRank.noneHeld());
    port.lock();
    assertThrows(AssertionError.class, table::lock);
    assertThrows(AssertionError.class, new PortLock(sync, LockRank.PORT)::lock);
    port.unlock();
    assertTrue(LockRank.noneHeld());
  }

  @Test
  void nothingGoesInsideALeaf() {
    assertTrue(LockRank.LEAF.enter());
    assertThrows(AssertionError.class, port::lock);
    assertThrows(AssertionError.class, LockRank.LEAF::enter);
    assertTrue(LockRank.LEAF.leave());
  }

  @Test
  void nobodyWaitsOrCallsNativeCodeUnderALock() {
    Gate gate = new Gate(sync);
    PacketQueue queue = new PacketQueue(sync, () -> {}, 1, 100);
    byte[] packet = new byte[10];
    Mailbox<String> mailbox = new Mailbox<>(sync);
    port.lock();
    assertThrows(AssertionError.class, () -> gate.enter(Gate.Side.READ));
    assertThrows(AssertionError.class, () -> queue.take(packet, 0, 10, Sync.FOREVER));
    assertThrows(AssertionError.class, () -> queue.put(packet, 0, 10, false, Sync.FOREVER));
    assertThrows(AssertionError.class, mailbox::take);
    port.unlock();
    assertTrue(gate.enter(Gate.Side.READ));
    gate.leave(Gate.Side.READ);
  }

  @Test
  void nobodyOfOursAwaitsARemoval() throws Exception {
    try (InterfaceTable interfaces = new InterfaceTable()) {
      Removal removal = interfaces.create("ppp").destroy();
      boolean before = OwnThread.enter();
      assertThrows(IllegalStateException.class, removal::await);
      OwnThread.leave(before);
      port.lock();
      assertThrows(IllegalStateException.class, removal::await);
      port.unlock();
      removal.await();
      assertTrue(removal.isDone());
    }
  }

  @Test
  void aShutGateLetsNobodyIn() {
    Gate gate = new Gate(sync);
    assertTrue(gate.enter(Gate.Side.WRITE));
    assertTrue(gate.isInside(Gate.Side.WRITE));
    assertFalse(gate.isInside(Gate.Side.READ));
    assertTrue(gate.shut());
    assertFalse(gate.shut());
    assertFalse(gate.enter(Gate.Side.READ));
    assertFalse(gate.awaitEmpty(1000));
    gate.leave(Gate.Side.WRITE);
    assertTrue(gate.awaitEmpty(0));
    assertEquals(true, gate.isShut());
  }
}
