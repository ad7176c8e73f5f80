package linedisc.serial.ffi;

import java.util.Locale;
import java.util.Set;

/// Whether this machine is one that the foreign calls of this package are written for.
public final class Platform {
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64", "riscv64");

  private Platform() {}

  /// Whether the other classes of this package may be used here.
  public static boolean supported() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")
        && ARCHITECTURES.contains(System.getProperty("os.arch", ""));
  }

  /// Whether this is x86-64, where some of Linux's structures are packed.
  static boolean isX86() {
    return Set.of("amd64", "x86_64").contains(System.getProperty("os.arch", ""));
  }

  /// Throws an exception that says in a sentence what cannot be had here.
  ///
  /// @param what what the caller wanted, as the subject of a sentence in the plural
  /// @throws UnsupportedOperationException unless [#supported()]
  public static void require(String what) {
    if (!supported()) {
      throw new UnsupportedOperationException(
          what
              + " need Linux on x86-64, aarch64 or riscv64; this is "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + ".");
    }
  }
}
