package linedisc.serial.host;

import java.io.IOException;
import linedisc.serial.ffi.Errno;
import linedisc.serial.ffi.Platform;

/// The host's network could not be changed as asked. The message is a sentence for the person who
/// asked.
public final class HostException extends IOException {
  private static final long serialVersionUID = 1L;

  /// What kind of trouble.
  public enum Reason {
    /// This system is not one that linedisc knows how to do it on.
    NOT_SUPPORTED,
    /// This process may not do it.
    NOT_PERMITTED,
    /// The host has a device of that name.
    NAME_TAKEN,
    /// Anything else.
    FAILED
  }

  private final Reason reason;
  private final int errno;

  private HostException(Reason reason, int errno, String message) {
    super(message);
    this.reason = reason;
    this.errno = errno;
  }

  /// What kind of trouble.
  public Reason reason() {
    return reason;
  }

  /// The system's error number; 0: it was not the system.
  int errno() {
    return errno;
  }

  /// @throws HostException where this system is not supported
  static void requireSupport() throws HostException {
    if (!Platform.supported()) {
      throw new HostException(
          Reason.NOT_SUPPORTED,
          0,
          "Network devices of the host are not supported on this system yet; with --no-host the"
              + " link works within this process.");
    }
  }

  /// A device can't be made.
  static HostException noDevice(String name, int errno) {
    return switch (errno) {
      case Errno.EPERM, Errno.EACCES ->
          new HostException(
              Reason.NOT_PERMITTED,
              errno,
              "Making the network device "
                  + name
                  + " needs CAP_NET_ADMIN: run in a systemd unit with"
                  + " AmbientCapabilities=CAP_NET_ADMIN, in a network of your own by 'unshare -Urn',"
                  + " or without a device by --no-host.");
      case Errno.ENOENT, Errno.ENODEV, Errno.ENXIO ->
          new HostException(
              Reason.NOT_SUPPORTED,
              errno,
              "This system has no /dev/net/tun ('modprobe tun' may bring it); with --no-host the"
                  + " link works within this process.");
      case Errno.EBUSY, Errno.EINVAL, Errno.EEXIST ->
          new HostException(
              Reason.NAME_TAKEN, errno, "The host has a network device " + name + " already.");
      default -> failed("making the network device " + name, errno);
    };
  }

  /// Something else can't be done.
  ///
  /// @param what as after "Failed:"
  static HostException failed(String what, int errno) {
    boolean permitted = errno != Errno.EPERM && errno != Errno.EACCES;
    return new HostException(
        permitted ? Reason.FAILED : Reason.NOT_PERMITTED,
        errno,
        "Failed: " + what + ": " + Errno.text(errno) + ".");
  }
}
