package linedisc.serial.life;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import linedisc.serial.life.PacketQueue.Put;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Locks, queues, gates and signals on real threads.
public class LifeStress {
  private static final byte[] PACKET = new byte[4];

  /// Under the lock nothing is lost.
  @JCStressTest
  @Outcome(id = "3", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN, desc = "two at once")
  @State
  public static class LockExcludes {
    private final PortLock lock = new PortLock(Sync.system(), LockRank.PORT);
    private int count;

    private void add() {
      lock.lock();
      count++;
      lock.unlock();
    }

    @Actor
    public void first() {
      add();
    }

    @Actor
    public void second() {
      add();
    }

    @Actor
    public void third() {
      add();
    }

    @Arbiter
    public void end(I_Result r) {
      lock.lock();
      r.r1 = count;
      lock.unlock();
    }
  }

  /// A generation changed under the lock is seen under the lock, with all that goes with it: what a
  /// reader and a destroy do.
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "no touch after the unbind")
  @Outcome(expect = FORBIDDEN, desc = "touched")
  @State
  public static class NoTouch {
    private final PortLock lock = new PortLock(Sync.system(), LockRank.PORT);
    private volatile int generation;
    private boolean unlinked;
    private int touches;

    @Actor
    public void reader() {
      int mark = generation;
      lock.lock();
      if (generation == mark && mark == 0 && unlinked) {
        touches++;
      }
      lock.unlock();
    }

    @Actor
    public void reaper() {
      lock.lock();
      generation = 1;
      unlinked = true;
      lock.unlock();
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = touches;
    }
  }

  /// A packet put in beside a purge is gone with the purge or refused, but never left.
  @JCStressTest
  @Outcome(id = "DONE, 0", expect = ACCEPTABLE, desc = "purged")
  @Outcome(id = "DOWN, 0", expect = ACCEPTABLE, desc = "refused")
  @Outcome(expect = FORBIDDEN, desc = "left in a queue that nobody empties")
  @State
  public static class DownPurges {
    private final PacketQueue queue = new PacketQueue(Sync.system(), () -> {}, 4, 64);

    @Actor
    public void sender(LI_Result r) {
      r.r1 = queue.offer(PACKET, 0, PACKET.length, false);
    }

    @Actor
    public void unbind() {
      queue.down(1, true);
    }

    @Arbiter
    public void end(LI_Result r) {
      r.r2 = queue.count();
    }
  }

  /// A sender blocked on a full queue wakes when the queue goes.
  @JCStressTest
  @Outcome(id = "GONE, 0", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN, desc = "slept on, or got in")
  @State
  public static class BlockedSenderWakes {
    private final PacketQueue queue = new PacketQueue(Sync.system(), () -> {}, 1, 64);

    public BlockedSenderWakes() {
      if (queue.offer(PACKET, 0, PACKET.length, false) != Put.DONE) {
        throw new IllegalStateException();
      }
    }

    @Actor
    public void sender(LI_Result r) {
      try {
        r.r1 = queue.put(PACKET, 0, PACKET.length, false, Sync.FOREVER);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Actor
    public void reaper() {
      queue.close();
      queue.drain();
    }

    @Arbiter
    public void end(LI_Result r) {
      r.r2 = queue.count();
    }
  }

  /// A receiver gets what is put, however the two meet.
  @JCStressTest
  @Outcome(id = "4", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN, desc = "slept on")
  @State
  public static class ReceiverWakes {
    private final PacketQueue queue = new PacketQueue(Sync.system(), () -> {}, 1, 64);

    @Actor
    public void receiver(I_Result r) {
      try {
        r.r1 = queue.take(new byte[4], 0, 4, Sync.FOREVER);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Actor
    public void sender() {
      Put _ = queue.offer(PACKET, 0, PACKET.length, false);
      queue.wake();
    }
  }

  /// A producer publishes and then looks for the port; a bind sets the port and then looks for
  /// packets. One of them sees the other.
  @JCStressTest
  @Outcome(id = "false, 0", expect = FORBIDDEN, desc = "a packet that nobody knows of")
  @Outcome(expect = ACCEPTABLE)
  @State
  public static class PublishThenLook {
    private final PacketQueue queue = new PacketQueue(Sync.system(), () -> {}, 4, 64);
    private volatile @Nullable Object port;

    @Actor
    public void producer(ZI_Result r) {
      Put _ = queue.offer(PACKET, 0, PACKET.length, false);
      r.r1 = port != null;
    }

    @Actor
    public void binder(ZI_Result r) {
      port = this;
      r.r2 = queue.count();
    }
  }

  /// Whoever takes a signal sees what was done before it.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN, desc = "lost, or ahead of its work")
  @State
  public static class SignalCarries {
    private final WorkSignal signal = new WorkSignal(Sync.system());
    private int work;

    @Actor
    public void producer() {
      work = 1;
      signal.signal();
    }

    @Actor
    public void writer(II_Result r) {
      r.r1 = signal.await(Sync.FOREVER) ? 1 : 0;
      r.r2 = work;
    }
  }

  /// Nobody is inside when the closer is told so.
  @JCStressTest
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "was inside, and the closer waited")
  @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "found it shut")
  @Outcome(expect = FORBIDDEN, desc = "closed beside a call")
  @State
  public static class GateHolds {
    private final Gate gate = new Gate(Sync.system());
    private volatile boolean closed;

    @Actor
    public void reader(ZZ_Result r) {
      if (gate.enter(Gate.Side.READ)) {
        r.r1 = true;
        r.r2 = closed;
        gate.leave(Gate.Side.READ);
      }
    }

    @Actor
    public void closer() {
      boolean _ = gate.shut();
      boolean _ = gate.awaitEmpty(Sync.FOREVER);
      closed = true;
    }
  }
}
