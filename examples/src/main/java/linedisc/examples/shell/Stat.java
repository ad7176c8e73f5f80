package linedisc.examples.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Table;
import linedisc.examples.stack.Station;
import linedisc.serial.net.InterfaceInfo;
import linedisc.serial.net.InterfaceStatistics;
import linedisc.serial.tty.TtyInfo;
import org.jspecify.annotations.Nullable;

/// `stat`: interfaces and ports with their counters.
final class Stat implements Verb {
  private final Station station;
  private final Ports ports;

  Stat(Station station, Ports ports) {
    this.station = station;
    this.ports = ports;
  }

  @Override
  public String usage() {
    return "stat                                  counters of interfaces and ports";
  }

  @Override
  public Answer run(List<String> words) throws CommandException {
    if (!words.isEmpty()) {
      throw CommandException.usage("unexpected word '" + words.getFirst() + "'");
    }
    var table = new Table("name", "index", "state", "in", "octets", "out", "octets", "dropped");
    List<InterfaceInfo> infos = station.interfaces().list();
    for (InterfaceInfo info : infos) {
      InterfaceStatistics s = info.statistics();
      table.row(
          info.name(),
          Long.toString(info.index()),
          info.state().name(),
          s == null ? "-" : Long.toString(s.inPackets()),
          s == null ? "-" : Long.toString(s.inOctets()),
          s == null ? "-" : Long.toString(s.outPackets()),
          s == null ? "-" : Long.toString(s.outOctets()),
          s == null ? "-" : Long.toString(s.inDropped() + s.outDropped()));
    }
    var text = new StringBuilder(table.toString());
    List<TtyInfo> ttys = ports.list();
    if (!ttys.isEmpty()) {
      var lines = new Table("port", "state", "discipline", "interface");
      for (TtyInfo tty : ttys) {
        String bound = tty.netInterface();
        lines.row(tty.name(), tty.state().name(), tty.discipline(), bound == null ? "-" : bound);
      }
      text.append('\n').append(lines);
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("interfaces", infos.stream().map(Ifconfig::data).toList());
    data.put("ports", ttys.stream().map(Stat::data).toList());
    data.put("touches", station.interfaces().touches());
    return Answer.done(text.toString().stripTrailing(), data);
  }

  private static Map<String, @Nullable Object> data(TtyInfo tty) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("port", tty.name());
    data.put("state", tty.state());
    data.put("discipline", tty.discipline());
    data.put("interface", tty.netInterface());
    data.put("discarded_octets", tty.discarded());
    data.put("packets_nowhere", tty.nowhere());
    return data;
  }
}
