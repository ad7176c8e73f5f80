package linedisc.examples.pppd.options;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import linedisc.ppp.fsm.RestartPolicy;
import linedisc.ppp.ipv6cp.InterfaceIdentifier;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;

/// What the options say about IPv6 on a link, as the engine takes it.
final class Ipv6Config {
  private static final int EUI_48_OCTETS = 6;

  private Ipv6Config() {}

  static Ipv6cpConfig of(PppdOptions options) {
    long local = options.get(Ipv6cpOptions.LOCAL);
    long remote = options.get(Ipv6cpOptions.REMOTE);
    if (options.get(Ipv6cpOptions.USE_IPV4)) {
      local = local != 0 ? local : ofIpv4(options.get(IpcpOptions.LOCAL));
      remote = remote != 0 ? remote : ofIpv4(options.get(IpcpOptions.REMOTE));
    }
    if (local == 0 && options.get(Ipv6cpOptions.USE_PERSISTENT)) {
      local = ofCard();
    }
    if (remote == 0 && options.get(Ipv6cpOptions.USE_REMOTE_NUMBER)) {
      remote = ofNumber(options.get(AuthenticationOptions.REMOTE_NUMBER));
    }
    return Ipv6cpConfig.builder()
        .localIdentifier(local)
        .remoteIdentifier(remote == local ? 0 : remote)
        .acceptLocal(options.get(Ipv6cpOptions.ACCEPT_LOCAL))
        .acceptRemote(options.get(Ipv6cpOptions.ACCEPT_REMOTE))
        .sendIdentifier(options.get(Ipv6cpOptions.SEND_IDENTIFIER))
        .askRemote(!options.get(Ipv6cpOptions.NO_REMOTE))
        .remoteNeeded(!options.get(Ipv6cpOptions.NO_REMOTE))
        .restart(
            new RestartPolicy(
                Duration.ofSeconds(options.get(Ipv6cpOptions.RESTART)),
                options.get(Ipv6cpOptions.MAX_CONFIGURE),
                options.get(Ipv6cpOptions.MAX_TERMINATE),
                options.get(Ipv6cpOptions.MAX_FAILURE),
                false,
                false))
        .build();
  }

  private static long ofIpv4(int address) {
    return address == 0 ? 0 : InterfaceIdentifier.ofIpv4(address);
  }

  /// From the first network card that has an address; 0: there is none.
  private static long ofCard() {
    try {
      var cards = NetworkInterface.getNetworkInterfaces();
      while (cards.hasMoreElements()) {
        byte[] address = cards.nextElement().getHardwareAddress();
        if (address != null && address.length == EUI_48_OCTETS) {
          return InterfaceIdentifier.ofEui48(address);
        }
      }
    } catch (SocketException e) {
      // One is made up then.
    }
    return 0;
  }

  /// The digits of a number, the last of them last; 0: there are none.
  private static long ofNumber(String number) {
    String digits = number.replaceAll("[^0-9]", "");
    int most = 2 * Long.BYTES;
    return digits.isEmpty()
        ? 0
        : Long.parseUnsignedLong(digits.substring(Math.max(0, digits.length() - most)), 16);
  }
}
