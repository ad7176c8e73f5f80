package linedisc.ppp;

import java.time.Duration;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.ccp.CcpConfig;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.ppp.lcp.LcpConfig;
import org.jspecify.annotations.Nullable;

/// What a link and its bundle do.
///
/// @param lcp what LCP asks for and grants
/// @param auth who has to prove who it is, and how
/// @param ccp what CCP asks for and grants, null for neither compression nor encryption
/// @param ipcp the same for IPCP, null for no IPv4
/// @param ipv6cp the same for IPV6CP, null for no IPv6
/// @param sessionLimit how long a session may last from the network phase on, zero for any time;
///   the peer is told
/// @param networkRequired whether the link ends when none of its network protocols can come up any
///   more, or the last one was closed; otherwise it stays, as RFC 1661 section 3.7 allows, until
///   somebody closes it
/// @param trace whether [PppEvent.Trace] events are made
public record PppConfig(
    LcpConfig lcp,
    AuthConfig auth,
    @Nullable CcpConfig ccp,
    @Nullable IpcpConfig ipcp,
    @Nullable Ipv6cpConfig ipv6cp,
    Duration sessionLimit,
    boolean networkRequired,
    boolean trace) {
  /// IPv4 as it is, between ends that trust each other.
  public static final PppConfig DEFAULT = new Builder().build();

  /// Checks the session limit.
  ///
  /// @throws IllegalArgumentException if the session limit is negative or above 10000 days
  public PppConfig {
    if (sessionLimit.isNegative() || sessionLimit.compareTo(Duration.ofDays(10_000)) > 0) {
      throw new IllegalArgumentException("session limit " + sessionLimit);
    }
  }

  /// A builder that starts from [#DEFAULT].
  public static Builder builder() {
    return new Builder();
  }

  /// Starts from [#DEFAULT]; each method sets the value of the same name.
  public static final class Builder {
    private LcpConfig lcp = LcpConfig.DEFAULT;
    private AuthConfig auth = AuthConfig.NONE;
    private @Nullable CcpConfig ccp;
    private @Nullable IpcpConfig ipcp = IpcpConfig.DEFAULT;
    private @Nullable Ipv6cpConfig ipv6cp;
    private Duration sessionLimit = Duration.ZERO;
    private boolean networkRequired;
    private boolean trace;

    private Builder() {}

    /// Sets [PppConfig#lcp()].
    public Builder lcp(LcpConfig value) {
      lcp = value;
      return this;
    }

    /// Sets [PppConfig#auth()].
    public Builder auth(AuthConfig value) {
      auth = value;
      return this;
    }

    /// Sets [PppConfig#ccp()].
    public Builder ccp(@Nullable CcpConfig value) {
      ccp = value;
      return this;
    }

    /// Sets [PppConfig#ipcp()].
    public Builder ipcp(@Nullable IpcpConfig value) {
      ipcp = value;
      return this;
    }

    /// No IPv4 on this link.
    public Builder noIpv4() {
      return ipcp(null);
    }

    /// Sets [PppConfig#ipv6cp()].
    public Builder ipv6cp(@Nullable Ipv6cpConfig value) {
      ipv6cp = value;
      return this;
    }

    /// Sets [PppConfig#sessionLimit()].
    public Builder sessionLimit(Duration value) {
      sessionLimit = value;
      return this;
    }

    /// Sets [PppConfig#networkRequired()].
    public Builder networkRequired(boolean value) {
      networkRequired = value;
      return this;
    }

    /// Sets [PppConfig#trace()].
    public Builder trace(boolean value) {
      trace = value;
      return this;
    }

    /// Makes what was described.
    ///
    /// @throws IllegalArgumentException as [PppConfig] says
    public PppConfig build() {
      return new PppConfig(lcp, auth, ccp, ipcp, ipv6cp, sessionLimit, networkRequired, trace);
    }
  }
}
