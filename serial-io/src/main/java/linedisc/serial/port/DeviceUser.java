package linedisc.serial.port;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A process that has a device open, as far as `/proc` lets us see.
///
/// @param pid its process number
/// @param program its name; empty if unknown
public record DeviceUser(long pid, String program) {
  private static final Path PROC = Path.of("/proc");

  /// A process by number.
  static DeviceUser of(long pid) {
    String program;
    try {
      program = Files.readString(PROC.resolve(pid + "/comm")).strip();
    } catch (IOException e) {
      program = "";
    }
    return new DeviceUser(pid, program);
  }

  /// Some process that has a device open, rather another than this one; by the device's path, links
  /// resolved.
  static Optional<DeviceUser> of(Path device) {
    long own = ProcessHandle.current().pid();
    Optional<DeviceUser> user = Optional.empty();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        long pid = Long.parseLong(process.getFileName().toString());
        if (hasOpen(process, device)) {
          user = Optional.of(of(pid));
          if (pid != own) {
            return user;
          }
        }
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      return user;
    }
    return user;
  }

  private static boolean hasOpen(Path process, Path device) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (pointsAt(descriptor, device)) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Another user's process, or one that has just ended.
      return false;
    }
    return false;
  }

  private static boolean pointsAt(Path descriptor, Path device) {
    try {
      return Files.readSymbolicLink(descriptor).equals(device);
    } catch (IOException e) {
      return false;
    }
  }

  /// Whether it is this process.
  public boolean isThisProcess() {
    return pid == ProcessHandle.current().pid();
  }

  /// "pppd (process 1234)".
  @Override
  public String toString() {
    return program.isEmpty() ? "process " + pid : program + " (process " + pid + ")";
  }
}
