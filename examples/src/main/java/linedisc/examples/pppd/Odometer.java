package linedisc.examples.pppd;

import java.time.Duration;
import linedisc.serial.net.InterfaceStatistics;
import linedisc.serial.net.NetInterface;

/// What a link has carried, as pppd's users know it: the octets of packets, before they are
/// compressed and after they were expanded, and for how long. Both since IPv4 came up, and until
/// then since the link began. For one thread.
final class Odometer {
  private final NetInterface netInterface;
  private InterfaceStatistics start;
  private long began;

  /// A link that begins now.
  ///
  /// @param netInterface its own; may have carried other links before
  Odometer(NetInterface netInterface) {
    this.netInterface = netInterface;
    this.start = netInterface.statistics();
    this.began = System.nanoTime();
  }

  /// Begins anew.
  void reset() {
    start = netInterface.statistics();
    began = System.nanoTime();
  }

  /// Octets of packets that were sent.
  long sent() {
    return netInterface.statistics().outOctets() - start.outOctets();
  }

  /// Octets of packets that were received.
  long received() {
    return netInterface.statistics().inOctets() - start.inOctets();
  }

  /// How long that took.
  Duration connected() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
