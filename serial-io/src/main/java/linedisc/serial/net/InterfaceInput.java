package linedisc.serial.net;

import linedisc.serial.life.PacketQueue;
import linedisc.serial.life.Sync;

/// What an interface has received: the queue that its consumer empties, and who that is.
final class InterfaceInput {
  private final StateWord word;
  private final PacketQueue queue;

  /// Changed under the table's lock.
  private volatile InputHandler handler = InputHandler.NONE;

  InterfaceInput(Sync sync, PacketQueue.Owner owner, StateWord word, InterfaceSettings settings) {
    this.word = word;
    this.queue = new PacketQueue(sync, owner, settings.queuePackets(), settings.queueOctets());
  }

  /// A packet has come: an interface that is down counts and drops it. Port lock.
  void received(byte[] buffer, int offset, int length) {
    if ((word.get() & StateWord.UP) == 0) {
      queue.refuse();
    } else {
      queue.offer(buffer, offset, length, false);
    }
  }

  /// As [PacketQueue#take].
  int take(byte[] buffer, int offset, int room, long deadline) throws InterruptedException {
    return queue.take(buffer, offset, room, deadline);
  }

  /// As [PacketQueue#poll].
  int poll(byte[] buffer, int offset, int room) {
    return queue.poll(buffer, offset, room);
  }

  /// Length of the next packet.
  int nextLength() {
    return queue.nextLength();
  }

  /// Packets that wait.
  int count() {
    return queue.count();
  }

  PacketQueue.Counters counters() {
    return queue.counters();
  }

  /// Wakes those who wait for packets. No lock held.
  void wake() {
    queue.wake();
  }

  InputHandler handler() {
    return handler;
  }

  /// Names the consumer; [InputHandler#NONE]: there is none. Table lock.
  ///
  /// @return false: there is another
  boolean hand(InputHandler next) {
    if (!handler.equals(InputHandler.NONE) && !next.equals(InputHandler.NONE)) {
      return false;
    }
    handler = next;
    return true;
  }

  /// A consumer leaves. Table lock.
  void detach(InputHandler leaving) {
    if (handler.equals(leaving)) {
      handler = InputHandler.NONE;
    }
  }

  void close() {
    queue.close();
  }

  void drain() {
    queue.drain();
  }
}
