package linedisc.serial.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linedisc.serial.forward.Prefix;
import org.jspecify.annotations.Nullable;

/// What a link is to be on the host.
///
/// @param deviceName the device's name, with `%d` for the lowest free number; null: the interface's
/// @param defaultRoute what becomes of the IPv4 default route
/// @param metric of the IPv4 default route
/// @param defaultRoute6 what becomes of the IPv6 default route
/// @param metric6 of the IPv6 default route; 0: the kernel's choice, 1024
/// @param routes destinations that are reached over the link, besides the peer
/// @param proxyArp whether another device answers for the peer's IPv4 address: the one on whose
///   subnet it lies
/// @param alwaysUp whether the device is up with configured addresses before the link is: what
///   dialling on demand needs
/// @param resolvFile where the peer's name servers are written; null: nowhere
public record HostSettings(
    @Nullable String deviceName,
    DefaultRoute defaultRoute,
    int metric,
    DefaultRoute defaultRoute6,
    int metric6,
    List<Prefix> routes,
    boolean proxyArp,
    boolean alwaysUp,
    @Nullable Path resolvFile) {
  /// A device named as the interface, addresses and the route to the peer, nothing else.
  public static final HostSettings DEFAULT = builder().build();

  /// Copies the list.
  public HostSettings {
    if (metric < 0 || metric6 < 0) {
      throw new IllegalArgumentException("a metric is not negative");
    }
    routes = List.copyOf(routes);
  }

  /// Begins with [#DEFAULT].
  public static Builder builder() {
    return new Builder();
  }

  /// Collects settings.
  public static final class Builder {
    private @Nullable String deviceName;
    private DefaultRoute defaultRoute = DefaultRoute.NONE;
    private int metric;
    private DefaultRoute defaultRoute6 = DefaultRoute.NONE;
    private int metric6;
    private final List<Prefix> routes = new ArrayList<>();
    private boolean proxyArp;
    private boolean alwaysUp;
    private @Nullable Path resolvFile;

    private Builder() {}

    /// See [HostSettings#deviceName].
    public Builder deviceName(@Nullable String name) {
      deviceName = name;
      return this;
    }

    /// See [HostSettings#defaultRoute].
    public Builder defaultRoute(DefaultRoute policy, int withMetric) {
      defaultRoute = policy;
      metric = withMetric;
      return this;
    }

    /// See [HostSettings#defaultRoute6].
    public Builder defaultRoute6(DefaultRoute policy, int withMetric) {
      defaultRoute6 = policy;
      metric6 = withMetric;
      return this;
    }

    /// Adds to [HostSettings#routes].
    public Builder route(Prefix prefix) {
      routes.add(prefix);
      return this;
    }

    /// See [HostSettings#proxyArp].
    public Builder proxyArp(boolean wanted) {
      proxyArp = wanted;
      return this;
    }

    /// See [HostSettings#alwaysUp].
    public Builder alwaysUp(boolean wanted) {
      alwaysUp = wanted;
      return this;
    }

    /// See [HostSettings#resolvFile].
    public Builder resolvFile(@Nullable Path file) {
      resolvFile = file;
      return this;
    }

    /// The settings.
    public HostSettings build() {
      return new HostSettings(
          deviceName,
          defaultRoute,
          metric,
          defaultRoute6,
          metric6,
          routes,
          proxyArp,
          alwaysUp,
          resolvFile);
    }
  }
}
