package linedisc.examples.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import linedisc.serial.port.HangUp;
import linedisc.serial.port.NullModem;
import linedisc.serial.port.TransportUser;
import org.junit.jupiter.api.Test;

class MeteredTransportTest {
  /// Sends three octets, once, and waits for any.
  private static final class User implements TransportUser {
    final CountDownLatch received = new CountDownLatch(1);
    int toSend;

    User(int toSend) {
      this.toSend = toSend;
    }

    @Override
    public long mark() {
      return 7;
    }

    @Override
    public void input(long mark, byte[] buffer, int offset, int length) {
      assertEquals(7, mark);
      received.countDown();
    }

    @Override
    public int fill(byte[] buffer, int offset, int length) {
      int octets = toSend;
      toSend = 0;
      return octets;
    }

    @Override
    public void hungUp(HangUp cause) {}
  }

  private final NullModem wire = new NullModem("wire", 1000, () -> {});
  private final MeteredTransport left = new MeteredTransport(wire.left());
  private final MeteredTransport right = new MeteredTransport(wire.right());
  private final User receiver = new User(0);

  private void start() {
    left.start(new User(3));
    right.start(receiver);
    wire.step(0);
  }

  @Test
  void octetsAreOnTheWireUntilTheyAreRead() {
    assertTrue(left.hasReached(right));
    start();
    assertFalse(left.hasReached(right));
    assertTrue(right.hasReached(left));
    wire.step(1_000_000_000);
    assertTrue(left.hasReached(right));
    assertEquals(0, receiver.received.getCount());
  }

  @Test
  void whatIsHeldHasBeenRead() throws InterruptedException {
    start();
    right.hold();
    Thread reader = Thread.ofPlatform().start(() -> wire.step(1_000_000_000));
    while (reader.isAlive() && !right.isHolding()) {
      Thread.onSpinWait();
    }
    assertTrue(left.hasReached(right));
    right.release();
    assertTrue(receiver.received.await(10, TimeUnit.SECONDS));
    reader.join();
    assertFalse(right.isHolding());
  }
}
