package linedisc.serial.port;

import linedisc.serial.ffi.Errno;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Poll;

/// A line behind a non-blocking descriptor. Its threads wait in `poll`, where an eventfd wakes
/// them, so no call of it ever blocks a close.
final class DescriptorLine implements Line {
  private static final int TRANSFER_OCTETS = 4096;
  private static final int ROOM_WAIT_MILLIS = 1000;
  private static final int DEVICE = 0;
  private static final int WAKE = 1;

  /// What [#read] answers at the end of the stream; no error number.
  private static final int END = Integer.MIN_VALUE;

  private final int fd;
  private final int wake;
  private final Libc closer = new Libc(Long.BYTES);
  private final Libc readCalls = new Libc(TRANSFER_OCTETS);
  private final Poll readable = new Poll(2);
  private final Libc writeCalls = new Libc(TRANSFER_OCTETS);
  private final Poll writable = new Poll(2);

  /// Takes over a descriptor.
  ///
  /// @param fd a non-blocking descriptor, closed by [#close()]
  /// @throws PortException when there are no descriptors left
  DescriptorLine(int fd) throws PortException {
    this.fd = fd;
    this.wake = closer.eventfd();
    if (wake < 0) {
      closer.close(fd);
      throw new PortException(
          PortException.Reason.FAILED, "No event descriptor: " + Errno.text(-wake) + ".");
    }
    readable.watch(DEVICE, fd, Poll.IN);
    readable.watch(WAKE, wake, Poll.IN);
    writable.watch(DEVICE, fd, Poll.OUT);
    writable.watch(WAKE, wake, Poll.IN);
  }

  @Override
  public int read(byte[] b) {
    readable.await(-1);
    if (readable.found(DEVICE) == 0) {
      return 0;
    }
    int n = readCalls.read(fd, b, 0, b.length);
    return n == 0 ? END : n == -Errno.EAGAIN ? 0 : n;
  }

  @Override
  public int write(byte[] b, int off, int len) {
    int n = writeCalls.write(fd, b, off, len);
    if (n != -Errno.EAGAIN) {
      return n;
    }
    writable.await(ROOM_WAIT_MILLIS);
    return 0;
  }

  @Override
  public HangUp gone(int answer) {
    return switch (answer) {
      // A pty master's EIO and a pipe's EPIPE say that nobody has the other side open.
      case END, -Errno.EIO, -Errno.EPIPE -> new HangUp.PeerClosed();
      default -> new HangUp.DeviceGone(-answer, Errno.text(-answer));
    };
  }

  @Override
  public void wake() {
    closer.raise(wake);
  }

  @Override
  public void close() {
    closer.close(fd);
    closer.close(wake);
  }
}
