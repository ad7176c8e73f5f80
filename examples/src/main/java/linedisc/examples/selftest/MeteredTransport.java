package linedisc.examples.selftest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.ForwardingTransport;
import linedisc.serial.port.ForwardingUser;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;
import org.jspecify.annotations.Nullable;

/// A line whose octets are counted as they pass between it and its tty, and whose reader can be
/// held up right after a read, as if the processor had been taken from it there.
///
/// What has been filled in at one end and has not been read at the other is on the wire: such
/// octets may reach whoever is bound next. What has been read belongs to the binding of that
/// moment.
final class MeteredTransport extends ForwardingTransport {
  /// A reader that nobody releases goes on by itself.
  private static final long LONGEST_HOLD_MILLIS = 200;

  /// The writer's.
  private volatile long filled;

  private volatile boolean filling;

  /// The reader's.
  private volatile long read;

  private volatile boolean holding;
  private volatile @Nullable CountDownLatch hold;

  MeteredTransport(SerialTransport line) {
    super(line);
  }

  /// Whether all octets that this end has sent have been read by the other.
  boolean hasReached(MeteredTransport other) {
    return !filling && filled == other.read;
  }

  /// Whether octets that the reader has read are kept from the tty at the moment.
  boolean isHolding() {
    return holding;
  }

  /// Holds up the reader, as soon as it has read something, until [#release].
  void hold() {
    hold = new CountDownLatch(1);
  }

  /// Lets the reader go on.
  void release() {
    CountDownLatch latch = hold;
    hold = null;
    if (latch != null) {
      latch.countDown();
    }
  }

  @Override
  public void start(TransportUser user) {
    line().start(new Metered(user));
  }

  @Override
  public CloseResult close(Duration drain) {
    release();
    return super.close(drain);
  }

  /// Between the line and its user.
  private final class Metered extends ForwardingUser {
    Metered(TransportUser user) {
      super(user);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one reader
    public void input(long mark, byte[] buffer, int offset, int length) {
      read += length;
      CountDownLatch latch = hold;
      if (latch != null) {
        await(latch);
      }
      super.input(mark, buffer, offset, length);
    }

    private void await(CountDownLatch latch) {
      holding = true;
      try {
        boolean _ = latch.await(LONGEST_HOLD_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        holding = false;
      }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public int fill(byte[] buffer, int offset, int length) {
      filling = true;
      try {
        int octets = super.fill(buffer, offset, length);
        filled += octets;
        return octets;
      } finally {
        filling = false;
      }
    }
  }
}
