package linedisc.examples.gateway;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The configuration as it was read.
///
/// @param sections in their order
/// @param remarks sentences for the log: options that have no effect, words that were cut
record GatewayConfig(List<PortSection> sections, List<String> remarks) {
  GatewayConfig {
    remarks = List.copyOf(remarks);
    sections = List.copyOf(sections);
  }

  /// The sections by the port they are for, patterns replaced by the devices that are there now. A
  /// port that several fit has the first.
  Map<String, PortSection> ports() {
    Map<String, PortSection> ports = new LinkedHashMap<>();
    for (PortSection section : sections) {
      for (String port : devices(section.port())) {
        ports.putIfAbsent(port, section.on(port));
      }
    }
    return ports;
  }

  /// Whether a name stands for all device paths that fit.
  static boolean isPattern(String port) {
    return port.startsWith("/") && (port.contains("*") || port.contains("?"));
  }

  /// Whether a name is that of a device, which may be plugged in and out.
  static boolean isDevice(String port) {
    return !port.contains("://") && !port.startsWith("exec:") && !port.equals("-");
  }

  private static List<String> devices(String port) {
    if (!isPattern(port)) {
      return List.of(port);
    }
    int slash = port.lastIndexOf('/');
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            Path.of(port.substring(0, slash + 1)), port.substring(slash + 1))) {
      entries.forEach(entry -> found.add(entry.toString()));
    } catch (IOException e) {
      // No such folder (yet): nothing fits.
      return List.of();
    }
    found.sort(null);
    return found;
  }
}
