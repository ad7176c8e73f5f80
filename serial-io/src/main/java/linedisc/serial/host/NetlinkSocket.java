package linedisc.serial.host;

import java.util.ArrayList;
import java.util.List;
import linedisc.serial.ffi.Errno;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Netlink;

/// A conversation with the kernel: a request, and what it says to it. Owned by the thread that has
/// opened it, from the opening to the close, so that no gate is needed around its calls.
///
/// The kernel answers within the `write`; the `read` after it never has to wait for long.
final class NetlinkSocket implements AutoCloseable {
  /// The kernel fills at most this with one read.
  private static final int OCTETS = 32 * 1024;

  private final Libc libc = new Libc(OCTETS);
  private final byte[] buffer = new byte[OCTETS];
  private final int fd;
  private int sequence;

  NetlinkSocket() throws HostException {
    HostException.requireSupport();
    fd = Netlink.openRoute(libc);
    if (fd < 0) {
      throw HostException.failed("opening a netlink socket", -fd);
    }
  }

  /// Has something done.
  ///
  /// @param what for the message if it can't be
  void perform(String what, NetlinkRequest request) throws HostException {
    int errno = attempt(request);
    if (errno != 0) {
      throw HostException.failed(what, errno);
    }
  }

  /// Has something done.
  ///
  /// @param request with [NetlinkRequest#ACK]
  /// @return 0, or the error number
  int attempt(NetlinkRequest request) {
    int number = send(request);
    while (number > 0) {
      int length = libc.read(fd, buffer, 0, buffer.length);
      if (length < 0) {
        return -length;
      }
      for (NetlinkMessage message : NetlinkMessage.parse(buffer, length)) {
        if (message.sequence() == number && message.type() == NetlinkMessage.ERROR) {
          return -message.number32(0);
        }
      }
    }
    return -number;
  }

  /// Asks for all of something.
  ///
  /// @param what for the message if it can't be had
  /// @param request with [NetlinkRequest#DUMP]
  List<NetlinkMessage> dump(String what, NetlinkRequest request) throws HostException {
    List<NetlinkMessage> all = new ArrayList<>();
    int number = send(request);
    if (number < 0) {
      throw HostException.failed(what, -number);
    }
    for (; ; ) {
      int length = libc.read(fd, buffer, 0, buffer.length);
      if (length < 0) {
        throw HostException.failed(what, -length);
      }
      for (NetlinkMessage message : NetlinkMessage.parse(buffer, length)) {
        if (message.sequence() != number) {
          continue;
        }
        switch (message.type()) {
          case NetlinkMessage.DONE -> {
            return all;
          }
          case NetlinkMessage.ERROR -> {
            if (message.number32(0) != 0) {
              throw HostException.failed(what, -message.number32(0));
            }
          }
          case NetlinkMessage.NOTHING -> {}
          default -> all.add(message);
        }
      }
    }
  }

  /// @return the request's number, or a negated error number
  private int send(NetlinkRequest request) {
    sequence++;
    byte[] octets = request.octets(sequence);
    int taken = libc.write(fd, octets, 0, octets.length);
    return taken < 0 ? taken : taken < octets.length ? -Errno.EIO : sequence;
  }

  @Override
  public void close() {
    libc.close(fd);
  }
}
