package linedisc.examples.shell;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import linedisc.examples.cli.CommandException;
import linedisc.examples.stack.Station;
import linedisc.serial.forward.Prefix;
import linedisc.serial.forward.Route;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetException;

/// `route`: where packets go.
final class Routes implements Verb {
  private final Station station;

  Routes(Station station) {
    this.station = station;
  }

  @Override
  public String usage() {
    return """
    route                                 all routes
    route add PREFIX NAME                 packets for PREFIX go out by that interface
    route delete PREFIX\
    """;
  }

  @Override
  public Answer run(List<String> words) throws NetException, CommandException {
    if (words.isEmpty()) {
      List<Route> routes = station.forwarder().routes();
      return Answer.done(
          routes.stream()
              .map(r -> String.format("%-24s %s", r.prefix(), r.interfaceName()))
              .collect(Collectors.joining("\n")),
          routes.stream()
              .map(r ->
                  Map.of(
                      "prefix",
                      r.prefix().toString(),
                      "interface",
                      r.interfaceName(),
                      "connected",
                      r.connected()))
              .toList());
    }
    try {
      if (words.getFirst().equals("add") && words.size() == 3) {
        station
            .forwarder()
            .addRoute(Prefix.parse(words.get(1)), station.interfaces().get(words.get(2)));
        return Answer.done();
      }
      if (words.getFirst().equals("delete") && words.size() == 2) {
        if (!station.forwarder().removeRoute(Prefix.parse(words.get(1)))) {
          throw NetError.EINVAL.on(words.get(1), "there is no such route");
        }
        return Answer.done();
      }
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
    throw CommandException.usage("route needs nothing, 'add PREFIX NAME' or 'delete PREFIX'");
  }
}
