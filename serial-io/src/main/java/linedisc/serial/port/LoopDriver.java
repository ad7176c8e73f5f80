package linedisc.serial.port;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import linedisc.serial.ffi.Epoll;
import linedisc.serial.ffi.Errno;
import linedisc.serial.life.Gate;
import linedisc.serial.life.Gate.Side;
import linedisc.serial.life.Sync;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [PolledLine] that a loop's thread reads and writes for its user.
///
/// Only that thread reads, writes and polls the descriptor, and never waits in a call of it: a full
/// line is left alone until the kernel says that there is room. So a close has to wait for no more
/// than the loop's leaving this line, after which nothing of the loop refers to the descriptor. All
/// other calls on it pass the gate.
///
/// There is no tick while nothing is due. Timers run only while something to be sent waits, on a
/// port whose carrier is watched (the kernel would tell of it to a waiting thread only), and while
/// the other side of a lasting pty is away.
final class LoopDriver implements Driver {
  private static final Logger LOG = LoggerFactory.getLogger(LoopDriver.class);

  /// Reads, and writes, before others have their turn.
  private static final int CALLS_PER_TURN = 4;

  /// After a read of so many there may be more; after a shorter one epoll is asked first.
  private static final int MORE_OCTETS = 2048;

  private static final long CARRIER_POLL_NANOS = 200_000_000L;
  private static final long ROOM_POLL_NANOS = 10_000_000L;
  private static final long PENDING_POLL_NANOS = 10_000_000L;

  /// For how long a close waits until others have left the line.
  private static final long LEAVE_NANOS = 2_000_000_000L;

  private static final byte[] NOTHING = {};

  private enum Phase {
    RUNNING,
    /// Told when there is nothing left to write.
    DRAINING,
    /// The loop lets go.
    STOPPED
  }

  /// The next on the loop's stack. Whoever puts this there writes it, then the loop.
  @Nullable LoopDriver next;

  private final String name;
  private final PolledLine line;
  private final EpollLoop owner;
  private final LoopThread loop;
  private final long stallNanos;
  private final Gate gate = new Gate(Sync.system());
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean queued = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch drained = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private volatile Phase phase = Phase.RUNNING;

  /// Not null: the loop may begin.
  private volatile @Nullable TransportUser user;

  /// Owned by whoever holds `closing`.
  private boolean closed;

  // The loop's; before that, of whoever starts.
  private boolean entered;

  /// Hung up, or let go: the descriptor is not touched any more. Written by the loop.
  private volatile boolean over;

  private int slot = -1;

  /// What epoll waits for; -1: the descriptor is not in its set.
  private int watched = -1;

  /// What the user believes.
  private boolean carrier = true;

  /// The other side of a line that outlives it.
  private boolean absent;

  private long carrierDue = Sync.FOREVER;

  /// What was fetched and not taken, from `restStart` to `restEnd`. Comes with the first such.
  private byte[] rest = NOTHING;

  private int restStart;
  private int restEnd;
  private long roomDue = Sync.FOREVER;

  /// When the rest counts as stalled.
  private long stallDue = Sync.FOREVER;

  /// A driver of a line, not started; the line is the loop's until it is closed.
  ///
  /// @param stallLimit zero: none
  /// @throws PortException when there are no descriptors left; the line is open still
  LoopDriver(String name, PolledLine line, Duration stallLimit, EpollLoop owner)
      throws PortException {
    this.name = name;
    this.line = line;
    this.stallNanos = stallLimit.toNanos();
    this.owner = owner;
    this.loop = owner.enter();
  }

  // ---- any thread

