package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NullModemTest {
  private static final long SECOND = 1_000_000_000L;

  private final Recorder left = new Recorder();
  private final Recorder right = new Recorder();

  @Test
  void anOctetTakesTenBitTimes() {
    NullModem wire = started(9600);
    left.send(new byte[] {1, 2, 3, 4});
    wire.left().workReady();
    wire.step(0);
    assertEquals(0, right.received().length);
    long octet = SECOND * 10 / 9600;
    wire.step(octet - 1);
    assertEquals(0, right.received().length);
    wire.step(octet + 1);
    assertArrayEquals(new byte[] {1}, right.received());
    wire.step(3 * octet + 3);
    assertArrayEquals(new byte[] {1, 2, 3}, right.received());
    assertEquals(4 * SECOND * 10 / 9600, wire.pollTimeout());
    wire.step(wire.pollTimeout());
    assertArrayEquals(new byte[] {1, 2, 3, 4}, right.received());
    assertEquals(Long.MAX_VALUE, wire.pollTimeout());
  }

  @Test
  void theSpeedIsKeptHoweverTheClockIsStepped() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Recorder sender = new Recorder();
      Recorder receiver = new Recorder();
      NullModem wire = new NullModem("wire", 115_200, () -> {});
      wire.left().start(sender);
      wire.right().start(receiver);
      byte[] data = octets(random, 5000);
      sender.send(data);
      wire.left().workReady();
      long now = 0;
      wire.step(now);
      while (wire.pollTimeout() != Long.MAX_VALUE) {
        now = Math.min(wire.pollTimeout(), now + random.nextLong(20_000_000));
        wire.step(now);
        long most = now / 10 * 115_200 / SECOND + 1;
        assertTrue(receiver.received().length <= most, "seed " + seed);
      }
      assertArrayEquals(data, receiver.received(), "seed " + seed);
      long least = 5000 * SECOND * 10 / 115_200;
      assertTrue(now >= least - 1000 && now < least + 100_000, "seed " + seed + ": " + now);
    }
  }

  @Test
  void bothDirectionsAtUnlimitedSpeed() {
    NullModem wire = started(0);
    byte[] one = octets(new SplittableRandom(1), 50_000);
    byte[] two = octets(new SplittableRandom(2), 30_000);
    left.send(one);
    right.send(two);
    wire.left().workReady();
    wire.right().workReady();
    wire.step(5);
    assertEquals(Long.MAX_VALUE, wire.pollTimeout());
    assertArrayEquals(one, right.received());
    assertArrayEquals(two, left.received());
  }

  @Test
  void anEndlessExchangeDoesNotHoldAStepForEver() {
    NullModem wire = new NullModem("wire", 0, () -> {});
    wire.left().start(new Echo(wire.left(), 1));
    wire.right().start(new Echo(wire.right(), 0));
    wire.step(3);
    assertEquals(3, wire.pollTimeout());
  }

  @Test
  void pulledOutBothEndsHangUpOnceAndNothingArrives() {
    NullModem wire = started(9600);
    left.send(new byte[100]);
    wire.left().workReady();
    wire.step(0);
    wire.hangUp();
    assertEquals(0, wire.pollTimeout());
    wire.step(SECOND);
    wire.step(2 * SECOND);
    assertEquals(1, left.hangUps());
    assertEquals(1, right.hangUps());
    assertInstanceOf(HangUp.PeerClosed.class, right.cause());
    assertEquals(0, right.received().length);
    assertEquals(Long.MAX_VALUE, wire.pollTimeout());
  }

  @Test
  void closingOneEndHangsUpTheOtherOnly() {
    NullModem wire = started(9600);
    left.send(new byte[] {5, 6});
    assertEquals(CloseResult.CLOSED, wire.left().close(Duration.ofSeconds(1)));
    assertArrayEquals(new byte[] {5, 6}, right.received());
    wire.step(1);
    assertEquals(0, left.hangUps());
    assertEquals(1, right.hangUps());
  }

  @Test
  void aPumpMovesManyWires() {
    int wires = 50;
    byte[] data = octets(new SplittableRandom(3), 20_000);
    try (NullModemPump pump = new NullModemPump()) {
      Recorder[] receivers = new Recorder[wires];
      for (int i = 0; i < wires; i++) {
        NullModem wire = pump.wire("wire " + i, i % 2 == 0 ? 0 : 4_000_000);
        Recorder sender = new Recorder();
        receivers[i] = new Recorder();
        wire.left().start(sender);
        wire.right().start(receivers[i]);
        sender.send(data);
        wire.left().workReady();
      }
      for (Recorder receiver : receivers) {
        assertArrayEquals(data, receiver.awaitReceived(data.length));
      }
    }
  }

  @Test
  void aUserThatThrowsStopsItsOwnWireOnly() {
    try (NullModemPump pump = new NullModemPump()) {
      NullModem bad = pump.wire("bad", 0);
      NullModem good = pump.wire("good", 0);
      Recorder thrower = new Recorder();
      thrower.failWith(new IllegalStateException("planted"));
      bad.left().start(left);
      bad.right().start(thrower);
      left.send(new byte[10]);
      bad.left().workReady();
      assertInstanceOf(HangUp.PeerClosed.class, left.awaitHangUp());
      Recorder sender = new Recorder();
      good.left().start(sender);
      good.right().start(right);
      sender.send(new byte[] {1});
      good.left().workReady();
      assertArrayEquals(new byte[] {1}, right.awaitReceived(1));
    }
  }

  private NullModem started(int speed) {
    NullModem wire = new NullModem("wire", speed, () -> {});
    wire.left().start(left);
    wire.right().start(right);
    wire.step(0);
    return wire;
  }

  private static byte[] octets(SplittableRandom random, int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }

  /// Sends back what it gets, at once.
  private static final class Echo implements TransportUser {
    private final SerialTransport line;
    private int pending;

    Echo(SerialTransport line, int pending) {
      this.line = line;
      this.pending = pending;
    }

    @Override
    public long mark() {
      return 0;
    }

    @Override
    public void input(long mark, byte[] buffer, int offset, int length) {
      pending += length;
      line.workReady();
    }

    @Override
    public int fill(byte[] buffer, int offset, int length) {
      int n = Math.min(pending, length);
      pending -= n;
      return n;
    }

    @Override
    public void hungUp(HangUp cause) {}
  }
}
