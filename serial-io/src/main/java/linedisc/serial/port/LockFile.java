package linedisc.serial.port;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UUCP lock file, `LCK..ttyUSB0`: what pppd, minicom and mgetty agree on. It holds the owner's
/// process number, ten characters wide and a newline.
///
/// The file appears with its content in one step, by a hard link. One whose process has gone is
/// stale and is put aside.
///
/// See [the Filesystem Hierarchy Standard,
/// /var/lock](https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch05s09.html).
final class LockFile {
  private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);
  private static final int ATTEMPTS = 3;
  private static final String DEV = "/dev/";

  private final Path path;

  private LockFile(Path path) {
    this.path = path;
  }

  /// Locks a device.
  ///
  /// Where lock files can't be made, a foreign one is still obeyed.
  ///
  /// @param directory where lock files are kept
  /// @throws PortException when another process has it
  static LockFile take(Path directory, DeviceNode device) throws PortException {
    LockFile file = new LockFile(path(directory, device.path()));
    for (int i = 0; i < ATTEMPTS; i++) {
      if (file.create(directory)) {
        return file;
      }
      OptionalLong owner = file.owner(file.path);
      if (owner.isPresent() && isAlive(owner.getAsLong())) {
        throw new PortException(
            PortException.Reason.BUSY,
            device.name() + " is in use by " + DeviceUser.of(owner.getAsLong()) + ".");
      }
      file.putAside(owner);
    }
    throw new PortException(
        PortException.Reason.BUSY, device.name() + " is in use: " + file.path + " is there.");
  }

  /// The living process that a device's lock file names.
  ///
  /// @param device links resolved
  static OptionalLong holder(Path directory, Path device) {
    LockFile file = new LockFile(path(directory, device));
    try {
      OptionalLong owner = file.owner(file.path);
      return owner.isPresent() && ProcessHandle.of(owner.getAsLong()).isPresent()
          ? owner
          : OptionalLong.empty();
    } catch (PortException e) {
      return OptionalLong.empty();
    }
  }

  private static Path path(Path directory, Path device) {
    return directory.resolve("LCK.." + lockName(device.toString()));
  }

  /// `/dev/pts/3` is locked as `pts_3`, as pppd does.
  private static String lockName(String device) {
    return (device.startsWith(DEV) ? device.substring(DEV.length()) : device).replace('/', '_');
  }

  /// Our own number in a file that we did not make is that of an earlier process.
  private static boolean isAlive(long pid) {
    return pid != ProcessHandle.current().pid() && ProcessHandle.of(pid).isPresent();
  }

  /// @return false when there is a file already
  private boolean create(Path directory) {
    long pid = ProcessHandle.current().pid();
    Path written = directory.resolve("LTMP." + pid + "." + path.getFileName());
    try {
      Files.writeString(
          written,
          String.format(Locale.ROOT, "%10d\n", pid),
          US_ASCII,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
      try {
        Files.createLink(path, written);
        return true;
      } finally {
        Files.delete(written);
      }
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      if (Files.exists(path)) {
        return false;
      }
      LOG.warn("no lock file {}: {}", path, e.toString());
      return true;
    }
  }

  /// The process in a lock file; text, or an `int` as HoneyDanBer UUCP wrote it; empty if there is
  /// none or the file has gone.
  private OptionalLong owner(Path file) throws PortException {
    try {
      byte[] content = Files.readAllBytes(file);
      if (content.length == Integer.BYTES) {
        return OptionalLong.of(ByteBuffer.wrap(content).order(ByteOrder.nativeOrder()).getInt());
      }
      String[] words = new String(content, US_ASCII).strip().split("\\s+", 2);
      return OptionalLong.of(Long.parseLong(words[0]));
    } catch (NumberFormatException | NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw new PortException(
          PortException.Reason.BUSY, "The lock file " + file + " can't be read.");
    }
  }

  /// Removes a stale file. Another process may have done so and made its own meanwhile: what was
  /// moved is looked at again, and put back if it is not the stale one.
  private void putAside(OptionalLong staleOwner) throws PortException {
    Path aside =
        path.resolveSibling(
            "LTMP." + ProcessHandle.current().pid() + ".stale." + path.getFileName());
    try {
      Files.move(path, aside);
      if (!owner(aside).equals(staleOwner)) {
        Files.createLink(path, aside);
      } else {
        LOG.info("removed stale lock file {}", path);
      }
      Files.delete(aside);
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      // Somebody else was faster; the next attempt shows who.
      LOG.debug("{} has changed: {}", path, e.toString());
    } catch (AccessDeniedException e) {
      throw new PortException(
          PortException.Reason.BUSY, "The stale lock file " + path + " can't be removed.");
    } catch (IOException e) {
      throw new PortException(
          PortException.Reason.BUSY,
          "The stale lock file " + path + " can't be removed: " + e + ".");
    }
  }

  /// Unlocks.
  void release() {
    try {
      OptionalLong owner = owner(path);
      if (owner.isPresent() && owner.getAsLong() == ProcessHandle.current().pid()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      LOG.warn("lock file {} is left: {}", path, e.toString());
    }
  }
}