  @Override
  public void start(TransportUser driven) {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException(name + " has been started before");
    }
    absent = line.outlivesPeer();
    if (absent || line.watchesCarrier()) {
      tellCarrier(driven, !absent && control(() -> line.carrier(TtyDevice.calls())));
    }
    user = driven;
    workReady();
  }

  @Override
  public void workReady() {
    if (user != null && !queued.get() && !queued.getAndSet(true)) {
      loop.put(this);
    }
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

  /// See [SerialTransport#close(Duration)]. On the loop's own thread, where nothing can be waited
  /// for, what is still to be sent is lost.
  @Override
  public CloseResult close(Duration drain) {
    if (!closing.compareAndSet(false, true)) {
      throw new IllegalStateException(name + " is just being closed by another thread");
    }
    try {
      if (closed) {
        return CloseResult.CLOSED;
      }
      if (user == null) {
        // A start that comes too late, or is under way, is not to begin with a closed descriptor.
        phase = Phase.STOPPED;
      }
      if (user != null && !leave(System.nanoTime() + drain.toNanos())) {
        return CloseResult.ZOMBIE;
      }
      gate.shut();
      if (!gate.awaitEmpty(LEAVE_NANOS)) {
        return CloseResult.ZOMBIE;
      }
      line.close();
      closed = true;
      owner.leave();
      return CloseResult.CLOSED;
    } finally {
      closing.set(false);
    }
  }

  /// Has the loop leave the line.
  ///
  /// @return false: it is still inside, in a method of the user that does not return
  private boolean leave(long deadline) {
    if (loop.isCurrent()) {
      phase = Phase.STOPPED;
      letGo();
      return true;
    }
    if (phase == Phase.RUNNING) {
      phase = Phase.DRAINING;
      workReady();
      boolean told = await(drained, deadline);
      while (told && !over && deadline - System.nanoTime() > 0 && control(line::pending)) {
        LockSupport.parkNanos(this, PENDING_POLL_NANOS);
      }
    }
    phase = Phase.STOPPED;
    workReady();
    return await(left, System.nanoTime() + LEAVE_NANOS);
  }

  private static boolean await(CountDownLatch latch, long deadline) {
    boolean interrupted = false;
    try {
      for (; ; ) {
        try {
          return latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // ---- the loop's thread

  /// A turn that was asked for.
  void work() {
    queued.set(false);
    TransportUser driven = user;
    if (driven == null) {
      return;
    }
    try {
      if (phase == Phase.STOPPED) {
        letGo();
      } else if (!over) {
        if (!entered) {
          enter(driven);
        }
        // A full line is left alone until epoll says that there is room.
        if (watched != (Epoll.IN | Epoll.OUT)) {
          write(driven);
        }
      }
    } catch (RuntimeException | Error e) {
      failed(driven, e);
    }
    if (over) {
      drained.countDown();
    }
  }

  /// Epoll has something to say of the descriptor.
  void ready(int events) {
    TransportUser driven = user;
    if (driven == null) {
      return;
    }
    try {
      if ((events & ~Epoll.OUT) != 0) {
        read(driven);
      }
      if ((events & Epoll.OUT) != 0) {
        write(driven);
      }
    } catch (RuntimeException | Error e) {
      failed(driven, e);
    }
  }

  /// Time has passed; perhaps not as much as was asked for.
  void expire(long now) {
    TransportUser driven = user;
    if (driven == null) {
      return;
    }
    try {
      if (carrierDue <= now) {
        carrierDue = now + CARRIER_POLL_NANOS;
        lookForCarrier(driven);
      }
      if (roomDue <= now) {
        roomDue = Sync.FOREVER;
        write(driven);
      }
      if (stallDue <= now) {
        hangUp(driven, new HangUp.LineStalled(Duration.ofNanos(stallNanos)));
      }
    } catch (RuntimeException | Error e) {
      failed(driven, e);
    }
    loop.remind(Math.min(carrierDue, Math.min(roomDue, stallDue)));
  }

  private void enter(TransportUser driven) {
    entered = true;
    slot = loop.place(this);
    if (absent || line.watchesCarrier()) {
      carrierDue = System.nanoTime();
      loop.remind(carrierDue);
    }
    if (!absent) {
      watch(driven, Epoll.IN);
    }
  }

  /// What epoll is to wait for.
  private void watch(TransportUser driven, int events) {
    if (watched == events || over) {
      return;
    }
    int fd = line.descriptor();
    int answer =
        watched < 0
            ? loop.epoll().add(fd, events, loop.data(slot))
            : loop.epoll().modify(fd, events, loop.data(slot));
    watched = events;
    if (answer < 0) {
      watched = -1;
      hangUp(driven, new HangUp.DeviceGone(-answer, Errno.text(-answer)));
    }
  }

  private void unwatch() {
    if (watched >= 0) {
      loop.epoll().remove(line.descriptor());
      watched = -1;
    }
  }

  private boolean goesOn() {
    return !over && phase != Phase.STOPPED;
  }

  private void read(TransportUser driven) {
    byte[] b = loop.readBuffer();
    for (int i = 0; i < CALLS_PER_TURN && goesOn(); i++) {
      // After the wait: what comes for a new binding is not to be taken for the old one's.
      long mark = driven.mark();
      int n = loop.libc().read(line.descriptor(), b, 0, b.length);
      if (n == -Errno.EAGAIN) {
        return;
      }
      if (n <= 0) {
        lost(driven, n);
        return;
      }
      driven.input(mark, b, 0, n);
      if (n < MORE_OCTETS) {
        return;
      }
    }
  }

  private void lost(TransportUser driven, int answer) {
    if (line.outlivesPeer() && answer == -Errno.EIO) {
      absent = true;
      // A hang-up is reported for as long as it lasts, whatever one waits for.
      unwatch();
      carrierDue = System.nanoTime() + CARRIER_POLL_NANOS;
      loop.remind(carrierDue);
      tellCarrier(driven, false);
      write(driven);
    } else {
      hangUp(driven, line.gone(answer));
    }
  }

  private void lookForCarrier(TransportUser driven) {
    if (line.watchesCarrier()) {
      tellCarrier(driven, line.carrier(loop.libc()));
    } else if (absent && loop.hasPeer(line.descriptor())) {
      absent = false;
      carrierDue = Sync.FOREVER;
      watch(driven, Epoll.IN);
      tellCarrier(driven, true);
    }
  }

  private void tellCarrier(TransportUser driven, boolean present) {
    if (present != carrier) {
      carrier = present;
      driven.carrier(present);
    }
  }

  private void write(TransportUser driven) {
    for (int i = 0; goesOn(); i++) {
      if (restStart < restEnd) {
        restStart += offer(driven, rest, restStart, restEnd - restStart);
        if (restStart < restEnd) {
          return;
        }
      }
      if (i == CALLS_PER_TURN) {
        workReady();
        return;
      }
      byte[] b = loop.writeBuffer();
      int n = driven.fill(b, 0, Math.min(b.length, line.fetchOctets()));
      if (n == 0) {
        idle(driven);
        return;
      }
      if (goesOn()) {
        int taken = offer(driven, b, 0, n);
        if (taken < n) {
          keep(b, taken, n);
          return;
        }
      }
    }
  }

  private void keep(byte[] b, int start, int end) {
    if (rest.length < end - start) {
      rest = new byte[Math.max(end - start, line.fetchOctets())];
    }
    System.arraycopy(b, start, rest, 0, end - start);
    restStart = 0;
    restEnd = end - start;
  }

  /// Gives the line what it takes now, and arranges for another try if that is not all.
  ///
  /// @return octets taken
  private int offer(TransportUser driven, byte[] b, int off, int len) {
    if (absent) {
      return len;
    }
    int room = line.room(loop.libc());
    int taken = 0;
    if (room > 0) {
      taken = loop.libc().write(line.descriptor(), b, off, Math.min(len, room));
      if (taken < 0 && taken != -Errno.EAGAIN) {
        writeFailed(driven, taken);
        return len;
      }
      taken = Math.max(0, taken);
    }
    if (taken == len) {
      stallDue = Sync.FOREVER;
    } else {
      waitForRoom(driven, taken, taken >= room);
    }
    return taken;
  }

  /// @param paced whether the line could take more but is not to be given it
  private void waitForRoom(TransportUser driven, int taken, boolean paced) {
    if (paced) {
      roomDue = System.nanoTime() + ROOM_POLL_NANOS;
      loop.remind(roomDue);
      // Epoll would say again and again that there is room.
      watch(driven, Epoll.IN);
    } else {
      watch(driven, Epoll.IN | Epoll.OUT);
    }
    if (stallNanos > 0 && (taken > 0 || stallDue == Sync.FOREVER)) {
      stallDue = System.nanoTime() + stallNanos;
      loop.remind(stallDue);
    }
  }

  /// The last words of the other side may still be there to be read.
  private void writeFailed(TransportUser driven, int answer) {
    restEnd = restStart;
    for (int i = 0; i < CALLS_PER_TURN && goesOn(); i++) {
      read(driven);
    }
    if (goesOn() && !absent) {
      hangUp(driven, line.gone(answer));
    }
  }

  /// Nothing is left to be sent.
  private void idle(TransportUser driven) {
    if (!absent) {
      watch(driven, Epoll.IN);
    }
    if (phase == Phase.DRAINING) {
      drained.countDown();
    }
  }

  private void failed(TransportUser driven, Throwable e) {
    try {
      hangUp(driven, new HangUp.UserFailed(e));
    } catch (RuntimeException | Error again) {
      LOG.error("{}: can't be told that it hung up", name, again);
    }
  }

  private void hangUp(TransportUser driven, HangUp cause) {
    if (!over) {
      boolean unexpected = phase == Phase.RUNNING;
      forget();
      if (unexpected) {
        driven.hungUp(cause);
      }
    }
  }

  private void letGo() {
    forget();
    left.countDown();
  }

  /// From here on nothing in the loop refers to the descriptor.
  private void forget() {
    over = true;
    unwatch();
    if (slot >= 0) {
      loop.vacate(slot);
      slot = -1;
    }
    carrierDue = Sync.FOREVER;
    roomDue = Sync.FOREVER;
    stallDue = Sync.FOREVER;
    drained.countDown();
  }
}
