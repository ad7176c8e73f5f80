package linedisc.serial.observe;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import linedisc.ppp.PppEvent;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.InterfaceInfo;
import linedisc.serial.net.InterfaceStatistics;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetInterface;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;

/// Writes what happens to a table's interfaces, and on ports, into flight recordings (`jcmd
/// JFR.start`, `-XX:StartFlightRecording`): `linedisc.InterfaceArrived`,
/// `linedisc.InterfaceDeparted`, `linedisc.LinkUp`, `linedisc.LinkDown`, `linedisc.Negotiation`,
/// and every ten seconds `linedisc.InterfaceCounters` with what was dropped.
///
/// Nothing is written and no counter is read while no recording wants it. Any thread may call any
/// method, with no lock of a port or table held.
public final class FlightReporter implements AutoCloseable {
  private final InterfaceTable table;
  private final Executor executor;
  private final EventStream<InterfaceEvent> events;
  private final Runnable counters = this::count;
  private final FlightRecorderListener recorder = new Recorder();

  /// Interfaces that are RUNNING, by index; the listener's.
  private final Set<Long> running = new HashSet<>();

  /// Set under `recorder`'s monitor.
  private volatile boolean closed;

  /// Begins to report.
  ///
  /// @param executor runs short tasks that follow what happens
  public FlightReporter(InterfaceTable table, Executor executor) {
    this.table = table;
    this.executor = executor;
    FlightRecorder.addListener(recorder);
    this.events = table.events(executor, this::follow);
  }

  /// Reports what is negotiated on a port, too, for as long as it is open.
  public void watch(Tty tty) {
    String port = tty.name();
    // Only the port holds the stream: nothing is kept of ports that have gone.
    EventStream<TtyEvent> _ = tty.events(executor, event -> follow(port, event));
  }

  /// Ends the reports.
  @Override
  public void close() {
    events.close();
    boolean _ = FlightRecorder.removeListener(recorder);
    synchronized (recorder) {
      closed = true;
      boolean _ = FlightRecorder.removePeriodicEvent(counters);
    }
  }

  /// Has the counters written once there is a recorder: asking for them earlier would cost every
  /// program the preparation of one at its start.
  private final class Recorder implements FlightRecorderListener {
    @Override
    public synchronized void recorderInitialized(FlightRecorder there) {
      if (!closed) {
        FlightRecorder.addPeriodicEvent(FlightEvents.InterfaceCounters.class, counters);
      }
    }
  }

  private void follow(InterfaceEvent event) {
    switch (event) {
      case InterfaceEvent.Arrived(String name, long index) -> {
        commit(new FlightEvents.InterfaceArrived(), name, index);
        look(name, index);
      }
      case InterfaceEvent.Changed(String name, long index) -> look(name, index);
      case InterfaceEvent.Departed(String name, long index) -> {
        if (running.remove(index)) {
          commit(new FlightEvents.LinkDown(), name, index);
        }
        commit(new FlightEvents.InterfaceDeparted(), name, index);
      }
    }
  }

  private void look(String name, long index) {
    NetInterface netInterface = table.find(index);
    boolean now = netInterface != null && netInterface.is(InterfaceFlag.RUNNING);
    if (netInterface != null && now && running.add(index)) {
      var up = new FlightEvents.LinkUp();
      up.mtu = netInterface.mtu();
      up.addresses =
          netInterface.addresses().stream()
              .map(AddressPair::toString)
              .collect(Collectors.joining(", "));
      commit(up, name, index);
    } else if (!now && running.remove(index)) {
      commit(new FlightEvents.LinkDown(), name, index);
    }
  }

  private void follow(String port, TtyEvent event) {
    if (closed || !(event instanceof TtyEvent.FromProtocol(PppEvent said))) {
      return;
    }
    switch (said) {
      case PppEvent.Ipv4Up _ -> negotiated(port, "ipv4-up", said);
      case PppEvent.Ipv6Up _ -> negotiated(port, "ipv6-up", said);
      case PppEvent.NetworkDown _ -> negotiated(port, "network-down", said);
      case PppEvent.Terminated _ -> negotiated(port, "terminated", said);
      case PppEvent.PhaseChanged _,
          PppEvent.LinkUp _,
          PppEvent.Authenticated _,
          PppEvent.Message _,
          PppEvent.CompressionUp _,
          PppEvent.CompressionDown _,
          PppEvent.MtuChanged _,
          PppEvent.Needed _,
          PppEvent.Trace _ -> {
        // Steps on the way, and no outcome.
      }
    }
  }

  private static void negotiated(String port, String outcome, PppEvent said) {
    var negotiation = new FlightEvents.Negotiation();
    negotiation.port = port;
    negotiation.outcome = outcome;
    negotiation.detail = said.toString();
    negotiation.commit();
  }

  private void count() {
    for (InterfaceInfo info : table.list()) {
      InterfaceStatistics statistics = info.statistics();
      if (statistics != null) {
        var counted = new FlightEvents.InterfaceCounters();
        counted.inPackets = statistics.inPackets();
        counted.inOctets = statistics.inOctets();
        counted.inDropped = statistics.inDropped();
        counted.outPackets = statistics.outPackets();
        counted.outOctets = statistics.outOctets();
        counted.outDropped = statistics.outDropped();
        commit(counted, info.name(), info.index());
      }
    }
  }

  private static void commit(FlightEvents.AboutInterface event, String name, long index) {
    event.name = name;
    event.index = index;
    event.commit();
  }
}
