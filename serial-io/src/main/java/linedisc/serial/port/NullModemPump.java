package linedisc.serial.port;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import linedisc.serial.life.Sync;
import linedisc.serial.life.WorkSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that steps any number of [NullModem]s in real time; asleep while nothing is on any
/// wire.
public final class NullModemPump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NullModemPump.class);

  private final ConcurrentLinkedQueue<Wire> ready = new ConcurrentLinkedQueue<>();
  private final Sync sync = Sync.system();
  private final WorkSignal signal = new WorkSignal(sync);
  private volatile boolean closed;

  /// A running pump.
  public NullModemPump() {
    Thread _ = sync.start("null modem", this::run);
  }

  /// A new wire, moved by this pump.
  ///
  /// @param speed bits per second, each direction; 0: no limit
  public NullModem wire(String name, int speed) {
    return new Wire(name, speed).modem;
  }

  /// Stops moving the wires.
  @Override
  public void close() {
    closed = true;
    signal.signal();
  }

  private void run() {
    // Wires with something on its way, by when it arrives. Owned by this thread.
    PriorityQueue<Wire> timed = new PriorityQueue<>(Comparator.comparingLong(wire -> wire.due));
    while (!closed) {
      for (Wire wire = ready.poll(); wire != null; wire = ready.poll()) {
        wire.queued.set(false);
        if (wire.due != Long.MAX_VALUE) {
          timed.remove(wire);
        }
        step(wire, timed);
      }
      Wire next = timed.peek();
      if (next == null) {
        await(Sync.FOREVER);
      } else if (next.due - sync.nanoTime() > 0) {
        await(next.due - sync.nanoTime());
      } else {
        timed.remove();
        step(next, timed);
      }
    }
  }

  private void await(long nanos) {
    if (!signal.await(nanos)) {
      // Interrupted by a stranger: it would not wait again.
      Thread.interrupted();
    }
  }

  private void step(Wire wire, PriorityQueue<Wire> timed) {
    try {
      wire.modem.step(sync.nanoTime());
    } catch (RuntimeException | Error e) {
      LOG.error("{} is pulled out: its user has failed", wire.modem, e);
      wire.modem.hangUp();
    }
    wire.due = wire.modem.pollTimeout();
    if (wire.due != Long.MAX_VALUE) {
      timed.add(wire);
    }
  }

  private final class Wire implements Runnable {
    final NullModem modem;
    final AtomicBoolean queued = new AtomicBoolean();
    long due = Long.MAX_VALUE;

    Wire(String name, int speed) {
      modem = new NullModem(name, speed, this);
    }

    /// There may be something to step.
    @Override
    public void run() {
      if (queued.compareAndSet(false, true)) {
        ready.add(this);
        signal.signal();
      }
    }
  }
}
