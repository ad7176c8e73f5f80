package linedisc.examples.selftest;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import linedisc.examples.stack.CheckedDatagram;
import linedisc.serial.life.PacketQueue;
import linedisc.serial.life.Removal;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.InterfaceGoneException;
import linedisc.serial.net.InterfaceState;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.PacketHandler;
import org.jspecify.annotations.Nullable;

/// The life of one interface at one end of a link: a sender and a receiver, who work until they are
/// told ENXIO, and whoever destroys it.
///
/// Each packet carries the indexes of the interface that sent it and of the one it is meant for.
/// Indexes are never used again, so a packet that shows up anywhere else is told.
final class Traffic {
  private static final int ADDRESS = 0x0a000001;
  private static final int LONGEST = 296;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Binder.Bound bound;
  private final NetInterface netInterface;
  private final boolean ppp;
  private final Counts counts;
  private final Stalls stalls;
  private final SplittableRandom random;
  private final CountDownLatch callers = new CountDownLatch(2);
  private final AtomicInteger wins = new AtomicInteger();
  private final CountDownLatch won = new CountDownLatch(1);

  private volatile @Nullable Traffic peer;
  private long sendTag;
  private long receiveTag;

  /// Packets that may have been left on the wire; 0: none.
  private volatile long stragglerTag;

  /// Whether what is not as it was sent has no excuse.
  private volatile boolean strict;

  private volatile long received;
  private volatile long lastNumber = -1;

  /// Whether the interface may go from now on.
  private volatile boolean leaving;

  private volatile boolean atHangUp;

  private volatile boolean destroyedByNextPacket;

  /// When it was destroyed, in `System.nanoTime`.
  private volatile long destroyedAt;

  private volatile @Nullable Removal removal;

  Traffic(Binder.Bound bound, Counts counts, Stalls stalls, SplittableRandom random) {
    this.bound = bound;
    this.netInterface = bound.netInterface();
    this.ppp = netInterface.type().equals("ppp");
    this.counts = counts;
    this.stalls = stalls;
    this.random = random;
  }

  NetInterface netInterface() {
    return netInterface;
  }

  /// Whether another link may bind it as soon as this one does not.
  boolean mayBeClaimed() {
    return bound.mayBeClaimed();
  }

  /// What marks the packets that this end sends.
  long sendTag() {
    return sendTag;
  }

  /// Packets from the other end that were checked and right.
  long received() {
    return received;
  }

  // ---- sending and receiving

  /// Begins.
  ///
  /// @param other the other end's
  /// @param straggler the tag of packets that the wire may still hold; 0: none
  /// @param mayBeNoisy whether damaged packets have an excuse
  /// @throws NetException when the interface is gone already
  void start(Traffic other, long straggler, boolean mayBeNoisy, Executor executor)
      throws NetException {
    peer = other;
    sendTag = tag(netInterface.index(), other.netInterface.index());
    receiveTag = tag(other.netInterface.index(), netInterface.index());
    stragglerTag = straggler;
    strict = !mayBeNoisy;
    int burst = 1 << random.nextInt(10);
    long pause = random.nextInt(1_000_000);
    int length = CheckedDatagram.SHORTEST + random.nextInt(LONGEST - CheckedDatagram.SHORTEST + 1);
    executor.execute(() -> send(burst, pause, length));
    if (random.nextBoolean()) {
      executor.execute(this::receive);
    } else {
      var _ = netInterface.subscribe(executor, new Handler());
    }
  }

  private static long tag(long from, long to) {
    return from << 32 | to;
  }

  private void send(int burst, long pause, int length) {
    try {
      byte[] packet = new byte[length];
      for (long number = 0; ; number++) {
        CheckedDatagram.write(packet, length, ADDRESS, ADDRESS, sendTag, number);
        boolean sent = sendOne(packet);
        if (!sent || number % burst == burst - 1) {
          LockSupport.parkNanos(pause);
        }
      }
    } catch (InterfaceGoneException e) {
      wokeUp("sender");
    } catch (NetException | InterruptedException | RuntimeException | Error e) {
      endedWrongly("sender", e);
    }
  }

  /// Returns false when the network protocol is not Opened, or not any more.
  private boolean sendOne(byte[] packet) throws NetException, InterruptedException {
    try {
      netInterface.send(packet, 0, packet.length);
      return true;
    } catch (NetException e) {
      if (e.error() != NetError.ENETDOWN) {
        throw e;
      }
      return false;
    }
  }

  private void receive() {
    try {
      byte[] buffer = new byte[2048];
      byte[] scratch = new byte[2048];
      for (; ; ) {
        int length = netInterface.receive(buffer, 0, buffer.length);
        check(buffer, 0, Math.min(length, buffer.length), scratch);
      }
    } catch (InterfaceGoneException e) {
      wokeUp("receiver");
    } catch (InterruptedException | RuntimeException | Error e) {
      endedWrongly("receiver", e);
    }
  }

  private final class Handler implements PacketHandler {
    private final byte[] scratch = new byte[2048];

    @Override
    public void packet(byte[] buffer, int offset, int length) {
      if (length > buffer.length - offset) {
        counts.fault(Counts.Fault.FAILURES, netInterface + " brought a packet cut short");
      } else {
        check(buffer, offset, length, scratch);
      }
    }

