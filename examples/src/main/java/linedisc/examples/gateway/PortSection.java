package linedisc.examples.gateway;

import java.time.Duration;
import java.util.List;
import linedisc.serial.forward.Prefix;
import linedisc.serial.port.PortSettings;
import org.jspecify.annotations.Nullable;

/// What the configuration says about a port. Two that are equal make the same link.
///
/// @param port what is opened, or a pattern of device paths
/// @param settings for lines that have any
/// @param kind what is spoken
/// @param answer whether a modem's RING comes first
/// @param inits commands for that modem, before it waits
/// @param options statements of words of pppd about the link; may hold a password
/// @param local our address, first octet most significant; 0: none is given
/// @param remote the peer's; 0: none is given
/// @param pool where the peer's address is taken from; null: nowhere
/// @param routes what is reached over the link besides the peer
/// @param host whether the host has a network device for it
/// @param forward whether packets pass between this link and the others
/// @param holdoff how long to wait after the first failure; twice as long after each other
record PortSection(
    String port,
    PortSettings settings,
    Kind kind,
    boolean answer,
    List<String> inits,
    List<String> options,
    int local,
    int remote,
    @Nullable AddressRange pool,
    List<Prefix> routes,
    boolean host,
    boolean forward,
    Duration holdoff) {

  /// What is spoken on a line.
  enum Kind {
    /// PPP.
    PPP,
    /// SLIP, and CSLIP from a peer that begins with it.
    SLIP,
    /// CSLIP.
    CSLIP,
    /// What the first octets say.
    AUTO
  }

  PortSection {
    inits = List.copyOf(inits);
    routes = List.copyOf(routes);
  }

  /// The same for one port of several.
  PortSection on(String path) {
    return new PortSection(
        path, settings, kind, answer, inits, options, local, remote, pool, routes, host, forward,
        holdoff);
  }

  /// The port, and nothing that could be secret.
  @Override
  public String toString() {
    return "PortSection[" + port + "]";
  }
}
