package linedisc.examples.pppd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linedisc.examples.pppd.log.DaemonLog;

/// The files by which others find this process: `ppp0.pid`, and `ppp-LINK.pid` with `linkname`.
/// They exist while the link has an interface.
final class PidFiles {
  private final Path folder;
  private final DaemonLog log;
  private final List<Path> present = new ArrayList<>();

  PidFiles(Path folder, DaemonLog log) {
    this.folder = folder;
    this.log = log;
  }

  /// The link has an interface.
  ///
  /// @param link its name; empty: it has none
  void write(String interfaceName, String link) {
    String pid = ProcessHandle.current().pid() + "\n";
    writeFile(interfaceName + ".pid", pid);
    if (!link.isEmpty()) {
      writeFile("ppp-" + link + ".pid", pid + interfaceName + "\n");
    }
  }

  private void writeFile(String name, String text) {
    Path file = folder.resolve(name);
    try {
      Path _ = Files.writeString(file, text);
      present.add(file);
    } catch (IOException e) {
      // Who runs without privileges has no /run, and would see this each time.
      log.debug("Failed to create pid file " + file + ": " + e.getMessage());
    }
  }

  /// The interface has gone.
  void remove() {
    for (Path file : present) {
      try {
        boolean _ = Files.deleteIfExists(file);
      } catch (IOException e) {
        log.warning("unable to delete pid file " + file + ": " + e.getMessage());
      }
    }
    present.clear();
  }
}
