package linedisc.serial.port;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Who may open which device. One of these is shared by all that open ports in a process.
public final class PortLocks {
  private final Set<Path> taken = new HashSet<>();

  /// No device is taken.
  public PortLocks() {}

  /// Takes a device before anything of it is touched.
  ///
  /// @throws PortException when somebody has it
  Lock take(DeviceNode device) throws PortException {
    synchronized (taken) {
      if (!taken.add(device.path())) {
        throw new PortException(
            PortException.Reason.BUSY, device.name() + " is in use by this program already.");
      }
    }
    return new Lock(device.path());
  }

  /// A device that was taken.
  final class Lock {
    private final Path path;

    private Lock(Path path) {
      this.path = path;
    }

    /// Gives it back, after it was closed.
    void release() {
      synchronized (taken) {
        taken.remove(path);
      }
    }
  }
}
