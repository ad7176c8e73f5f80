package linedisc.serial.life;

import org.jspecify.annotations.Nullable;

/// A bounded queue of packets between a port and its users, in two bands: what is urgent (BSD's
/// fastq) leaves before the rest.
///
/// A queue can be *down*, for one or more reasons: nothing gets in, and those who wait for room are
/// told. And it can be *gone*, for good. Both are decided under the queue's own lock at each put
/// and take, and again after each wait, so that no packet slips past.
///
/// Waiting allocates nothing; neither does a packet, once the rings have grown to what the traffic
/// needs. The lock is a leaf: it may be taken under any other.
public final class PacketQueue {
  /// What became of a packet.
  public enum Put {
    /// It is in the queue.
    DONE,
    /// There is no room (or was none in time): dropped and counted.
    FULL,
    /// The queue is down: ENETDOWN.
    DOWN,
    /// The packet is longer than can ever be sent: EMSGSIZE.
    TOO_LONG,
    /// The queue is gone: ENXIO.
    GONE
  }

  /// What a queue has counted.
  ///
  /// @param in packets put in
  /// @param inOctets their octets
  /// @param out packets taken out
  /// @param outOctets their octets
  /// @param dropped packets that found no room, or left with the queue
  /// @param refused packets that its owner did not let in: [#refuse]
  public record Counters(
      long in, long inOctets, long out, long outOctets, long dropped, long refused) {}

  /// Whose queue it is. Told of everything that gets past the test for gone, under the lock.
  public interface Owner {
    /// Something has been put or taken.
    void touch();
  }

  /// Answer of [#poll] and [#take]: no packet is there.
  public static final int EMPTY = -1;

  /// Answer of [#poll] and [#take]: the queue is gone.
  public static final int GONE = -2;

  private static final byte[] NOTHING = {};

  private final Sync sync;
  private final Owner owner;
  private final PacketRing fast;
  private final PacketRing normal;
  private final int maxPackets;
  private final int maxOctets;
  private final WaitList producers = new WaitList();
  private final WaitList consumers = new WaitList();

  private int down;
  private volatile boolean gone;
  private boolean finished;
  private long in;
  private long inOctets;
  private long out;
  private long outOctets;
  private long dropped;
  private long refused;

  /// An empty queue.
  ///
  /// @param maxPackets bound on packets, both bands together
  /// @param maxOctets bound on their octets, both bands together
  public PacketQueue(Sync sync, Owner owner, int maxPackets, int maxOctets) {
    this.sync = sync;
    this.owner = owner;
    this.maxPackets = maxPackets;
    this.maxOctets = maxOctets;
    this.fast = new PacketRing(maxPackets, maxOctets);
    this.normal = new PacketRing(maxPackets, maxOctets);
  }

  /// Puts a packet in if there is room, and wakes nobody: the caller does, with [#wake], when it
  /// has put in all it has.
  public Put offer(byte[] buffer, int offset, int length, boolean urgent) {
    return offer(NOTHING, buffer, offset, length, urgent);
  }

  /// As [#offer(byte[], int, int, boolean)], with something in front of the packet.
  public Put offer(byte[] header, byte[] buffer, int offset, int length, boolean urgent) {
    sync.step();
    synchronized (this) {
      assert LockRank.LEAF.enter();
      try {
        Put result = add(header, buffer, offset, length, urgent);
        if (result == Put.FULL) {
          dropped++;
        }
        return result;
      } finally {
        assert LockRank.LEAF.leave();
      }
    }
  }

  /// Puts a packet in; waits for room. No lock may be held. Wakes nobody.
  ///
  /// @param deadline in [Sync#nanoTime]; [Sync#FOREVER]: no limit
  /// @return [Put#FULL] when there was no room in time
  public Put put(byte[] buffer, int offset, int length, boolean urgent, long deadline)
      throws InterruptedException {
    assert LockRank.noneHeld();
    Thread me = Thread.currentThread();
    for (; ; ) {
      sync.step();
      synchronized (this) {
        assert LockRank.LEAF.enter();
        try {
          Put result = add(NOTHING, buffer, offset, length, urgent);
          boolean late = me.isInterrupted() || deadline <= sync.nanoTime();
          if (result != Put.FULL || late) {
            producers.remove(me);
            dropped += result == Put.FULL ? 1 : 0;
            if (result == Put.FULL && Thread.interrupted()) {
              throw new InterruptedException();
            }
            return result;
          }
          producers.add(me);
        } finally {
          assert LockRank.LEAF.leave();
        }
      }
      sync.parkUntil(deadline);
    }
  }

  /// Counts a packet that its owner does not let in.
  ///
  /// @return [Put#DONE], or [Put#GONE]
  public Put refuse() {
    sync.step();
    synchronized (this) {
      if (gone) {
        return Put.GONE;
      }
      owner.touch();
      refused++;
      return Put.DONE;
    }
  }

  /// Takes the first packet if there is one; what is longer than `room` is cut off.
  ///
  /// @return its whole length, [#EMPTY] or [#GONE]
  public int poll(byte[] buffer, int offset, int room) {
    sync.step();
    synchronized (this) {
      assert LockRank.LEAF.enter();
      try {
        return remove(buffer, offset, room);
      } finally {
        assert LockRank.LEAF.leave();
      }
    }
  }

