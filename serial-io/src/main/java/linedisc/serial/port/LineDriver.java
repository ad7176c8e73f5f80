package linedisc.serial.port;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import linedisc.serial.life.Gate;
import linedisc.serial.life.Gate.Side;
import linedisc.serial.life.Sync;
import linedisc.serial.life.WorkSignal;
import org.jspecify.annotations.Nullable;

/// Two platform threads between a [Line] and its user. Native calls block, and would pin the
/// carrier of a virtual thread.
///
/// Each native call passes the gate. A close shuts the gate and waits until nobody is inside: a
/// write that never returns leaves the line a zombie, to be closed later, and never closed
/// underneath it.
final class LineDriver implements Driver {
  private static final int READ_OCTETS = 4096;
  private static final long CARRIER_POLL_NANOS = 200_000_000L;
  private static final long PENDING_POLL_NANOS = 10_000_000L;

  /// Longer than any `read` of a [Line] waits.
  private static final long GATE_NANOS = 2_000_000_000L;

  private enum Phase {
    RUNNING,
    /// The writer ends when there is nothing left to write.
    DRAINING,
    /// Both threads end.
    STOPPED
  }

  private final String name;
  private final Line line;
  private final long stallNanos;
  private final Sync sync = Sync.system();
  private final Gate gate = new Gate(sync);
  private final WorkSignal work = new WorkSignal(sync);
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean hungUp = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile Phase phase = Phase.RUNNING;

  /// When the write under way began to wait; 0: none is under way.
  private volatile long writingSince;

  /// What the user believes; the reader's once that has started.
  private boolean carrier = true;

  private volatile @Nullable Thread reader;
  private volatile @Nullable Thread writer;

  // Owned by whoever holds `closing`.
  private boolean zombie;
  private boolean closed;

  /// A driver, not started.
  ///
  /// @param stallLimit zero: none
  LineDriver(String name, Line line, Duration stallLimit) {
    this.name = name;
    this.line = line;
    this.stallNanos = stallLimit.toNanos();
  }

