package linedisc.examples.pppd.policy;

import java.time.Duration;
import linedisc.examples.pppd.options.DaemonOptions;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.ppp.TerminationReason;
import org.jspecify.annotations.Nullable;

/// Ends a link that is idle, has lasted or has carried as much as it may: `idle`, `maxconnect`,
/// `maxoctets`. Nothing is measured before [#up].
///
/// Nothing has to be called per packet: what has passed is asked for when a limit may have been
/// reached. Not thread-safe.
public final class SessionLimits {
  /// Which octets count.
  public enum Direction {
    /// Sent and received together.
    SUM,
    /// Received.
    IN,
    /// Sent.
    OUT,
    /// The larger of both.
    MAX
  }

  /// What the options say; zero stands for no limit.
  ///
  /// @param idle time without traffic
  /// @param connected time since the link is up
  /// @param octets traffic
  /// @param direction which traffic
  /// @param interval how often the traffic is looked at
  public record Limits(
      Duration idle, Duration connected, long octets, Direction direction, Duration interval) {
    /// Those of options.
    public static Limits of(PppdOptions options) {
      return new Limits(
          Duration.ofSeconds(options.get(DaemonOptions.IDLE)),
          Duration.ofSeconds(options.get(DaemonOptions.MAX_CONNECT)),
          options.get(DaemonOptions.MAX_OCTETS),
          switch (options.get(DaemonOptions.TRAFFIC_DIRECTION)) {
            case SUM -> Direction.SUM;
            case IN -> Direction.IN;
            case OUT -> Direction.OUT;
            case MAX -> Direction.MAX;
          },
          Duration.ofSeconds(options.get(DaemonOptions.TRAFFIC_INTERVAL)));
    }
  }

  /// What has passed.
  ///
  /// @param lastActive when a packet has passed that counts
  /// @param sent octets since the link is up
  /// @param received octets since the link is up
  public record Traffic(long lastActive, long sent, long received) {}

  private Limits limits;
  private boolean up;
  private long upSince;
  private long idleDue;
  private long lookDue;

  /// A link that is not up.
  public SessionLimits(Limits limits) {
    this.limits = limits;
  }

  /// Other limits hold from now on; what has passed counts.
  public void change(Limits changed) {
    limits = changed;
    // Whether that time is over is asked for when it is due.
    idleDue = upSince + limits.idle.toNanos();
    lookDue = upSince + limits.interval.toNanos();
  }

  /// A network protocol has come up.
  public void up(long now) {
    if (!up) {
      up = true;
      upSince = now;
      idleDue = now + limits.idle.toNanos();
      lookDue = now + limits.interval.toNanos();
    }
  }

  /// When [#expired] is to be called; [Long#MAX_VALUE]: never.
  public long pollTimeout() {
    long due = Long.MAX_VALUE;
    if (up && !limits.idle.isZero()) {
      due = idleDue;
    }
    if (up && !limits.connected.isZero()) {
      due = Math.min(due, upSince + limits.connected.toNanos());
    }
    if (up && limits.octets > 0) {
      due = Math.min(due, lookDue);
    }
    return due;
  }

  /// Why the link has to end; null: it goes on.
  public @Nullable TerminationReason expired(Traffic traffic, long now) {
    if (!up) {
      return null;
    }
    if (!limits.connected.isZero() && now - upSince >= limits.connected.toNanos()) {
      return new TerminationReason.ConnectTime();
    }
    idleDue = Math.max(upSince, traffic.lastActive) + limits.idle.toNanos();
    if (!limits.idle.isZero() && now - idleDue >= 0) {
      return new TerminationReason.IdleTimeout();
    }
    if (now - lookDue >= 0) {
      lookDue = now + limits.interval.toNanos();
    }
    if (limits.octets > 0 && counted(traffic) > limits.octets) {
      return new TerminationReason.TrafficLimit();
    }
    return null;
  }

  /// How many of its octets count.
  public long counted(Traffic traffic) {
    return switch (limits.direction) {
      case SUM -> traffic.sent + traffic.received;
      case IN -> traffic.received;
      case OUT -> traffic.sent;
      case MAX -> Math.max(traffic.sent, traffic.received);
    };
  }
}
