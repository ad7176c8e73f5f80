package linedisc.examples.shell;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import linedisc.examples.cli.CommandException;
import linedisc.examples.stack.Pinger;
import linedisc.examples.stack.Station;
import linedisc.serial.forward.LocalDelivery;
import linedisc.serial.forward.Prefix;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceInfo;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;

/// `ping`: Echo Requests to an IPv4 address.
final class Ping implements Verb {
  private static final int DEFAULT_COUNT = 3;

  private final Station station;
  private final Pinger pinger = new Pinger();

  Ping(Station station) {
    this.station = station;
  }

  /// Takes the replies.
  LocalDelivery replies() {
    return pinger;
  }

  @Override
  public String usage() {
    return "ping ADDRESS [COUNT]                  asks an IPv4 address for an echo";
  }

  @Override
  public synchronized Answer run(List<String> words)
      throws NetException, CommandException, InterruptedException {
    if (words.isEmpty() || words.size() > 2) {
      throw CommandException.usage("ping needs an address");
    }
    int count = DEFAULT_COUNT;
    int to;
    try {
      count = words.size() == 2 ? Integer.parseInt(words.get(1)) : count;
      to = bits(Prefix.address(words.getFirst()));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("ping needs an IPv4 address and a count: " + e.getMessage());
    }
    if (count < 1 || count > 10_000) {
      throw CommandException.usage("ping needs a count from 1 to 10000");
    }
    String address = words.getFirst();
    long[] times =
        pinger.ping((b, offset, length) -> send(address, b, offset, length), from(to), to, count);
    Arrays.sort(times);
    String text =
        String.format(
            Locale.ROOT,
            "%d sent, %d received%s",
            count,
            times.length,
            times.length == 0
                ? ""
                : String.format(
                    Locale.ROOT,
                    ", rtt min/median/max %d/%d/%d us",
                    times[0],
                    times[times.length / 2],
                    times[times.length - 1]));
    return times.length == 0
        ? Answer.failed("ETIMEDOUT", "ETIMEDOUT " + address + ": " + text)
        : Answer.done(text, Map.of("sent", count, "received", times.length));
  }

  private void send(String address, byte[] b, int offset, int length) throws NetException {
    switch (station.forwarder().send(b, offset, length)) {
      // A full queue drops it, and so it counts as lost.
      case Put.DONE, Put.FULL -> {}
      case Put.TOO_LONG -> throw NetError.EMSGSIZE.on(address);
      case Put.DOWN, Put.GONE -> throw NetError.ENETDOWN.on(address, "no way there");
    }
  }

  /// Our address on the interface whose peer it is, itself if it is ours; any of ours otherwise,
  /// but not a loopback address if there is another.
  private int from(int to) {
    int any = to;
    for (InterfaceInfo info : station.interfaces().list()) {
      for (AddressPair pair : info.addresses()) {
        if (!(pair.local() instanceof Inet4Address local)) {
          continue;
        }
        int ours = bits(local);
        if (ours == to || (pair.remote() instanceof Inet4Address remote && bits(remote) == to)) {
          return ours;
        }
        any = local.isLoopbackAddress() ? any : ours;
      }
    }
    return any;
  }

  private static int bits(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length != 4) {
      throw new IllegalArgumentException(address.getHostAddress() + " is IPv6");
    }
    return (octets[0] & 0xff) << 24
        | (octets[1] & 0xff) << 16
        | (octets[2] & 0xff) << 8
        | (octets[3] & 0xff);
  }
}