  @Override
  public void start(TransportUser user) {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException(name + " has been started before");
    }
    tellCarrier(user);
    reader = sync.start("read " + name, () -> guard(user, this::read));
    writer = sync.start("write " + name, () -> guard(user, this::write));
  }

  @Override
  public void workReady() {
    work.signal();
  }

  @Override
  public boolean control(BooleanSupplier call) {
    if (!gate.enter(Side.WRITE)) {
      return false;
    }
    try {
      return call.getAsBoolean();
    } finally {
      gate.leave(Side.WRITE);
    }
  }

  private interface Body {
    void run(TransportUser user);
  }

  @SuppressWarnings("CatchingUnchecked")
  private void guard(TransportUser user, Body body) {
    try {
      body.run(user);
    } catch (RuntimeException | Error e) {
      hangUp(user, new HangUp.UserFailed(e));
    }
  }

  private void read(TransportUser user) {
    byte[] b = new byte[READ_OCTETS];
    long lastCarrierPoll = System.nanoTime();
    while (phase != Phase.STOPPED) {
      // The mark is taken after the wait: what comes for a new binding is not to be taken for the
      // old one's because somebody has waited for it that long.
      boolean waiting = control(line::awaitInput);
      long mark = user.mark();
      if (!gate.enter(Side.READ)) {
        return;
      }
      int n;
      HangUp cause;
      try {
        n = waiting ? line.read(b) : 0;
        cause = n < 0 ? line.gone(n) : null;
      } finally {
        gate.leave(Side.READ);
      }
      if (cause != null) {
        hangUp(user, cause);
        return;
      }
      if (n > 0) {
        user.input(mark, b, 0, n);
      }
      long now = System.nanoTime();
      hangUpIfStalled(user, now);
      if (now - lastCarrierPoll >= CARRIER_POLL_NANOS) {
        lastCarrierPoll = now;
        tellCarrier(user);
      }
    }
  }

  /// Before the reader's thread has started, and on it.
  private void tellCarrier(TransportUser user) {
    if (line.watchesCarrier()) {
      boolean present = control(line::carrier);
      if (present != carrier) {
        carrier = present;
        user.carrier(present);
      }
    }
  }

  private void write(TransportUser user) {
    byte[] b = new byte[line.fetchOctets()];
    while (phase != Phase.STOPPED) {
      int octets = line.fetchOctets();
      if (octets != b.length) {
        // Of its very size: jSerialComm copies the whole array at each call.
        b = new byte[octets];
      }
      int n = user.fill(b, 0, b.length);
      if (n > 0) {
        writeAll(user, b, n);
      } else if (phase == Phase.RUNNING) {
        if (!work.await(Sync.FOREVER)) {
          // Interrupted by a stranger: it would not wait again.
          Thread.interrupted();
        }
      } else {
        return;
      }
    }
  }

  private void writeAll(TransportUser user, byte[] b, int length) {
    int off = 0;
    writingSince = nonZero(System.nanoTime());
    while (off < length && phase != Phase.STOPPED && gate.enter(Side.WRITE)) {
      int n;
      HangUp cause;
      try {
        n = line.write(b, off, length - off);
        cause = n < 0 ? line.gone(n) : null;
      } finally {
        gate.leave(Side.WRITE);
      }
      if (cause != null) {
        hangUp(user, cause);
        break;
      }
      long now = System.nanoTime();
      if (n > 0) {
        off += n;
        writingSince = nonZero(now);
      } else {
        hangUpIfStalled(user, now);
      }
    }
    writingSince = 0;
  }

  private void hangUpIfStalled(TransportUser user, long now) {
    long since = writingSince;
    if (stallNanos > 0 && since != 0 && now - since > stallNanos) {
      hangUp(user, new HangUp.LineStalled(Duration.ofNanos(stallNanos)));
    }
  }

  private static long nonZero(long nanos) {
    return nanos == 0 ? 1 : nanos;
  }

  private void hangUp(TransportUser user, HangUp cause) {
    if (hungUp.compareAndSet(false, true)) {
      boolean unexpected = phase == Phase.RUNNING;
      stop();
      if (unexpected) {
        user.hungUp(cause);
      }
    }
  }

  private void stop() {
    phase = Phase.STOPPED;
    work.signal();
    if (gate.enter(Side.WRITE)) {
      try {
        line.wake();
      } finally {
        gate.leave(Side.WRITE);
      }
    }
  }

  @Override
  public CloseResult close(Duration drain) {
    if (!closing.compareAndSet(false, true)) {
      throw new IllegalStateException(name + " is just being closed by another thread");
    }
    try {
      if (closed) {
        return CloseResult.CLOSED;
      }
      if (phase == Phase.RUNNING) {
        drain(System.nanoTime() + drain.toNanos());
      }
      stop();
      long patience = zombie ? drain.toNanos() : GATE_NANOS;
      gate.shut();
      zombie = !gate.awaitEmpty(patience);
      if (zombie) {
        return CloseResult.ZOMBIE;
      }
      line.close();
      closed = true;
      join(reader, System.nanoTime() + GATE_NANOS);
      join(writer, System.nanoTime() + GATE_NANOS);
      return CloseResult.CLOSED;
    } finally {
      closing.set(false);
    }
  }

  private void drain(long deadline) {
    phase = Phase.DRAINING;
    work.signal();
    join(writer, deadline);
    while (!hungUp.get() && control(line::pending) && deadline - System.nanoTime() > 0) {
      LockSupport.parkNanos(this, PENDING_POLL_NANOS);
    }
  }

  private static void join(@Nullable Thread thread, long deadline) {
    long left = deadline - System.nanoTime();
    if (thread == null || left <= 0) {
      return;
    }
    try {
      thread.join(Duration.ofNanos(left));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