  /// Takes the first packet back, as if it had never been put in, for a caller that puts it where
  /// it belongs now.
  ///
  /// @return null: there is none
  public byte @Nullable [] withdraw() {
    sync.step();
    synchronized (this) {
      if (gone) {
        return null;
      }
      owner.touch();
      PacketRing band = fast.count() > 0 ? fast : normal;
      if (band.count() == 0) {
        return null;
      }
      byte[] packet = new byte[band.firstLength()];
      int length = band.remove(packet, 0, packet.length);
      in--;
      inOctets -= length;
      return packet;
    }
  }

  /// Takes the first packet; waits for one. No lock may be held.
  ///
  /// @param deadline in [Sync#nanoTime]; [Sync#FOREVER]: no limit
  /// @return its whole length, [#EMPTY] when none came in time, [#GONE]
  public int take(byte[] buffer, int offset, int room, long deadline) throws InterruptedException {
    assert LockRank.noneHeld();
    Thread me = Thread.currentThread();
    for (; ; ) {
      sync.step();
      synchronized (this) {
        assert LockRank.LEAF.enter();
        try {
          int length = remove(buffer, offset, room);
          boolean late = me.isInterrupted() || deadline <= sync.nanoTime();
          if (length != EMPTY || late) {
            consumers.remove(me);
            if (length == EMPTY && Thread.interrupted()) {
              throw new InterruptedException();
            }
            return length;
          }
          consumers.add(me);
        } finally {
          assert LockRank.LEAF.leave();
        }
      }
      sync.parkUntil(deadline);
    }
  }

  /// Wakes those who wait for packets. After a batch; best with no lock held.
  public void wake() {
    synchronized (this) {
      consumers.wakeAll(sync);
    }
  }

  /// Takes the queue down for a reason, and tells those who wait for room. All in one step, so that
  /// nobody fills a queue that nobody empties.
  ///
  /// @param reason one bit, the caller's
  /// @param purge whether to drop and count what is in
  public void down(int reason, boolean purge) {
    sync.step();
    synchronized (this) {
      if (!gone) {
        owner.touch();
        down |= reason;
        if (purge) {
          purge();
        }
        producers.wakeAll(sync);
      }
    }
  }

  /// One reason less to be down.
  public void up(int reason) {
    sync.step();
    synchronized (this) {
      if (!gone) {
        owner.touch();
        down &= ~reason;
      }
    }
  }

  /// From here on nothing goes in or comes out, ever. Those who wait are woken by [#drain].
  public void close() {
    sync.step();
    synchronized (this) {
      gone = true;
    }
  }

  /// From here on nothing goes in; what is in may be taken, and then the queue is gone.
  public void finish() {
    synchronized (this) {
      finished = true;
      producers.wakeAll(sync);
      consumers.wakeAll(sync);
    }
  }

  /// Drops and counts what a closed queue still holds, and wakes everybody.
  public void drain() {
    synchronized (this) {
      assert gone;
      purge();
      producers.wakeAll(sync);
      consumers.wakeAll(sync);
    }
  }

  /// Length of the packet that would be taken next, [#EMPTY] or [#GONE].
  public int nextLength() {
    synchronized (this) {
      if (gone) {
        return GONE;
      }
      owner.touch();
      return (fast.count() > 0 ? fast : normal).firstLength();
    }
  }

  /// Whether the queue is gone.
  public boolean isGone() {
    return gone;
  }

  /// How many packets are in.
  public synchronized int count() {
    return fast.count() + normal.count();
  }

  /// What it has counted.
  public synchronized Counters counters() {
    return new Counters(in, inOctets, out, outOctets, dropped, refused);
  }

  private Put add(byte[] header, byte[] buffer, int offset, int length, boolean urgent) {
    if (gone || finished) {
      return Put.GONE;
    }
    owner.touch();
    int total = header.length + length;
    if (down != 0) {
      return Put.DOWN;
    }
    if (total > maxOctets) {
      return Put.TOO_LONG;
    }
    if (fast.count() + normal.count() >= maxPackets
        || total > maxOctets - fast.octets() - normal.octets()) {
      return Put.FULL;
    }
    (urgent ? fast : normal).add(header, header.length, buffer, offset, length);
    in++;
    inOctets += total;
    return Put.DONE;
  }

  private int remove(byte[] buffer, int offset, int room) {
    if (gone) {
      return GONE;
    }
    owner.touch();
    PacketRing band = fast.count() > 0 ? fast : normal;
    int length = band.remove(buffer, offset, room);
    if (length == EMPTY) {
      return finished ? GONE : EMPTY;
    }
    out++;
    outOctets += length;
    if (!producers.isEmpty() && hasMuchRoom()) {
      producers.wakeAll(sync);
    }
    return length;
  }

  /// Waking a producer for each packet that leaves would cost a switch of threads per packet.
  private boolean hasMuchRoom() {
    return fast.count() + normal.count() <= maxPackets / 2
        && fast.octets() + normal.octets() <= maxOctets / 2;
  }

  private void purge() {
    dropped += fast.count() + normal.count();
    fast.clear();
    normal.clear();
  }
}
