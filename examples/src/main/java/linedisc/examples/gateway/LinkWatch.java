package linedisc.examples.gateway;

import java.time.Duration;
import linedisc.examples.pppd.line.WatchedDiscipline;
import linedisc.examples.pppd.options.DaemonOptions;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.policy.SessionLimits;
import linedisc.ppp.TerminationReason;
import linedisc.serial.net.InterfaceStatistics;
import linedisc.serial.net.NetInterface;
import linedisc.serial.tty.LineDiscipline;
import org.jspecify.annotations.Nullable;

/// What pppd's `idle`, `maxconnect`, `maxoctets` and filters do to a link, of PPP or SLIP. Octets
/// are those of packets. For one thread; times are of [System#nanoTime].
final class LinkWatch {
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final SessionLimits limits;
  private final WatchedDiscipline discipline;
  private final NetInterface netInterface;

  /// Watches a link that is not up.
  ///
  /// @param netInterface the link's own, new one
  LinkWatch(PppdOptions options, LineDiscipline inner, NetInterface netInterface) {
    this.limits = new SessionLimits(SessionLimits.Limits.of(options));
    this.discipline =
        new WatchedDiscipline(
            inner,
            options.get(DaemonOptions.PASS_FILTER),
            options.get(DaemonOptions.ACTIVE_FILTER),
            System.nanoTime());
    this.netInterface = netInterface;
  }

  /// The link's discipline with the watch around it.
  LineDiscipline discipline() {
    return discipline;
  }

  /// Other options hold: the peer's own.
  void change(PppdOptions options) {
    limits.change(SessionLimits.Limits.of(options));
    discipline.setFilters(
        options.get(DaemonOptions.PASS_FILTER), options.get(DaemonOptions.ACTIVE_FILTER));
  }

  /// Packets flow.
  void up() {
    limits.up(System.nanoTime());
  }

  /// How long until [#expired] is to be asked.
  Duration left() {
    long due = limits.pollTimeout();
    return due == Long.MAX_VALUE ? FOREVER : Duration.ofNanos(Math.max(0, due - System.nanoTime()));
  }

  /// Why the link has to end; null: it goes on.
  @Nullable TerminationReason expired() {
    InterfaceStatistics counters = netInterface.statistics();
    return limits.expired(
        new SessionLimits.Traffic(
            discipline.lastActive(), counters.outOctets(), counters.inOctets()),
        System.nanoTime());
  }
}
