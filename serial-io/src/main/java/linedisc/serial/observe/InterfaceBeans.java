package linedisc.serial.observe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.InterfaceInfo;
import linedisc.serial.net.InterfaceState;
import linedisc.serial.net.InterfaceStatistics;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetInterface;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows a table and its interfaces through JMX, as `linedisc:table=NAME,type=InterfaceTable` and
/// `linedisc:table=NAME,type=Interface,name=ppp0`. An interface's bean comes and goes with it.
///
/// Counters are read when they are asked for. Any thread may call any method, with no lock of a
/// port or table held.
public final class InterfaceBeans implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceBeans.class);
  private static final String DOMAIN = "linedisc";

  private final InterfaceTable table;
  private final MBeanServer server;
  private final String tableName;
  private final EventStream<InterfaceEvent> events;
  private final AtomicLong arrivals = new AtomicLong();
  private final AtomicLong departures = new AtomicLong();

  /// What is registered, by index; guarded by this object's monitor.
  private final Map<Long, ObjectName> registered = new HashMap<>();

  private final ObjectName own;

  /// Registers a table, and its interfaces from now on and those that are there.
  ///
  /// @param server such as the platform's
  /// @param tableName tells tables of one process apart
  /// @param executor runs short tasks that follow what comes and goes
  /// @throws JMException the name is no part of an object name, or is taken
  public InterfaceBeans(
      InterfaceTable table, MBeanServer server, String tableName, Executor executor)
      throws JMException {
    this.table = table;
    this.server = server;
    this.tableName = tableName;
    this.own = new ObjectName(DOMAIN + ":table=" + tableName + ",type=InterfaceTable");
    var _ =
        server.registerMBean(
            new StandardMBean(new TableBean(), InterfaceTableMXBean.class, true), own);
    this.events = table.events(executor, this::follow);
    for (InterfaceInfo info : table.list()) {
      add(info.index());
    }
  }

  /// Takes all beans away.
  @Override
  public void close() {
    events.close();
    synchronized (this) {
      registered.values().forEach(this::unregister);
      registered.clear();
    }
    unregister(own);
  }

  private void follow(InterfaceEvent event) {
    switch (event) {
      case InterfaceEvent.Arrived(_, long index) -> {
        arrivals.incrementAndGet();
        add(index);
      }
      case InterfaceEvent.Departed(_, long index) -> {
        departures.incrementAndGet();
        remove(index);
      }
      case InterfaceEvent.Changed _ -> {}
    }
  }

  private synchronized void add(long index) {
    NetInterface netInterface = table.find(index);
    if (netInterface == null || registered.containsKey(index)) {
      return;
    }
    try {
      ObjectName name =
          new ObjectName(
              DOMAIN + ":table=" + tableName + ",type=Interface,name=" + netInterface.name());
      if (server.isRegistered(name)) {
        // The one before it has gone, which is about to be told.
        registered.values().remove(name);
        unregister(name);
      }
      var _ =
          server.registerMBean(
              new StandardMBean(new Bean(netInterface), InterfaceMXBean.class, true), name);
      registered.put(index, name);
    } catch (JMException e) {
      LOG.warn("{}: not shown through JMX: {}", netInterface.name(), e.getMessage());
    }
  }

  private synchronized void remove(long index) {
    ObjectName name = registered.remove(index);
    if (name != null) {
      unregister(name);
    }
  }

  private void unregister(ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (JMException e) {
      LOG.debug("{}: {}", name, e.getMessage());
    }
  }

  private final class TableBean implements InterfaceTableMXBean {
    @Override
    public List<String> getInterfaces() {
      return table.list().stream()
          .filter(info -> info.state() != InterfaceState.FREED)
          .map(InterfaceInfo::name)
          .toList();
    }

    @Override
    public List<String> getCloners() {
      return table.cloners();
    }

    @Override
    public int getTombstones() {
      return (int)
          table.list().stream().filter(info -> info.state() == InterfaceState.FREED).count();
    }

    @Override
    public long getArrivals() {
      return arrivals.get();
    }

    @Override
    public long getDepartures() {
      return departures.get();
    }

    @Override
    public long getTouches() {
      return table.touches();
    }
  }

  private record Bean(NetInterface netInterface) implements InterfaceMXBean {
    private InterfaceStatistics statistics() {
      return netInterface.statistics();
    }

    @Override
    public String getName() {
      return netInterface.name();
    }

    @Override
    public long getIndex() {
      return netInterface.index();
    }

    @Override
    public String getState() {
      return netInterface.state().name();
    }

    @Override
    public List<String> getFlags() {
      return netInterface.flags().stream().map(Enum::name).toList();
    }

    @Override
    public @Nullable String getPort() {
      return netInterface.portName();
    }

    @Override
    public int getMtu() {
      return netInterface.mtu();
    }

    @Override
    public List<String> getAddresses() {
      return netInterface.addresses().stream().map(AddressPair::toString).toList();
    }

    @Override
    public long getInPackets() {
      return statistics().inPackets();
    }

    @Override
    public long getInOctets() {
      return statistics().inOctets();
    }

    @Override
    public long getInDropped() {
      return statistics().inDropped();
    }

    @Override
    public long getInWhileDown() {
      return statistics().inWhileDown();
    }

    @Override
    public long getOutPackets() {
      return statistics().outPackets();
    }

    @Override
    public long getOutOctets() {
      return statistics().outOctets();
    }

    @Override
    public long getOutDropped() {
      return statistics().outDropped();
    }

    @Override
    public long getOutRefused() {
      return statistics().outRefused();
    }
  }
}
