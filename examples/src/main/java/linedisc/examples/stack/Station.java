package linedisc.examples.stack;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import linedisc.serial.forward.Forwarder;
import linedisc.serial.forward.Prefix;
import linedisc.serial.host.HostException;
import linedisc.serial.host.HostLink;
import linedisc.serial.host.HostSettings;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyTable;
import org.jspecify.annotations.Nullable;

/// A whole stack: interfaces, ttys, and a forwarder that answers for their addresses. Two in one
/// process share nothing.
public final class Station implements AutoCloseable {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final InterfaceTable interfaces = new InterfaceTable();
  private final TtyTable ttys = new TtyTable(interfaces);
  private final Forwarder forwarder = new Forwarder(interfaces, executor);

  private volatile @Nullable Reports reports;

  /// Nothing but `lo0`, with its addresses.
  public Station() {
    try {
      NetInterface lo0 = interfaces.get("lo0");
      lo0.configure(new AddressPair(Prefix.address("127.0.0.1"), null));
      lo0.configure(new AddressPair(Prefix.address("::1"), null));
      forwarder.attach(lo0);
    } catch (NetException e) {
      throw new IllegalStateException("lo0 is there from the start", e);
    }
  }

  /// The interfaces.
  public InterfaceTable interfaces() {
    return interfaces;
  }

  /// The ports.
  public TtyTable ttys() {
    return ttys;
  }

  /// Routes between the interfaces that it is attached to.
  public Forwarder forwarder() {
    return forwarder;
  }

  /// Brings an interface to the host's network stack, and not to the forwarder any more.
  ///
  /// @throws HostException when the host can't or won't have a device for it; the forwarder still
  ///   has its packets then
  /// @throws NetException ENXIO: it has gone
  public HostLink toHost(NetInterface netInterface, HostSettings settings)
      throws HostException, NetException {
    forwarder.detach(netInterface);
    boolean there = false;
    try {
      HostLink link = HostLink.open(interfaces, netInterface, settings, executor);
      there = true;
      return link;
    } finally {
      if (!there) {
        forwarder.attach(netInterface);
      }
    }
  }

  /// Shows the interfaces through JMX, and writes what happens into flight recordings, from now on
  /// and for ports that are opened from now on. To be called once.
  ///
  /// @param name of the interfaces' table in JMX
  public void report(String name) {
    reports = new Reports(this, name);
  }

  /// Opens a port.
  public Tty open(SerialTransport line) {
    Tty tty = ttys.open(line);
    Reports told = reports;
    if (told != null) {
      told.watch(tty);
    }
    return tty;
  }

  /// For listeners.
  public ExecutorService executor() {
    return executor;
  }

  /// Closes the ports and destroys the interfaces. Does not wait.
  @Override
  public void close() {
    Reports told = reports;
    if (told != null) {
      told.close();
    }
    ttys.close();
    forwarder.close();
    interfaces.close();
    executor.shutdown();
  }
}
