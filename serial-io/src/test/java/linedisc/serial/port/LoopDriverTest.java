package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Pty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a loop makes of lines that say more than a pty can.
@Timeout(60)
class LoopDriverTest {
  private static final Duration LONG = Duration.ofSeconds(90);

  private static final long LOOKS_NANOS = 50_000_000L;

  private final Libc libc = new Libc(4096);
  private final EpollLoop loop = new EpollLoop();

  @BeforeEach
  void needsPtys() {
    Ptys.assumed();
  }

  /// After a hang-up nothing is sent, whatever the device still holds.
  @Test
  void aCloseAfterAHangUpDoesNotWait() throws PortException {
    Pty pty = Pty.open(libc);
    LoopDriver driver = new LoopDriver("full", new FullLine(pty.master()), Duration.ZERO, loop);
    Recorder user = new Recorder();
    driver.start(user);
    libc.close(pty.openSlave(libc));
    assertInstanceOf(HangUp.PeerClosed.class, user.awaitHangUp());
    assertEquals(CloseResult.CLOSED, driver.close(LONG));
  }

  /// Room in the kernel is no reason to look at once for what the pace does not allow yet.
  @Test
  void aPacedLineIsLookedAtNowAndThen() throws Exception {
    Pty pty = Pty.open(libc);
    int slave = pty.openSlave(libc);
    PacedLine line = new PacedLine(pty.master());
    LoopDriver driver = new LoopDriver("paced", line, Duration.ZERO, loop);
    Recorder user = new Recorder();
    user.send(new byte[100_000]);
    driver.start(user);
    byte[] b = new byte[4096];
    // The line, full at first, has room then.
    while (line.paced.getCount() == PacedLine.LOOKS) {
      libc.read(slave, b, 0, b.length);
    }
    line.paced.await();
    // A wait may be longer than it should, but not shorter.
    assertTrue(line.elapsed() >= LOOKS_NANOS, line.elapsed() + " ns");
    assertEquals(CloseResult.CLOSED, driver.close(Duration.ZERO));
    libc.close(slave);
  }

  /// Takes what it can until it is full; then its pace allows nothing.
  private static final class PacedLine implements PolledLine {
    static final int LOOKS = 10;

    /// A pty holds less than so many times 4096 octets.
    private static final int LOOKS_UNTIL_FULL = 20;

    final CountDownLatch paced = new CountDownLatch(LOOKS);
    private final int descriptor;
    private int looks;
    private long first;
    private volatile long last;

    PacedLine(int descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public int descriptor() {
      return descriptor;
    }

    @Override
    public int room(Libc libc) {
      if (looks++ < LOOKS_UNTIL_FULL) {
        return Integer.MAX_VALUE;
      }
      last = System.nanoTime();
      first = first == 0 ? last : first;
      paced.countDown();
      return 0;
    }

    long elapsed() {
      return last - first;
    }

    @Override
    public HangUp gone(int answer) {
      return DescriptorLine.cause(answer);
    }

    @Override
    public void close() {
      new Libc(Long.BYTES).close(descriptor);
    }
  }

  /// Its device sends nothing any more.
  private record FullLine(int descriptor) implements PolledLine {
    @Override
    public HangUp gone(int answer) {
      return DescriptorLine.cause(answer);
    }

    @Override
    public boolean pending() {
      return true;
    }

    @Override
    public void close() {
      new Libc(Long.BYTES).close(descriptor);
    }
  }
}
