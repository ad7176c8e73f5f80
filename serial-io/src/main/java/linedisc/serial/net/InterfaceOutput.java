package linedisc.serial.net;

import java.util.ArrayList;
import java.util.List;
import linedisc.serial.life.PacketQueue;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.life.Sync;
import linedisc.slip.inet.Ip;

/// What an interface has to send: the queue that its port empties, and a second one for packets
/// whose protocol's mode is QUEUE. Decides by the interface's word which packet goes where.
final class InterfaceOutput {
  /// Why the queue is down: no port empties it.
  static final int UNBOUND = 1;

  /// Why the queue is down: so the administrator wants it.
  static final int ADMIN_DOWN = 2;

  private static final int HELD_PACKETS = 32;

  private final StateWord word;
  private final PacketQueue ready;
  private final PacketQueue held;

  /// Empty, and down because UNBOUND.
  InterfaceOutput(Sync sync, PacketQueue.Owner owner, StateWord word, InterfaceSettings settings) {
    int packets = settings.queuePackets();
    int octets = settings.queueOctets();
    this.word = word;
    this.ready = new PacketQueue(sync, owner, packets, octets);
    this.held = new PacketQueue(sync, owner, Math.min(HELD_PACKETS, packets), octets);
    ready.down(UNBOUND, true);
  }

  /// Puts a packet where it belongs.
  ///
  /// @param wait whether to wait for room
  /// @param deadline until when
  Put send(byte[] buffer, int offset, int length, boolean wait, long deadline)
      throws InterruptedException {
    for (; ; ) {
      long now = word.get();
      if (StateWord.isLeaving(now)) {
        return Put.GONE;
      }
      NetworkProtocol protocol = length == 0 ? null : NetworkProtocol.of(buffer[offset]);
      if (protocol == null) {
        throw new IllegalArgumentException("neither an IPv4 nor an IPv6 packet");
      }
      if ((now & StateWord.UP) == 0) {
        return Put.DOWN;
      }
      if (length > StateWord.mtu(now)) {
        return Put.TOO_LONG;
      }
      switch (StateWord.mode(now, protocol)) {
        case PASS -> {
          boolean urgent = Ip.isLowDelay(buffer, offset, length);
          Put result =
              wait
                  ? ready.put(buffer, offset, length, urgent, deadline)
                  : ready.offer(buffer, offset, length, urgent);
          // A binding or a protocol that has just ended may have left another mode behind.
          if (mode(protocol) != NetworkMode.QUEUE) {
            return result;
          }
          if (result == Put.DONE) {
            // Both steps: it may have opened again meanwhile.
            closed();
          }
          if (result != Put.DOWN) {
            return result;
          }
        }
        case QUEUE -> {
          Put result = held.offer(buffer, offset, length, false);
          if (mode(protocol) != NetworkMode.QUEUE) {
            releaseHeld();
          }
          return result;
        }
        case DROP -> {
          return ready.refuse();
        }
        case ERROR -> {
          return Put.DOWN;
        }
      }
    }
  }

  /// Takes the next packet. Port lock.
  int poll(byte[] buffer, int offset, int room) {
    return ready.poll(buffer, offset, room);
  }

  /// Length of the next packet. Port lock.
  int nextLength() {
    return ready.nextLength();
  }

  /// Packets that wait, for a port or for their protocol's mode to change.
  int count() {
    return ready.count() + held.count();
  }

  void up(int reason) {
    ready.up(reason);
  }

  void down(int reason) {
    ready.down(reason, true);
  }

  /// Keeps what no port has taken, if that is what the modes say; port lock.
  void unbound() {
    boolean keep = StateWord.idleMode(word.get()) == NetworkMode.QUEUE;
    ready.down(UNBOUND, !keep);
    if (keep) {
      for (byte[] packet = ready.withdraw(); packet != null; packet = ready.withdraw()) {
        Put _ = held.offer(packet, 0, packet.length, false);
      }
    }
  }

  /// A protocol has closed: packets go where they now belong, those that wait for a port and those
  /// that have waited for another mode.
  void closed() {
    withhold();
    releaseHeld();
  }

  /// Keeps what no port has taken of protocols whose mode is QUEUE.
  private void withhold() {
    long now = word.get();
    if (!StateWord.hasMode(now, NetworkMode.QUEUE) || ready.count() == 0) {
      return;
    }
    List<byte[]> others = new ArrayList<>();
    for (byte[] packet = ready.withdraw(); packet != null; packet = ready.withdraw()) {
      NetworkProtocol protocol = NetworkProtocol.of(packet[0]);
      if (protocol != null && StateWord.mode(now, protocol) == NetworkMode.QUEUE) {
        Put _ = held.offer(packet, 0, packet.length, false);
      } else {
        others.add(packet);
      }
    }
    for (byte[] packet : others) {
      Put _ = ready.offer(packet, 0, packet.length, Ip.isLowDelay(packet, 0, packet.length));
    }
  }

  /// Modes have changed: packets that waited for it go where they now belong.
  void releaseHeld() {
    long before;
    do {
      before = word.get();
      releaseHeld(before);
      // Who has changed it since has not seen what was in our hands.
    } while (word.get() != before);
  }

  private void releaseHeld(long now) {
    byte[] packet = new byte[0];
    for (int waiting = held.count(); waiting > 0; waiting--) {
      packet = grown(packet, held.nextLength());
      int length = held.poll(packet, 0, packet.length);
      NetworkProtocol protocol = length > 0 ? NetworkProtocol.of(packet[0]) : null;
      if (protocol == null) {
        return;
      }
      Put _ =
          switch (StateWord.mode(now, protocol)) {
            case PASS -> ready.offer(packet, 0, length, false);
            case QUEUE -> held.offer(packet, 0, length, false);
            case DROP, ERROR -> ready.refuse();
          };
    }
  }

  void close() {
    ready.close();
    held.close();
  }

  void drain() {
    ready.drain();
    held.drain();
  }

  /// What has been counted: `in` and `out` of packets that a port was to send, dropped and refused
  /// of all.
  PacketQueue.Counters counters() {
    PacketQueue.Counters one = ready.counters();
    PacketQueue.Counters other = held.counters();
    return new PacketQueue.Counters(
        one.in(),
        one.inOctets(),
        one.out(),
        one.outOctets(),
        one.dropped() + other.dropped(),
        one.refused() + other.refused());
  }

  private NetworkMode mode(NetworkProtocol protocol) {
    return StateWord.mode(word.get(), protocol);
  }

  private static byte[] grown(byte[] buffer, int length) {
    return length > buffer.length ? new byte[length] : buffer;
  }
}
