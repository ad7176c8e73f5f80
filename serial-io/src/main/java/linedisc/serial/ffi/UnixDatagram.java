package linedisc.serial.ffi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// Sends datagrams to a socket of the system: `/dev/log`, or the one that systemd names in
/// `NOTIFY_SOCKET`. Each one is sent by itself, so that a receiver that was started again is found.
///
/// See [connect](https://pubs.opengroup.org/onlinepubs/9799919799/functions/connect.html) and
/// [send](https://pubs.opengroup.org/onlinepubs/9799919799/functions/send.html).
public final class UnixDatagram {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_NONBLOCK = Libc.O_NONBLOCK;
  private static final int SOCK_CLOEXEC = Libc.O_CLOEXEC;
  private static final int MSG_NOSIGNAL = 0x4000;

  // struct sockaddr_un
  private static final int SUN_PATH = 2;
  private static final int SUN_PATH_OCTETS = 108;

  private static final MethodHandle CONNECT = Libc.function("connect");
  private static final MethodHandle SEND = Libc.function("send");

  private UnixDatagram() {}

  /// Sends one datagram; never waits.
  ///
  /// @param path of the socket; with `@` in front, its name in Linux's abstract name space
  /// @return whether it was taken; false also where there are no such sockets
  public static boolean send(String path, byte[] octets) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (!Platform.supported() || name.length == 0 || name.length >= SUN_PATH_OCTETS) {
      return false;
    }
    Libc libc = new Libc(Long.BYTES);
    int fd = libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment address = arena.allocate(SUN_PATH + SUN_PATH_OCTETS, Short.BYTES);
      address.set(JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, JAVA_BYTE, SUN_PATH, name.length);
      boolean isAbstract = name[0] == '@';
      if (isAbstract) {
        address.set(JAVA_BYTE, SUN_PATH, (byte) 0);
      }
      int addressLength = SUN_PATH + name.length + (isAbstract ? 0 : 1);
      if (Libc.call(CONNECT, state, fd, address.address(), addressLength, 0) < 0) {
        return false;
      }
      MemorySegment data = arena.allocateFrom(JAVA_BYTE, octets);
      int sent = Libc.call(SEND, state, fd, data.address(), octets.length, MSG_NOSIGNAL);
      return sent == octets.length;
    } finally {
      libc.close(fd);
    }
  }
}
