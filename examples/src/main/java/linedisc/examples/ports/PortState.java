package linedisc.examples.ports;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import linedisc.serial.port.DeviceUser;
import linedisc.serial.port.ModemLine;
import linedisc.serial.port.PortInfo;
import org.jspecify.annotations.Nullable;

/// A port and what can be said of it without opening it.
///
/// @param links its names in `/dev/serial/by-id`
/// @param holder who has it
/// @param lines the control lines that are on; empty: not known
record PortState(
    PortInfo port, List<Path> links, Optional<DeviceUser> holder, Optional<Set<ModemLine>> lines) {

  /// A port that is not there any more.
  static PortState gone(PortInfo port) {
    return new PortState(port, List.of(), Optional.empty(), Optional.empty());
  }

  /// The name by which [linedisc.serial.port.SerialPorts#find] finds it; empty: it has none.
  String usb() {
    PortInfo.@Nullable Usb usb = port.usb();
    return usb == null ? "" : usb.id();
  }

  String heldBy() {
    return holder.map(DeviceUser::toString).orElse("");
  }

  String linesOn() {
    return lines
        .map(on -> on.stream().sorted().map(ModemLine::name).collect(Collectors.joining(" ")))
        .orElse("");
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("port", port.device().toString());
    json.put("description", port.description());
    json.put("driver", port.driver());
    PortInfo.Usb usb = port.usb();
    if (usb != null) {
      json.put("usb", usb.id());
      json.put("vendor", String.format("%04x", usb.vendor()));
      json.put("product", String.format("%04x", usb.product()));
      json.put("serial", usb.serial());
      json.put("interface", usb.interfaceNumber());
    }
    json.put("links", links.stream().map(Path::toString).toList());
    holder.ifPresent(
        user -> json.put("holder", Map.of("pid", user.pid(), "program", user.program())));
    lines.ifPresent(on -> json.put("lines", on.stream().sorted().toList()));
    return json;
  }

  /// One line: what is known, separated by blanks.
  @Override
  public String toString() {
    return String.join(" ", port.device().toString(), port.description(), usb()).strip();
  }
}
