package linedisc.examples.selftest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import linedisc.serial.life.Clock;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;

/// Has interfaces destroyed from all the places that a destroy may come from.
final class Destroyer implements AutoCloseable {
  /// Where a destroy comes from.
  enum Place {
    /// A thread of the application, that has the interface.
    CALLER,
    /// A thread of the application, that has its name; if the line hangs up meanwhile, that may be
    /// another's already.
    NAME,
    /// Three threads at once, of which one must win.
    RACE,
    /// The handler of the interface's packets.
    RECEIVER,
    /// A listener to the table's events.
    LISTENER,
    /// A timer.
    TIMER
  }

  private static final int RIVALS = 3;
  private static final long LONGEST_DELAY = 500_000;

  private final InterfaceTable table;
  private final Executor executor;
  private final Clock clock;
  private final EventStream<InterfaceEvent> events;

  /// Those whom the listener is to destroy, by index.
  private final Map<Long, Traffic> atNextEvent = new ConcurrentHashMap<>();

  Destroyer(InterfaceTable table, Executor executor) {
    this.table = table;
    this.executor = executor;
    this.clock = new Clock(table.sync());
    this.events = table.events(executor, this::heard);
  }

  /// Begins a destroy. It may take a while to come, or, for lack of packets or events, never come.
  ///
  /// @param delay for a timer, in nanoseconds
  void begin(Traffic victim, Place place, long delay) {
    NetInterface netInterface = victim.netInterface();
    switch (place) {
      case CALLER -> victim.destroy();
      case NAME -> {
        if (netInterface.is(InterfaceFlag.PRIVATE) || victim.isAtHangUp()) {
          victim.destroy();
        } else {
          victim.destroy(() -> table.destroy(netInterface.name()));
        }
      }
      case RACE -> {
        for (int i = 1; i < RIVALS; i++) {
          executor.execute(victim::destroy);
        }
        victim.destroy();
      }
      case RECEIVER -> victim.destroyByNextPacket();
      case LISTENER -> {
        atNextEvent.put(netInterface.index(), victim);
        provokeEvent(netInterface);
      }
      case TIMER ->
          clock.timer(victim::destroy).schedule(table.sync().nanoTime() + delay % LONGEST_DELAY);
    }
  }

  /// Nobody has destroyed it yet, so the caller does. The other may still come, and be refused.
  void insist(Traffic victim) {
    atNextEvent.remove(victim.netInterface().index());
    victim.destroy();
  }

  private static void provokeEvent(NetInterface netInterface) {
    try {
      netInterface.setMtu(netInterface.mtu());
    } catch (NetException e) {
      // It has gone: so will the caller find out.
    }
  }

  private void heard(InterfaceEvent event) {
    if (event instanceof InterfaceEvent.Changed) {
      Traffic victim = atNextEvent.remove(event.index());
      if (victim != null) {
        victim.destroy();
      }
    }
  }

  @Override
  public void close() {
    events.close();
    clock.close();
  }
}
