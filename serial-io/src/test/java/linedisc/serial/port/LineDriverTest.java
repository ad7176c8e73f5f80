package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// The driver over a line that does what the test says.
class LineDriverTest {
  /// A line with a modem's carrier; reads wait until it is unplugged or woken.
  private static class ModemWire implements Line {
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean unplugged;
    private volatile boolean carrier;
    private volatile boolean closed;

    @Override
    public int read(byte[] b) {
      try {
        // The longest that a real port's read waits with a modem.
        boolean _ = ended.await(5, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        return 0;
      }
      return unplugged ? -1 : 0;
    }

    @Override
    public int write(byte[] b, int off, int len) {
      return len;
    }

    @Override
    public HangUp gone(int answer) {
      return new HangUp.DeviceGone(5, "unplugged");
    }

    @Override
    public boolean watchesCarrier() {
      return true;
    }

    @Override
    public boolean carrier() {
      return carrier;
    }

    @Override
    public void wake() {
      ended.countDown();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Recorder user = new Recorder();
  private final LineDriver[] drivers = new LineDriver[1];

  @Test
  void aModemWithoutCarrierIsToldOfBeforeAnythingElse() {
    ModemWire line = new ModemWire();
    LineDriver driver = driver(line);
    driver.start(user);
    assertEquals(List.of(false), user.carriers());
    line.carrier = true;
    user.await(() -> user.carriers().size() == 2);
    assertEquals(List.of(false, true), user.carriers());
    assertEquals(CloseResult.CLOSED, driver.close(Duration.ZERO));
  }

  @Test
  void carrierThatIsThereGoesWithoutSaying() {
    ModemWire line = new ModemWire();
    line.carrier = true;
    LineDriver driver = driver(line);
    driver.start(user);
    line.carrier = false;
    user.await(() -> !user.carriers().isEmpty());
    assertEquals(List.of(false), user.carriers());
    assertEquals(CloseResult.CLOSED, driver.close(Duration.ZERO));
  }

  /// Asking for the reason is a native call too.
  @Test
  void aCloseWaitsForTheQuestionWhyTheLineHasGone() {
    boolean[] closedMeanwhile = {true};
    ModemWire line =
        new ModemWire() {
          @Override
          public HangUp gone(int answer) {
            Thread closer = Thread.ofPlatform().start(this::closeDriver);
            while (closer.getState() != Thread.State.TIMED_WAITING) {
              LockSupport.parkNanos(1_000_000);
            }
            closedMeanwhile[0] = super.closed;
            return super.gone(answer);
          }

          private void closeDriver() {
            assertEquals(CloseResult.CLOSED, drivers[0].close(Duration.ZERO));
          }
        };
    drivers[0] = driver(line);
    drivers[0].start(user);
    line.unplugged = true;
    while (!line.closed) {
      LockSupport.parkNanos(1_000_000);
    }
    assertFalse(closedMeanwhile[0]);
  }

  @Test
  void anUnpluggedLineHangsUpOnce() {
    ModemWire line = new ModemWire();
    LineDriver driver = driver(line);
    driver.start(user);
    line.unplugged = true;
    assertInstanceOf(HangUp.DeviceGone.class, user.awaitHangUp());
    assertEquals(CloseResult.CLOSED, driver.close(Duration.ZERO));
    assertEquals(1, user.hangUps());
    assertTrue(line.closed);
  }

  private static LineDriver driver(Line line) {
    return new LineDriver("wire", line, Duration.ZERO);
  }
}
