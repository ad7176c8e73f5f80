package linedisc.serial.port;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import linedisc.serial.ffi.Platform;
import linedisc.serial.ffi.Signals;
import org.jspecify.annotations.Nullable;

/// Loads jSerialComm's native library, once, and undoes what that does to the process.
///
/// Left alone, jSerialComm runs any library that somebody has put under its predictable name into
/// the temporary folder, and the native side sets seven signals to "ignore", which child processes
/// inherit and which takes HUP away from the JVM.
final class NativeSerial {
  private static final String LIBRARY_PATH = "jSerialComm.library.path";
  private static final String TEMPORARY = "java.io.tmpdir";
  private static final String HOME = "user.home";

  private NativeSerial() {}

  /// Makes sure that the library is there.
  ///
  /// @throws PortException when it can't be loaded, or not safely
  static void require() throws PortException {
    String trouble = Loading.TROUBLE;
    if (trouble != null) {
      throw new PortException(PortException.Reason.FAILED, trouble);
    }
  }

  /// Its initialisation is the one attempt.
  private static final class Loading {
    static final @Nullable String TROUBLE = attempt();

    private Loading() {}

    private static @Nullable String attempt() {
      String path = System.getProperty(LIBRARY_PATH, "");
      try {
        if (!path.isEmpty()) {
          String writable = writableByOthers(Path.of(path));
          if (writable != null) {
            return "The folder " + writable + " with the serial library is writable by others.";
          }
        }
        keepingSignals();
        return null;
      } catch (IOException | UncheckedIOException e) {
        return "The serial library can't be unpacked: " + e.getMessage() + ".";
      } catch (LinkageError e) {
        return "The serial library can't be loaded; name a folder that has it with -D"
            + LIBRARY_PATH
            + " ("
            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
            + ").";
      }
    }
  }

  private static void keepingSignals() throws IOException {
    if (!Platform.supported()) {
      inOwnFolder();
      return;
    }
    Signals dispositions =
        Signals.save(
            Signals.HUP,
            Signals.USR1,
            Signals.USR2,
            Signals.CONT,
            Signals.TTIN,
            Signals.TTOU,
            Signals.IO);
    try {
      inOwnFolder();
    } finally {
      dispositions.restore();
    }
  }

  /// jSerialComm looks for its library, and unpacks it, below these two folders. For that moment
  /// both are a new one that only we can write.
  private static void inOwnFolder() throws IOException {
    Path own = Files.createTempDirectory("linedisc");
    String temporary = System.setProperty(TEMPORARY, own.toString());
    String home = System.setProperty(HOME, own.toString());
    try {
      SerialPort.getVersion();
    } finally {
      System.setProperty(TEMPORARY, String.valueOf(temporary));
      System.setProperty(HOME, String.valueOf(home));
      delete(own);
    }
  }

  /// Elsewhere than on Windows a library that is in use may be deleted.
  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(folder)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      if (!path.toFile().delete()) {
        path.toFile().deleteOnExit();
      }
    }
  }

  /// The first of a folder and its files and folders that others may write.
  private static @Nullable String writableByOthers(Path folder) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return null;
    }
    try (Stream<Path> tree = Files.walk(folder.toRealPath())) {
      for (Path path : (Iterable<Path>) tree::iterator) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
          return path.toString();
        }
      }
    }
    return null;
  }
}
