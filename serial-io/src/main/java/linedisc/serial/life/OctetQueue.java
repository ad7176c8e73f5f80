package linedisc.serial.life;

/// A bounded queue of octets without boundaries between them, in memory that is allocated when the
/// first one comes.
///
/// It can be *halted*, because its octets go elsewhere for a while, and it can be *closed*, for
/// good. Those who wait are told of both.
public final class OctetQueue {
  /// Answer to a call that finds the queue halted.
  public static final int HALTED = -1;

  /// Answer to a call that finds the queue closed.
  public static final int CLOSED = -2;

  private static final byte[] NONE = {};

  private final Sync sync;
  private final int capacity;
  private final WaitList waiting = new WaitList();
  private byte[] ring = NONE;
  private int head;
  private int used;
  private boolean halted;
  private boolean finished;
  private boolean closed;
  private long dropped;

  /// An empty queue.
  ///
  /// @param capacity in octets
  public OctetQueue(Sync sync, int capacity) {
    this.sync = sync;
    this.capacity = capacity;
  }

  /// Puts in what there is room for; the rest is dropped and counted. A leaf. Wakes those who wait.
  public void offer(byte[] buffer, int offset, int length) {
    sync.step();
    synchronized (this) {
      int taken = halted || finished || closed ? 0 : add(buffer, offset, length);
      dropped += length - taken;
    }
  }

  /// Puts in what there is room for, at least one octet; waits for room. No lock may be held.
  ///
  /// @param deadline in [Sync#nanoTime]
  /// @return how many octets are in; 0: there was no room in time; [#HALTED], [#CLOSED]
  public int put(byte[] buffer, int offset, int length, long deadline) throws InterruptedException {
    return exchange(() -> finished ? CLOSED : add(buffer, offset, length), length == 0, deadline);
  }

  /// Takes what is there, at least one octet; waits for it. No lock may be held.
  ///
  /// @param deadline in [Sync#nanoTime]
  /// @return how many octets; 0: none came in time; [#HALTED], [#CLOSED]
  public int take(byte[] buffer, int offset, int room, long deadline) throws InterruptedException {
    return exchange(() -> used == 0 ? none() : remove(buffer, offset, room), room == 0, deadline);
  }

  /// Copies the first octets without taking them; waits until there are more than are known. No
  /// lock may be held.
  ///
  /// @param known how many the caller has seen
  /// @param deadline in [Sync#nanoTime]
  /// @return how many octets were copied; 0: there are no more in time; [#HALTED], [#CLOSED]
  public int peek(byte[] buffer, int offset, int room, int known, long deadline)
      throws InterruptedException {
    return exchange(() -> used <= known ? none() : copy(buffer, offset, room), room == 0, deadline);
  }

  /// Takes what is there, even from a queue that is halted. A leaf.
  ///
  /// @return how many octets
  public int poll(byte[] buffer, int offset, int room) {
    sync.step();
    synchronized (this) {
      return remove(buffer, offset, room);
    }
  }

  /// How many octets are in.
  public synchronized int size() {
    return used;
  }

  /// Octets for which there was no room.
  public synchronized long dropped() {
    return dropped;
  }

  /// Halts the queue, or lets it go on. What is in stays in.
  public synchronized void halt(boolean on) {
    halted = on;
    waiting.wakeAll(sync);
  }

  /// Drops what is in.
  public synchronized void clear() {
    ring = NONE;
    head = 0;
    used = 0;
  }

  /// Nothing goes in any more; what is in may still be taken, and then the queue is closed.
  public synchronized void finish() {
    finished = true;
    waiting.wakeAll(sync);
  }

  /// Ends the queue; what is in is dropped.
  public synchronized void close() {
    closed = true;
    clear();
    waiting.wakeAll(sync);
  }

  /// The answer to who wants more than there is.
  private int none() {
    return finished ? CLOSED : 0;
  }

  /// What a waiting call tries, under the monitor: the octets moved, 0 or [#CLOSED].
  private interface Attempt {
    int move();
  }

  private int exchange(Attempt attempt, boolean nothing, long deadline)
      throws InterruptedException {
    assert LockRank.noneHeld();
    Thread me = Thread.currentThread();
    for (; ; ) {
      sync.step();
      synchronized (this) {
        int moved = halted ? HALTED : CLOSED;
        if (!halted && !closed) {
          moved = attempt.move();
        }
        boolean late = me.isInterrupted() || deadline <= sync.nanoTime();
        if (moved != 0 || late || nothing) {
          waiting.remove(me);
          if (moved == 0 && Thread.interrupted()) {
            throw new InterruptedException();
          }
          return moved;
        }
        waiting.add(me);
      }
      sync.parkUntil(deadline);
    }
  }

  private int add(byte[] buffer, int offset, int length) {
    if (ring.length == 0) {
      ring = new byte[capacity];
    }
    int moved = Math.min(length, capacity - used);
    int at = (head + used) % capacity;
    int straight = Math.min(moved, capacity - at);
    System.arraycopy(buffer, offset, ring, at, straight);
    System.arraycopy(buffer, offset + straight, ring, 0, moved - straight);
    used += moved;
    if (moved > 0) {
      waiting.wakeAll(sync);
    }
    return moved;
  }

  private int copy(byte[] buffer, int offset, int room) {
    int copied = Math.min(room, used);
    int straight = Math.min(copied, capacity - head);
    System.arraycopy(ring, head, buffer, offset, straight);
    System.arraycopy(ring, 0, buffer, offset + straight, copied - straight);
    return copied;
  }

  private int remove(byte[] buffer, int offset, int room) {
    int moved = copy(buffer, offset, room);
    head = (head + moved) % capacity;
    used -= moved;
    if (moved > 0) {
      waiting.wakeAll(sync);
    }
    return moved;
  }
}
