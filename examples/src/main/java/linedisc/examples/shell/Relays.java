package linedisc.examples.shell;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import linedisc.examples.cli.CommandException;
import linedisc.examples.stack.Station;
import linedisc.serial.forward.LocalDelivery;
import linedisc.serial.forward.Prefix;
import linedisc.serial.forward.tcp.TcpRelay;
import linedisc.serial.forward.tcp.TcpStack;
import linedisc.serial.life.Clock;
import linedisc.serial.net.NetError;

/// `forward`: ports of this machine that lead to servers beyond the lines.
final class Relays implements Verb, AutoCloseable {
  private static final Pattern WAY = Pattern.compile("(\\d{1,5}):(.+):(\\d{1,5})");

  private record Running(TcpRelay relay, String to) {}

  private final Station station;
  private final Clock clock;
  private final TcpStack stack;

  /// By port; guarded by this object's monitor.
  private final Map<Integer, Running> running = new TreeMap<>();

  Relays(Station station) {
    this.station = station;
    this.clock = new Clock(station.interfaces().sync());
    this.stack =
        new TcpStack(
            station.forwarder(),
            new SecureRandom(),
            clock,
            station.interfaces(),
            station.executor());
  }

  /// Takes the segments of the connections.
  LocalDelivery segments() {
    return stack;
  }

  @Override
  public String usage() {
    return """
    forward PORT:ADDRESS:PORT             a local port that leads to a server beyond a line
    forward PORT stop
    forward                               all of them\
    """;
  }

  @Override
  public synchronized Answer run(List<String> words) throws IOException, CommandException {
    if (words.isEmpty()) {
      return Answer.done(
          running.entrySet().stream()
              .map(e -> "127.0.0.1:" + e.getKey() + " -> " + e.getValue().to)
              .collect(Collectors.joining("\n")),
          running.values().stream().map(Running::to).toList());
    }
    if (words.size() == 2 && words.get(1).equals("stop")) {
      Running found = running.remove(port(words.getFirst()));
      if (found == null) {
        throw NetError.EINVAL.on(words.getFirst(), "nothing is forwarded");
      }
      found.relay.close();
      return Answer.done();
    }
    Matcher way = WAY.matcher(words.getFirst());
    if (words.size() != 1 || !way.matches()) {
      throw CommandException.usage("forward needs PORT:ADDRESS:PORT, or PORT and 'stop'");
    }
    return start(port(way.group(1)), way.group(2), port(way.group(3)));
  }

  private Answer start(int localPort, String address, int port)
      throws IOException, CommandException {
    TcpRelay relay;
    try {
      relay = TcpRelay.open(stack, localPort, Prefix.address(address), port, station.executor());
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
    running.put(relay.localPort(), new Running(relay, address + ":" + port));
    return Answer.done(
        "127.0.0.1:" + relay.localPort() + " -> " + address + ":" + port,
        Map.of("port", relay.localPort()));
  }

  private static int port(String word) throws CommandException {
    try {
      int port = Integer.parseInt(word);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw CommandException.usage("forward needs ports from 0 to 65535, and not '" + word + "'");
  }

  @Override
  public synchronized void close() {
    running.values().forEach(r -> r.relay.close());
    running.clear();
    stack.close();
    clock.close();
  }
}
