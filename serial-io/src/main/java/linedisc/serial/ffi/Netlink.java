package linedisc.serial.ffi;

/// Netlink sockets to the kernel's routing part, which take part in no multicast group: a `write`
/// on one is a request, a `read` gives replies.
///
/// See [netlink](https://docs.kernel.org/userspace-api/netlink/intro.html).
public final class Netlink {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int NETLINK_ROUTE = 0;

  private Netlink() {}

  /// Opens one, whose reads wait.
  ///
  /// @return a descriptor
  public static int openRoute(Libc libc) {
    return libc.socket(AF_NETLINK, SOCK_RAW | Libc.O_CLOEXEC, NETLINK_ROUTE);
  }
}
