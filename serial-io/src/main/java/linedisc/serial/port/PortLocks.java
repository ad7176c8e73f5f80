package linedisc.serial.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Who may open which device: a lock within this process, then a UUCP lock file for others to see.
/// One of these is shared by all that open ports in a process.
public final class PortLocks {
  /// Where lock files are kept on most systems.
  public static final Path LOCK_DIRECTORY = Path.of("/var/lock");

  private static final long CLOSING_SECONDS = 5;

  private final @Nullable Path directory;
  private final Map<Path, Lock> taken = new HashMap<>();

  /// Locks with files in [#LOCK_DIRECTORY] where that exists.
  public PortLocks() {
    this(LOCK_DIRECTORY);
  }

  /// Locks with files in a directory; without files where that does not exist.
  public PortLocks(Path directory) {
    this.directory = Files.isDirectory(directory) ? directory : null;
  }

  /// Who has a device: whom its lock file names, else some process that has it open as far as we
  /// may see that. Opens nothing.
  public Optional<DeviceUser> holder(Path device) {
    Path real;
    try {
      real = device.toRealPath();
    } catch (IOException e) {
      return Optional.empty();
    }
    OptionalLong owner =
        directory == null ? OptionalLong.empty() : LockFile.holder(directory, real);
    return owner.isPresent() ? Optional.of(DeviceUser.of(owner.getAsLong())) : DeviceUser.of(real);
  }

  /// Takes a device before anything of it is touched.
  ///
  /// @throws PortException when somebody has it
  Lock take(DeviceNode device) throws PortException {
    Lock lock = new Lock(device.path());
    synchronized (taken) {
      if (!awaitClosing(device.path())) {
        throw device.usedHere();
      }
      taken.put(device.path(), lock);
    }
    try {
      lock.takeFile(device);
      return lock;
    } catch (PortException e) {
      lock.release();
      throw e;
    }
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
    private @Nullable LockFile file;

    private Lock(Path path) {
      this.path = path;
    }

    private void takeFile(DeviceNode device) throws PortException {
      if (directory != null) {
        file = LockFile.take(directory, device);
      }
    }

    /// The device is about to be closed, which will not take long.
    void closing() {
      synchronized (taken) {
        closing = true;
      }
    }

    /// Gives it back, after it was closed.
    void release() {
      if (file != null) {
        file.release();
      }
      synchronized (taken) {
        taken.remove(path, this);
        taken.notifyAll();
      }
    }
  }
}
