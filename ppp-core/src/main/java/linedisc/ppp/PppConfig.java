package linedisc.ppp;

import java.time.Duration;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.ppp.lcp.LcpConfig;
import org.jspecify.annotations.Nullable;

/// What a link and its bundle do.
///
/// @param lcp what LCP asks for and grants
/// @param ipcp the same for IPCP, null for no IPv4
/// @param ipv6cp the same for IPV6CP, null for no IPv6
/// @param sessionLimit how long a session may last from the network phase on, zero for any time;
///   the peer is told
/// @param trace whether [PppEvent.Trace] events are made
public record PppConfig(
    LcpConfig lcp,
    @Nullable IpcpConfig ipcp,
    @Nullable Ipv6cpConfig ipv6cp,
    Duration sessionLimit,
    boolean trace) {
  /// pppd's defaults.
  public static final PppConfig DEFAULT = new Builder().build();

  /// @throws IllegalArgumentException if the session limit is negative or above 10000 days
  public PppConfig {
    if (sessionLimit.isNegative() || sessionLimit.compareTo(Duration.ofDays(10_000)) > 0) {
      throw new IllegalArgumentException("session limit " + sessionLimit);
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Starts from [#DEFAULT]; each method sets the value of the same name.
  public static final class Builder {
    private LcpConfig lcp = LcpConfig.DEFAULT;
    private @Nullable IpcpConfig ipcp = IpcpConfig.DEFAULT;
    private @Nullable Ipv6cpConfig ipv6cp;
    private Duration sessionLimit = Duration.ZERO;
    private boolean trace;

    private Builder() {}

    public Builder lcp(LcpConfig value) {
      lcp = value;
      return this;
    }

    public Builder ipcp(IpcpConfig value) {
      ipcp = value;
      return this;
    }

    /// No IPv4 on this link.
    public Builder noIpv4() {
      ipcp = null;
      return this;
    }

    /// IPv6 on this link.
    public Builder ipv6cp(Ipv6cpConfig value) {
      ipv6cp = value;
      return this;
    }

    public Builder sessionLimit(Duration value) {
      sessionLimit = value;
      return this;
    }

    public Builder trace(boolean value) {
      trace = value;
      return this;
    }

    public PppConfig build() {
      return new PppConfig(lcp, ipcp, ipv6cp, sessionLimit, trace);
    }
  }
}
