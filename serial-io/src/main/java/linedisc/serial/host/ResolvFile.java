package linedisc.serial.host;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/// A file of name servers in resolv.conf's format, such as pppd's `/etc/ppp/resolv.conf`: whoever
/// reads it finds the old content or the new, never a part.
public final class ResolvFile {
  private static final String MODE = "rw-r--r--";

  private ResolvFile() {}

  /// Writes the file, in the place of the one that is there.
  ///
  /// @param servers in the order in which they are to be asked
  public static void write(Path file, List<? extends InetAddress> servers) throws IOException {
    String text =
        servers.stream()
            .distinct()
            .map(server -> "nameserver " + server.getHostAddress() + "\n")
            .collect(Collectors.joining());
    // In the same folder: only within a file system can a move be atomic.
    Path folder = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(folder, ".resolv", null);
    try {
      Files.writeString(draft, text, US_ASCII);
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(MODE));
      Path _ = Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      boolean _ = Files.deleteIfExists(draft);
    }
  }
}
