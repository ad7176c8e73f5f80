package linedisc.serial.host;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import linedisc.serial.life.EventStream;
import linedisc.serial.life.Removal;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceEvent;
import linedisc.serial.net.InterfaceFlag;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An interface's life on the host: a [TunDevice] from the beginning; up, with addresses and
/// routes, while the interface is UP and RUNNING; all of it undone when it is not, and removed with
/// it.
///
/// It follows the table's events, so a change takes a moment to show on the host; [#settle] does it
/// at once. A device that somebody deletes destroys the interface, and so the link below is told.
///
/// Any thread may call any method, with no lock of a port or table held; each asks the kernel, and
/// so may take a moment.
public final class HostLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostLink.class);

  private final NetInterface netInterface;
  private final HostSettings settings;
  private final TunDevice device;
  private final HostRoutes routes;
  private final EventStream<InterfaceEvent> events;

  // What the host has; guarded by this object's monitor, which is taken with none of the system's
  // locks held.
  private boolean up;
  private int mtu;
  private List<AddressPair> addresses = List.of();
  private boolean namesWritten;
  private boolean closed;

  private HostLink(
      InterfaceTable table, NetInterface netInterface, HostSettings settings, Executor executor)
      throws HostException, NetException {
    this.netInterface = netInterface;
    this.settings = settings;
    this.mtu = netInterface.mtu();
    // Events and the device's end may come before this is built, and wait for the monitor then.
    synchronized (this) {
      events = table.events(executor, this::follow);
      boolean opened = false;
      try {
        device = TunDevice.open(netInterface, settings.deviceName(), new Listener());
        routes = new HostRoutes(settings, device.index());
        opened = true;
      } finally {
        if (!opened) {
          events.close();
        }
      }
    }
  }

  /// Makes the host's device for an interface of a table.
  ///
  /// @param executor runs short tasks that take up what has changed
  /// @throws HostException when the host can't or won't have the device
  /// @throws NetException ENXIO: the interface has gone; EBUSY: somebody else consumes its packets
  public static HostLink open(
      InterfaceTable table, NetInterface netInterface, HostSettings settings, Executor executor)
      throws HostException, NetException {
    HostLink link = new HostLink(table, netInterface, settings, executor);
    link.settle();
    return link;
  }

  /// The device.
  public TunDevice device() {
    return device;
  }

  /// Takes up what has changed: when it returns, the host has the interface's state, addresses, MTU
  /// and routes.
  ///
  /// @throws HostException the first thing that could not be done; the rest was tried
  public synchronized void settle() throws HostException {
    if (closed || !netInterface.isAttached()) {
      return;
    }
    try (Rtnetlink host = new Rtnetlink()) {
      Failures failures = new Failures();
      int wantedMtu = netInterface.mtu();
      if (wantedMtu != mtu) {
        mtu = wantedMtu;
        failures.collect(() -> host.setMtu(device.index(), wantedMtu));
      }
      boolean wantedUp =
          netInterface.is(InterfaceFlag.UP)
              && (settings.alwaysUp() || netInterface.is(InterfaceFlag.RUNNING));
      List<AddressPair> wanted = wantedUp ? netInterface.addresses() : List.of();
      for (AddressPair pair : addresses) {
        if (!wanted.contains(pair)) {
          routes.remove(host, pair.protocol());
          failures.collect(() -> host.removeAddress(device.index(), pair));
        }
      }
      if (wantedUp != up) {
        up = wantedUp;
        failures.collect(() -> host.setUp(device.index(), wantedUp));
      }
      for (AddressPair pair : wanted) {
        if (!addresses.contains(pair)) {
          failures.collect(() -> host.addAddress(device.index(), pair));
          failures.collect(() -> routes.add(host, pair.protocol(), pair.remote()));
        }
      }
      addresses = wanted;
      if (!wantedUp) {
        forgetNames();
      }
      failures.report();
    }
  }

  /// Writes the name servers that the peer has named to the file that was asked for, if one was.
  ///
  /// @param servers none: the file goes
  public synchronized void nameServers(List<? extends InetAddress> servers) throws IOException {
    Path file = settings.resolvFile();
    if (closed || file == null) {
      return;
    }
    if (servers.isEmpty()) {
      forgetNames();
    } else {
      ResolvFile.write(file, servers);
      namesWritten = true;
    }
  }

  /// Begins to take the device away; the interface stays.
  ///
  /// @return ends when the kernel has none any more
  public Removal remove() {
    return device.remove();
  }

  /// As [#remove], without waiting.
  @Override
  public void close() {
    device.close();
  }

  private void follow(InterfaceEvent event) {
    if (event.index() != netInterface.index()) {
      return;
    }
    try {
      settle();
    } catch (HostException e) {
      LOG.warn("{}: {}", netInterface.name(), e.getMessage());
    }
  }

  private void forgetNames() {
    Path file = settings.resolvFile();
    if (namesWritten && file != null) {
      namesWritten = false;
      try {
        boolean _ = Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.warn("{}: not deleted: {}", file, e.getMessage());
      }
    }
  }

  /// Undoes what does not go with the device.
  private synchronized void undo() {
    closed = true;
    events.close();
    forgetNames();
    if (addresses.isEmpty()) {
      return;
    }
    try (Rtnetlink host = new Rtnetlink()) {
      for (AddressPair pair : addresses) {
        routes.remove(host, pair.protocol());
      }
    } catch (HostException e) {
      LOG.warn("{}: {}", netInterface.name(), e.getMessage());
    }
  }

  private final class Listener implements TunListener {
    @Override
    public void deleted() {
      LOG.warn("{}: the host's device was deleted", netInterface.name());
      try {
        Removal _ = netInterface.destroy();
      } catch (NetException e) {
        LOG.debug("{}", e.getMessage());
      }
    }

    @Override
    public void closing() {
      undo();
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws HostException;
  }

  /// Goes on after a failure, and reports the first in the end.
  private static final class Failures {
    private @Nullable HostException first;

    void collect(Step step) {
      try {
        step.run();
      } catch (HostException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }

    void report() throws HostException {
      if (first != null) {
        throw first;
      }
    }
  }
}
