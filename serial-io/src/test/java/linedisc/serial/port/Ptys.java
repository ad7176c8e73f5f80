package linedisc.serial.port;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import linedisc.serial.ffi.Platform;

/// What tests on pseudo-terminals need.
final class Ptys {
  private Ptys() {}

  /// Skips the test where there are none.
  static void assumed() {
    assumeTrue(
        Platform.supported() && Files.isReadable(Path.of("/dev/ptmx")),
        "no pseudo-terminals here: no /dev/ptmx, or not Linux");
  }
}
