package linedisc.serial.ffi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A network device of the host whose packets this process carries: Linux's TUN. It lasts as long
/// as its descriptor.
///
/// A read gives one packet, a write takes one: whole IP packets with nothing in front of them. The
/// descriptor is non-blocking.
///
/// See [tuntap](https://docs.kernel.org/networking/tuntap.html).
///
/// @param fd the descriptor, owned by the caller; on failure the negated error number
/// @param name the device's name, as the system has chosen it where a pattern was given
public record Tun(int fd, String name) {
  /// The longest name, in octets: IFNAMSIZ without the terminating zero.
  public static final int MAX_NAME = 15;

  private static final String DEVICE = "/dev/net/tun";
  private static final long TUNSETIFF = 0x400454CAL;
  private static final int IFF_TUN = 0x1;
  private static final int IFF_NO_PI = 0x1000;
  private static final int IFF_TUN_EXCL = 0x8000;

  // struct ifreq
  private static final int FLAGS = 16;
  private static final int OCTETS = 40;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

  /// Makes a device, which is down and has no address.
  ///
  /// @param libc with a transfer buffer of 40 octets or more
  /// @param name up to [#MAX_NAME] ASCII characters; with one `%d` in it: the lowest free number
  /// @return `fd` is [Errno#ENOENT] (negated) where the system has no TUN, [Errno#EPERM] without
  ///   CAP_NET_ADMIN, [Errno#EBUSY] or [Errno#EINVAL] when the name is taken
  public static Tun open(Libc libc, String name) {
    int fd = libc.open(DEVICE, Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
    if (fd < 0) {
      return new Tun(fd, name);
    }
    byte[] request = new byte[OCTETS];
    byte[] octets = name.getBytes(US_ASCII);
    System.arraycopy(octets, 0, request, 0, Math.min(octets.length, MAX_NAME));
    // Never somebody else's persistent device that happens to have this name: EXCL.
    SHORT.set(request, FLAGS, (short) (IFF_TUN | IFF_NO_PI | IFF_TUN_EXCL));
    int answer = libc.ioctl(fd, TUNSETIFF, request);
    if (answer < 0) {
      libc.close(fd);
      return new Tun(answer, name);
    }
    int length = 0;
    while (request[length] != 0) {
      length++;
    }
    return new Tun(fd, new String(request, 0, length, US_ASCII));
  }
}
