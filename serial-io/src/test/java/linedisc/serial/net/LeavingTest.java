package linedisc.serial.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import linedisc.serial.life.Closer;
import linedisc.serial.life.Removal;
import linedisc.serial.life.Sync;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A consumer that holds name and unit outside of this process, as a device of the host does.
class LeavingTest {
  private final InterfaceTable table = new InterfaceTable();
  private final CountDownLatch mayGo = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);

  /// Leaves when it may.
  private final class Device implements InputHandler {
    private final Closer closer;

    Device(Closer.Attempt attempt) {
      closer = new Closer(Sync.system(), "device", attempt);
    }

    @Override
    public void inputReady(NetInterface netInterface) {}

    @Override
    public Removal leaving(NetInterface netInterface) {
      return closer.start();
    }

    @Override
    public void gone(NetInterface netInterface) {
      gone.countDown();
    }
  }

  @AfterEach
  void close() {
    mayGo.countDown();
    table.close();
  }

  private boolean await() {
    try {
      mayGo.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void nameAndUnitStayTakenUntilItHasLeft() throws Exception {
    NetInterface ppp0 = table.create("ppp0");
    ppp0.setInputHandler(new Device(this::await));
    Removal removal = ppp0.destroy();

    // The Reaper goes on: another's removal does not wait for this one.
    table.create("ppp1").destroy().await();
    assertFalse(removal.isDone());
    assertEquals(
        NetError.EEXIST, assertThrows(NetException.class, () -> table.create("ppp0")).error());
    assertEquals("ppp1", table.create("ppp").name());
    InterfaceInfo listed =
        table.list().stream().filter(i -> i.name().equals("ppp0")).findFirst().orElse(null);
    assertNotNull(listed, "it is listed while it leaves");
    assertEquals(InterfaceState.UNLINKED, listed.state());
    assertFalse(removal.await(Duration.ofMillis(1)));
    assertEquals(1, gone.getCount());

    mayGo.countDown();
    removal.await();
    gone.await();
    assertEquals("ppp0", table.create("ppp").name());
    assertEquals(0, table.touches());
  }

  @Test
  void onceThatFailsTheNameIsFreeAndTheFailureIsTold() throws Exception {
    NetInterface ppp0 = table.create("ppp0");
    ppp0.setInputHandler(
        new Device(() -> {
          throw new IllegalStateException("broken");
        }));
    Removal removal = ppp0.destroy();
    Throwable told = assertThrows(IllegalStateException.class, removal::await);
    assertNotNull(told.getCause());
    assertTrue(String.valueOf(told.getCause().getMessage()).contains("broken"));
    assertEquals("ppp0", table.create("ppp").name());
  }
}
