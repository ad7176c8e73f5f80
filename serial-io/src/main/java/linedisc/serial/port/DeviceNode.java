package linedisc.serial.port;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import linedisc.serial.ffi.Errno;

/// A device file, found and looked at without opening it: an open alone may raise DTR, start a
/// watchdog or rewind a tape.
///
/// @param path what it is called, symbolic links resolved
/// @param name what the caller called it
record DeviceNode(Path path, String name) {
  private static final boolean UNIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
  private static final int FILE_TYPE = 0xf000;
  private static final int CHARACTER_DEVICE = 0x2000;
  private static final int DIRECTORY = 0x4000;

  /// Looks for a device.
  ///
  /// @param name a path, or a bare name below `/dev`
  /// @throws PortException when there is none, or it is something else than a tty
  static DeviceNode find(String name) throws PortException {
    if (!UNIX) {
      return new DeviceNode(Path.of(name), name);
    }
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new PortException(PortException.Reason.NOT_FOUND, "A port needs a name.");
    }
    Path given =
        Path.of(name.indexOf('/') < 0 && !Files.exists(Path.of(name)) ? "/dev/" + name : name);
    try {
      Path path = given.toRealPath();
      int type = (int) attribute(path, "unix:mode") & FILE_TYPE;
      if (type == DIRECTORY) {
        throw notAPort(name + " is a directory, not a serial port.");
      }
      if (type != CHARACTER_DEVICE || !isTty(attribute(path, "unix:rdev"))) {
        throw notAPort(name + " is not a serial port.");
      }
      return new DeviceNode(path, name);
    } catch (PortException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new PortException(PortException.Reason.NOT_FOUND, name + " does not exist.");
    } catch (AccessDeniedException e) {
      throw new PortException(
          PortException.Reason.NOT_PERMITTED, "The folder of " + name + " may not be searched.");
    } catch (IOException e) {
      throw new PortException(
          PortException.Reason.NOT_FOUND, name + " can't be found: " + e.getMessage() + ".");
    }
  }

  private static long attribute(Path path, String name) throws IOException {
    return Files.getAttribute(path, name) instanceof Number number ? number.longValue() : 0;
  }

  private static PortException notAPort(String message) {
    return new PortException(PortException.Reason.NOT_A_PORT, message);
  }

  /// Whether the kernel says that a device number is a tty's; where it does not say, perhaps.
  private static boolean isTty(long rdev) throws IOException {
    // The C library's dev_t: 32 bits of each, interleaved.
    long major = ((rdev >> 8) & 0xfff) | ((rdev >> 32) & 0xfffff000L);
    long minor = (rdev & 0xff) | ((rdev >> 12) & 0xffffff00L);
    Path subsystem = Path.of("/sys/dev/char/" + major + ":" + minor + "/subsystem");
    // Pseudo-terminals have no entry there.
    return !Files.exists(subsystem) || subsystem.toRealPath().endsWith("tty");
  }

  /// Why a call on the device has failed, for the person who named it.
  ///
  /// @param error the system's error number
  PortException refusal(int error) {
    return switch (error) {
      case Errno.EAGAIN, Errno.EBUSY -> busy();
      case Errno.EACCES, Errno.EPERM ->
          new PortException(
              PortException.Reason.NOT_PERMITTED, "You may not open " + name + owners() + ".");
      case Errno.ENOTTY -> notAPort(name + " is not a serial port.");
      case Errno.ENOENT ->
          new PortException(PortException.Reason.NOT_FOUND, name + " does not exist.");
      case Errno.EIO, Errno.ENXIO, Errno.ENODEV ->
          new PortException(
              PortException.Reason.NOT_FOUND,
              name + " has no hardware behind it (" + Errno.text(error) + ").");
      default ->
          new PortException(
              PortException.Reason.FAILED, name + " can't be opened: " + Errno.text(error) + ".");
    };
  }

  private PortException busy() {
    Optional<DeviceUser> user = DeviceUser.of(path);
    if (user.isPresent() && user.get().isThisProcess()) {
      return usedHere();
    }
    return new PortException(
        PortException.Reason.BUSY,
        name + " is in use by " + user.map(DeviceUser::toString).orElse("another program") + ".");
  }

  /// The refusal for a device that this process has open.
  PortException usedHere() {
    return new PortException(
        PortException.Reason.BUSY, name + " is in use by this program already.");
  }

  private String owners() {
    try {
      PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
      return ": it belongs to user "
          + attributes.owner().getName()
          + " and group "
          + attributes.group().getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
