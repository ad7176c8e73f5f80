package linedisc.examples.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Table;
import linedisc.examples.shell.Answer;
import linedisc.examples.shell.Verb;
import org.jspecify.annotations.Nullable;

/// `status` on the control socket: the ports, and what is on them.
final class Status implements Verb {
  private static final String NONE = "-";

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
        Table.ofWords("port", "state", "interface", "in/s", "out/s", "errors", "links", "link");
    long up = 0;
    for (Map<String, @Nullable Object> port : ports) {
      up += word(port, "state").equals("UP") ? 1 : 0;
      List<String> lines = lines(port);
      table.row(
          word(port, "port"),
          word(port, "state"),
          word(port, "interface"),
          word(port, "in_octets_per_second"),
          word(port, "out_octets_per_second"),
          word(port, "errors"),
          word(port, "links"),
          lines.getFirst());
      for (String line : lines.subList(1, lines.size())) {
        table.row("", "", "", "", "", "", "", line);
      }
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("up", up);
    data.put("ports", ports);
    return Answer.done(table + (up + " of " + ports.size() + " up"), data);
  }

  /// The protocol and all that is negotiated, and why the last link or attempt ended.
  private static List<String> lines(Map<String, @Nullable Object> port) {
    List<String> lines = new ArrayList<>();
    String protocol = word(port, "protocol");
    if (port.get("negotiated") instanceof List<?> agreed && !agreed.isEmpty()) {
      agreed.forEach(line -> lines.add(protocol + " " + line));
    } else if (port.get("protocol") != null) {
      lines.add(protocol);
    }
    if (!word(port, "last_reason").equals(NONE)) {
      lines.add((lines.isEmpty() ? "" : "the last ended: ") + word(port, "last_reason"));
    }
    return lines.isEmpty() ? List.of(NONE) : lines;
  }

  private static String word(Map<String, @Nullable Object> port, String name) {
    Object value = port.get(name);
    return value == null || value.toString().isEmpty() ? NONE : value.toString();
  }
}
