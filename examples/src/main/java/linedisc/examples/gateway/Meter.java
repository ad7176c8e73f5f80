package linedisc.examples.gateway;

import linedisc.serial.net.InterfaceStatistics;
import linedisc.serial.net.NetInterface;
import org.jspecify.annotations.Nullable;

/// Rates of an interface, from the difference between two measurements. Any thread.
final class Meter {
  private static final double NANOS = 1e9;

  private @Nullable NetInterface last;
  private long inOctets;
  private long outOctets;
  private long time;
  private long in;
  private long out;

  /// Nothing measured.
  Meter() {}

  /// Measures.
  ///
  /// @param netInterface null: there is none now
  synchronized void measure(@Nullable NetInterface netInterface, long now) {
    in = 0;
    out = 0;
    if (netInterface != null) {
      InterfaceStatistics counters = netInterface.statistics();
      if (netInterface.equals(last) && now - time > 0) {
        double seconds = (now - time) / NANOS;
        in = Math.round((counters.inOctets() - inOctets) / seconds);
        out = Math.round((counters.outOctets() - outOctets) / seconds);
      }
      inOctets = counters.inOctets();
      outOctets = counters.outOctets();
    }
    last = netInterface;
    time = now;
  }

  /// Octets a second, received.
  synchronized long in() {
    return in;
  }

  /// Octets a second, sent.
  synchronized long out() {
    return out;
  }
}
