package linedisc.examples.pppd.line;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;
import org.jspecify.annotations.Nullable;

/// A line that carries nothing: it only asks its user, whenever there is work, what there is to
/// send, and takes none of it.
public final class BellTransport implements SerialTransport {
  private static final int OCTETS = 64;

  private final Semaphore work = new Semaphore(0);
  private volatile @Nullable Thread asking;

  /// A line that was not started.
  public BellTransport() {}

  @Override
  public String name() {
    return "(dormant)";
  }

  @Override
  public int speed() {
    return 0;
  }

  @Override
  public void start(TransportUser user) {
    asking = Thread.ofVirtual().name("dormant").start(() -> ask(user));
  }

  private void ask(TransportUser user) {
    byte[] nothing = new byte[OCTETS];
    try {
      while (!Thread.currentThread().isInterrupted()) {
        work.acquire();
        int _ = work.drainPermits();
        int _ = user.fill(nothing, 0, nothing.length);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  @Override
  public void workReady() {
    work.release();
  }

  @Override
  public CloseResult close(Duration drain) {
    Thread thread = asking;
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return CloseResult.CLOSED;
  }
}