    @Override
    public void gone() {
      wokeUp("handler");
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one receiver
  private void check(byte[] b, int offset, int length, byte[] scratch) {
    if (!CheckedDatagram.isOne(b, offset, length)
        || !CheckedDatagram.isIntact(b, offset, length, scratch)) {
      damaged("a packet that was never sent");
    } else if (CheckedDatagram.run(b, offset) == receiveTag) {
      long number = CheckedDatagram.number(b, offset);
      if (number > lastNumber) {
        received++;
        counts.count(Counts.Event.PACKETS);
      } else {
        damaged("packet " + number + " after packet " + lastNumber);
      }
      lastNumber = number;
    } else {
      foreign(CheckedDatagram.run(b, offset));
    }
    if (destroyedByNextPacket) {
      destroyedByNextPacket = false;
      destroy();
    }
  }

  private void damaged(String what) {
    if (strict) {
      counts.fault(Counts.Fault.DAMAGED, netInterface + " received " + what);
    } else {
      counts.count(Counts.Event.NOISE);
    }
  }

  private void foreign(long tag) {
    if (tag == stragglerTag) {
      counts.count(Counts.Event.STRAGGLERS);
    } else {
      counts.fault(
          Counts.Fault.MISDELIVERED,
          netInterface + " received a packet from #" + (tag >>> 32) + " to #" + (int) tag);
    }
  }

  // ---- the end

  /// The interface may go by itself from now on: its line is about to be pulled out.
  void expectHangUp() {
    atHangUp = true;
    leaving = true;
  }

  /// Whether the line goes too, and the interface perhaps with it.
  boolean isAtHangUp() {
    return atHangUp;
  }

  /// Has the receiver destroy the interface when the next packet has come.
  void destroyByNextPacket() {
    destroyedByNextPacket = true;
  }

  /// Destroys the interface; one of several who may try to.
  void destroy() {
    destroy(netInterface::destroy);
  }

  /// How somebody destroys it.
  @FunctionalInterface
  interface Way {
    Removal destroy() throws NetException;
  }

  /// Destroys the interface in a certain way.
  void destroy(Way way) {
    leaving = true;
    Set<InterfaceFlag> flags = netInterface.flags();
    boolean isBound = netInterface.portName() != null;
    try {
      Removal begun = way.destroy();
      destroyedAt = System.nanoTime();
      if (wins.getAndIncrement() > 0) {
        counts.fault(Counts.Fault.DOUBLE_DESTROYS, netInterface + " was destroyed twice");
        return;
      }
      count(isBound && flags.contains(InterfaceFlag.RUNNING));
      removal = begun;
      won.countDown();
    } catch (InterfaceGoneException e) {
      // Somebody else has won.
    } catch (NetException e) {
      counts.fault(Counts.Fault.FAILURES, "the destroy of " + netInterface + " was refused: " + e);
    }
  }

  private void count(boolean boundAndRunning) {
    Traffic other = peer;
    boolean loaded = other != null && received > 0 && other.received > 0;
    counts.count(
        !boundAndRunning || !loaded || atHangUp
            ? Counts.Event.OTHER_DESTROYS
            : ppp ? Counts.Event.PPP_DESTROYS : Counts.Event.SL_DESTROYS);
  }

  /// Whether somebody has destroyed it.
  boolean isDestroyed() {
    return removal != null;
  }

  /// Waits until the removal is done; the port can't touch the interface any more.
  ///
  /// @param byPort the removal that the port has begun, if it came first
  void awaitRemoval(@Nullable Removal byPort) throws InterruptedException {
    Removal begun = removal != null ? removal : byPort;
    if (begun == null) {
      return;
    }
    boolean waits = !begun.isDone();
    if (!begun.await(PATIENCE)) {
      counts.fault(Counts.Fault.FAILURES, "the removal of " + netInterface + " has not ended");
    } else if (waits && destroyedAt != 0) {
      counts.removed(System.nanoTime() - destroyedAt);
    }
  }

  /// After its removal: waits until its callers have been told, and looks at what is left of it.
  void awaitCallers() throws InterruptedException {
    if (netInterface.state() != InterfaceState.FREED
        || netInterface.offer(new byte[] {0x45}, 0, 1) != PacketQueue.Put.GONE) {
      counts.fault(Counts.Fault.FAILURES, netInterface + " is not gone after its removal");
    }
    if (!callers.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      wrong(callers.getCount() + " callers of " + netInterface + " sleep on after it has gone");
    }
    if (!atHangUp && !won.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      counts.fault(
          Counts.Fault.DOUBLE_DESTROYS, "nobody is said to have destroyed " + netInterface);
    }
    bound.letGo();
  }

  private void wokeUp(String who) {
    long now = System.nanoTime();
    long since = destroyedAt;
    if (!leaving) {
      wrong("the " + who + " of " + netInterface + " was told ENXIO before it was destroyed");
    } else if (since != 0 && now - since > 0) {
      counts.wokeUp(now - since);
      if (now - since > stalls.allowance(stalls.wakeupLimit(), since)) {
        long millis = (now - since) / 1_000_000;
        wrong("the " + who + " of " + netInterface + " woke " + millis + " ms after the destroy");
      } else if (now - since > stalls.wakeupLimit()) {
        counts.count(Counts.Event.EXCUSED_WAKEUPS);
      }
    }
    callers.countDown();
  }

  private void endedWrongly(String who, Throwable why) {
    wrong("the " + who + " of " + netInterface + " ended with " + why);
    callers.countDown();
  }

  private void wrong(String sentence) {
    counts.fault(Counts.Fault.WRONG_WAKEUPS, sentence);
  }
}
