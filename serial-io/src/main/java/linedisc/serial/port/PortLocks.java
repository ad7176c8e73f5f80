package linedisc.serial.port;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Who may open which device. One of these is shared by all that open ports in a process.
public final class PortLocks {
  private static final long CLOSING_SECONDS = 5;

  private final Map<Path, Lock> taken = new HashMap<>();

  /// No device is taken.
  public PortLocks() {}

  /// Takes a device before anything of it is touched.
  ///
  /// @throws PortException when somebody has it
  Lock take(DeviceNode device) throws PortException {
    Lock lock = new Lock(device.path());
    synchronized (taken) {
      if (!awaitClosing(device.path())) {
        throw new PortException(
            PortException.Reason.BUSY, device.name() + " is in use by this program already.");
      }
      taken.put(device.path(), lock);
    }
    return lock;
  }

  /// A device that is just being closed is waited for: a pty's name may come back before its close
  /// has returned.
  ///
  /// @return whether the device is free
  private boolean awaitClosing(Path device) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSING_SECONDS);
    for (; ; ) {
      Lock holder = taken.get(device);
      if (holder == null) {
        return true;
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (!holder.closing || left <= 0) {
        return false;
      }
      try {
        taken.wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /// A device that was taken.
  final class Lock {
    private final Path path;
    private boolean closing;

    private Lock(Path path) {
      this.path = path;
    }

    /// The device is about to be closed, which will not take long.
    void closing() {
      synchronized (taken) {
        closing = true;
      }
    }

    /// Gives it back, after it was closed.
    void release() {
      synchronized (taken) {
        taken.remove(path, this);
        taken.notifyAll();
      }
    }
  }
}
