package linedisc.serial.net;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import linedisc.serial.life.PacketQueue;
import linedisc.serial.life.Worker;

/// Brings an interface's received packets to an application's handler, on threads of the
/// application's executor, one packet at a time. The interface's reader only leaves word.
public final class PacketSubscription implements InputHandler, AutoCloseable {
  /// After so many packets others on the same executor have their turn.
  private static final int BATCH = 64;

  private final NetInterface netInterface;
  private final Worker dispatcher;
  private final Executor executor;
  private final PacketHandler handler;
  private final Runnable dispatch = this::dispatch;
  private final Runnable deliver = this::deliver;

  /// Whether a delivery is on its way or running.
  private final AtomicBoolean busy = new AtomicBoolean();

  private volatile boolean closed;

  /// The running delivery's.
  private byte[] packet = {};

  PacketSubscription(
      NetInterface netInterface, Worker dispatcher, Executor executor, PacketHandler handler) {
    this.netInterface = netInterface;
    this.dispatcher = dispatcher;
    this.executor = executor;
    this.handler = handler;
  }

  /// Ends it; the interface's packets are free for another consumer. A packet that is being handled
  /// is the last.
  @Override
  public void close() {
    closed = true;
    netInterface.detach(this);
  }

  @Override
  public void inputReady(NetInterface unused) {
    if (busy.compareAndSet(false, true)) {
      dispatcher.submit(dispatch);
    }
  }

  @Override
  public void gone(NetInterface unused) {
    inputReady(netInterface);
  }

  private void dispatch() {
    try {
      executor.execute(deliver);
    } catch (RejectedExecutionException e) {
      close();
    }
  }

  private void deliver() {
    boolean more = true;
    try {
      more = deliverBatch();
    } finally {
      if (more) {
        dispatcher.submit(dispatch);
      }
    }
  }

  /// Returns whether there may be more, and `busy` is still ours.
  private boolean deliverBatch() {
    for (int i = 0; i < BATCH && !closed; i++) {
      // Asked before the queue is polled, so that no packet comes in between and finds no room.
      int next = netInterface.nextLength();
      if (next == PacketQueue.EMPTY) {
        busy.set(false);
        // Whoever has put a packet in since then has seen `busy` and gone away.
        if (netInterface.nextLength() == PacketQueue.EMPTY || !busy.compareAndSet(false, true)) {
          return false;
        }
      } else {
        deliverOne(next);
      }
    }
    return !closed;
  }

  /// Delivers the first packet, unless the queue has gone.
  ///
  /// @param next its length
  private void deliverOne(int next) {
    if (next > packet.length) {
      packet = new byte[next];
    }
    int length = netInterface.poll(packet, 0, packet.length);
    if (length == PacketQueue.GONE) {
      closed = true;
      handler.gone();
    } else if (length > 0 && length <= packet.length) {
      // Otherwise somebody else takes packets too.
      handler.packet(packet, 0, length);
    }
  }
}
