package linedisc.examples.pppd;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import linedisc.examples.pppd.Inbox.Happening;
import linedisc.examples.pppd.line.BellTransport;
import linedisc.examples.pppd.line.DormantDiscipline;
import linedisc.examples.pppd.options.DaemonOptions;
import linedisc.examples.pppd.options.IpcpOptions;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.serial.host.HostException;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.NetException;
import linedisc.serial.net.NetInterface;
import linedisc.serial.net.NetworkMode;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import org.jspecify.annotations.Nullable;

/// The interface between connections: it is there, takes packets, and calls for a connection. For
/// one thread.
final class Demand {
  /// Address for a peer that options give none, plus the unit number, as pppd has it:
  /// 10.112.112.112, and 10.64.64.64 for us.
  private static final int PEER_STAND_IN = 0x0A707070;

  private static final int OUR_STAND_IN = 0x0A404040;

  private final Parts parts;
  private @Nullable HostedInterface hosted;
  private @Nullable DormantDiscipline dormant;

  Demand(Parts parts) {
    this.parts = parts;
  }

  /// Waits for a packet that is worth a connection, or for a signal that ends the wait.
  ///
  /// @return the interface, for the connection; null: there is to be none
  @Nullable HostedInterface await() throws NetException, HostException, InterruptedException {
    while (!parts.control().isStopped()) {
      HostedInterface present = open();
      Tty tty = parts.station().ttys().open(new BellTransport());
      try (EventStream<TtyEvent> _ =
          tty.events(
              parts.station().executor(),
              event -> parts.inbox().put(new Happening.OnPort(tty, event)))) {
        PppdOptions options = parts.options();
        dormant =
            new DormantDiscipline(
                options.get(DaemonOptions.PASS_FILTER), options.get(DaemonOptions.ACTIVE_FILTER));
        var _ = tty.bind(dormant, present.netInterface());
        if (isWanted(tty)) {
          parts.log().info("Starting link");
          return present;
        }
      } finally {
        tty.close(Duration.ZERO).await();
      }
    }
    return null;
  }

  /// Waits for a packet; false: for nothing more.
  private boolean isWanted(Tty tty) throws InterruptedException {
    while (!parts.control().isStopped()) {
      switch (parts.control().await(Long.MAX_VALUE)) {
        case Happening.OnPort(Tty on, TtyEvent.FromProtocol(DormantDiscipline.Wanted _))
            when on.equals(tty) -> {
          return true;
        }
        // Somebody has destroyed the interface: there will be a new one.
        case Happening.OnPort(Tty on, TtyEvent.Unbound _) when on.equals(tty) -> {
          return false;
        }
        case null, default -> {}
      }
    }
    return false;
  }

  private HostedInterface open() throws NetException, HostException, InterruptedException {
    HostedInterface present = hosted;
    if (present != null && present.netInterface().isAttached()) {
      return present;
    }
    if (present != null) {
      present.withdraw();
    }
    HostedInterface made = HostedInterface.open(parts);
    hosted = made;
    NetInterface net = made.netInterface();
    int local = parts.options().get(IpcpOptions.LOCAL);
    int remote = parts.options().get(IpcpOptions.REMOTE);
    net.configure(
        new AddressPair(
            address(local == 0 ? OUR_STAND_IN + net.unit() : local),
            address(remote == 0 ? PEER_STAND_IN + net.unit() : remote)));
    net.setIdleMode(NetworkMode.QUEUE);
    boolean _ = made.settle();
    made.announce();
    return made;
  }

  private static InetAddress address(int bits) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(bits).array());
    } catch (UnknownHostException e) {
      throw new AssertionError("four octets are an address", e);
    }
  }

  /// The connection is up: what has waited for it goes out first.
  void connected() {
    HostedInterface present = hosted;
    DormantDiscipline last = dormant;
    if (present == null || last == null) {
      return;
    }
    for (byte[] packet = last.takeKept(); packet != null; packet = last.takeKept()) {
      var _ = present.netInterface().offer(packet, 0, packet.length);
    }
  }

  /// There will be no connection any more.
  void end() throws InterruptedException {
    if (hosted != null) {
      hosted.withdraw();
      hosted.remove();
    }
  }
}
