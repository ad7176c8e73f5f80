package linedisc.examples.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Table;
import linedisc.examples.shell.Answer;
import linedisc.examples.shell.Verb;
import org.jspecify.annotations.Nullable;

/// `status` on the control socket: the ports, and what is on them.
final class Status implements Verb {
  private final Gateway gateway;

  Status(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public String usage() {
    return "status                                the gateway's ports and links";
  }

  @Override
  public Answer run(List<String> words) throws CommandException {
    if (!words.isEmpty()) {
      throw CommandException.usage("unexpected word '" + words.getFirst() + "'");
    }
    List<Map<String, @Nullable Object>> ports = gateway.report();
    var table =
        Table.ofWords(
            "port",
            "state",
            "interface",
            "link",
            "in/s",
            "out/s",
            "errors",
            "links",
            "last reason");
    long up = 0;
    for (Map<String, @Nullable Object> port : ports) {
      up += word(port, "state").equals("UP") ? 1 : 0;
      table.row(
          word(port, "port"),
          word(port, "state"),
          word(port, "interface"),
          link(port),
          word(port, "in_octets_per_second"),
          word(port, "out_octets_per_second"),
          word(port, "errors"),
          word(port, "links"),
          word(port, "last_reason"));
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("up", up);
    data.put("ports", ports);
    return Answer.done(table + (up + " of " + ports.size() + " up"), data);
  }

  /// The protocol and all that is negotiated.
  private static String link(Map<String, @Nullable Object> port) {
    String agreed =
        port.get("negotiated") instanceof List<?> list
            ? list.stream().map(String::valueOf).collect(Collectors.joining("; "))
            : "";
    return agreed.isEmpty() ? word(port, "protocol") : word(port, "protocol") + ": " + agreed;
  }

  private static String word(Map<String, @Nullable Object> port, String name) {
    Object value = port.get(name);
    return value == null || value.toString().isEmpty() ? "-" : value.toString();
  }
}
