package linedisc.serial.port;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import linedisc.serial.ffi.Epoll;
import linedisc.serial.ffi.Errno;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Poll;
import linedisc.serial.life.Gate;
import linedisc.serial.life.Gate.Side;
import linedisc.serial.life.Sync;
import org.jspecify.annotations.Nullable;

/// The thread of an [EpollLoop], from its first line to its last.
///
/// Other threads reach it in one way only: they put a driver on a stack, once however often they
/// ask, and raise an event descriptor if the thread may be waiting. An event carries a slot and the
/// slot's generation: what epoll has found for a line that was let go meanwhile, perhaps with a
/// descriptor that is somebody else's by now, is told by that.
final class LoopThread {
  /// Of the two buffers that all lines share.
  private static final int BUFFER_OCTETS = 4096;

  private static final int EVENTS_PER_WAIT = 128;
  private static final int FIRST_SLOTS = 16;
  private static final long WAKE = -1;
  private static final int LONGEST_WAIT_MILLIS = 60_000;

  private final Sync sync = Sync.system();
  private final Gate gate = new Gate(sync);
  private final AtomicReference<@Nullable LoopDriver> work = new AtomicReference<>();

  /// Whether the thread waits, or is about to, and nobody has raised the event yet.
  private final AtomicBoolean waiting = new AtomicBoolean();

  private final Epoll epoll;
  private final int wake;

  /// For nothing but raising the event, which may happen on several threads at once: each writes
  /// what the others write.
  private final Libc raising = new Libc(Long.BYTES);

  private volatile boolean ended;
  private volatile @Nullable Thread thread;

  // The thread's own.
  private final Libc libc = new Libc(BUFFER_OCTETS);
  private final Poll look = new Poll(1);
  private final byte[] readBuffer = new byte[BUFFER_OCTETS];
  private final byte[] writeBuffer = new byte[BUFFER_OCTETS];
  private @Nullable LoopDriver[] slots = new @Nullable LoopDriver[FIRST_SLOTS];
  private int[] generations = new int[FIRST_SLOTS];

  /// No line is due before. May be earlier than need be.
  private long nextDue = Sync.FOREVER;

  private LoopThread(Epoll epoll, int wake) {
    this.epoll = epoll;
    this.wake = wake;
  }

  /// Starts one.
  ///
  /// @throws PortException when there are no descriptors left
  static LoopThread start() throws PortException {
    Libc calls = new Libc(Long.BYTES);
    Epoll epoll = Epoll.open(calls, EVENTS_PER_WAIT);
    int wake = epoll.descriptor() < 0 ? epoll.descriptor() : calls.eventfd();
    if (wake >= 0 && epoll.add(wake, Epoll.IN | Epoll.EDGE, WAKE) < 0) {
      calls.close(wake);
      wake = -Errno.EINVAL;
    }
    if (wake < 0) {
      if (epoll.descriptor() >= 0) {
        epoll.close();
      }
      throw new PortException(
          PortException.Reason.FAILED, "No event loop: " + Errno.text(-wake) + ".");
    }
    LoopThread loop = new LoopThread(epoll, wake);
    loop.thread = loop.sync.start("serial lines", loop::run);
    return loop;
  }

  // ---- any thread

  boolean isCurrent() {
    return Thread.currentThread().equals(thread);
  }

  /// Has the thread give a driver a turn soon. The driver sees to it that it is not put here twice.
  void put(LoopDriver driver) {
    LoopDriver first;
    do {
      first = work.get();
      driver.next = first;
    } while (!work.compareAndSet(first, driver));
    wake();
  }

  private void wake() {
    if (waiting.get() && waiting.compareAndSet(true, false) && gate.enter(Side.WRITE)) {
      try {
        raising.raise(wake);
      } finally {
        gate.leave(Side.WRITE);
      }
    }
  }

  /// Ends the thread. There are no lines any more.
  void end(Duration limit) {
    ended = true;
    wake();
    Thread running = thread;
    if (running != null && !isCurrent()) {
      try {
        running.join(limit);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // ---- the thread itself

  private void run() {
    while (!ended) {
      takeWork();
      int events = await();
      for (int i = 0; i < events; i++) {
        dispatch(epoll.data(i), epoll.events(i));
      }
      if (nextDue != Sync.FOREVER && nextDue <= sync.nanoTime()) {
        expire(sync.nanoTime());
      }
    }
    gate.shut();
    boolean _ = gate.awaitEmpty(Sync.FOREVER);
    epoll.close();
    libc.close(wake);
  }

  /// The last come goes first; each has its turn before any has a second one.
  private void takeWork() {
    LoopDriver driver = work.getAndSet(null);
    while (driver != null) {
      LoopDriver following = driver.next;
      driver.next = null;
      driver.work();
      driver = following;
    }
  }

  private int await() {
    waiting.set(true);
    boolean busy = work.get() != null || ended;
    int events = epoll.await(busy ? 0 : waitMillis());
    waiting.set(false);
    return events;
  }

  private int waitMillis() {
    if (nextDue == Sync.FOREVER) {
      return -1;
    }
    long left = nextDue - sync.nanoTime();
    // Rounded up: a wait that ends too early is another one.
    long millis = TimeUnit.NANOSECONDS.toMillis(left + 999_999);
    return Math.clamp(millis, 0, LONGEST_WAIT_MILLIS);
  }

  private void dispatch(long data, int events) {
    if (data == WAKE) {
      // Each time that it is raised is an edge of its own: it need not be cleared.
      return;
    }
    int slot = (int) data;
    LoopDriver driver = slots[slot];
    if (driver != null && generations[slot] == (int) (data >>> Integer.SIZE)) {
      driver.ready(events);
    }
  }

  private void expire(long now) {
    nextDue = Sync.FOREVER;
    for (LoopDriver driver : slots) {
      if (driver != null) {
        driver.expire(now);
      }
    }
  }

  /// Calls [LoopDriver#expire] at that time, or somewhat earlier.
  void remind(long due) {
    nextDue = Math.min(nextDue, due);
  }

  /// A slot for a driver.
  int place(LoopDriver driver) {
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == null) {
        slots[i] = driver;
        return i;
      }
    }
    int first = slots.length;
    slots = Arrays.copyOf(slots, 2 * first);
    generations = Arrays.copyOf(generations, 2 * first);
    slots[first] = driver;
    return first;
  }

  /// Frees a slot. Events for it that have been found already are void.
  void vacate(int slot) {
    slots[slot] = null;
    generations[slot] = (generations[slot] + 1) & Integer.MAX_VALUE;
  }

  /// What events for a slot carry.
  long data(int slot) {
    return (long) generations[slot] << Integer.SIZE | slot;
  }

  /// Whether the other side of a descriptor is there.
  boolean hasPeer(int fd) {
    look.watch(0, fd, Poll.IN);
    look.await(0);
    return (look.found(0) & Poll.HUP) == 0;
  }

  Epoll epoll() {
    return epoll;
  }

  Libc libc() {
    return libc;
  }

  byte[] readBuffer() {
    return readBuffer;
  }

  byte[] writeBuffer() {
    return writeBuffer;
  }
}
