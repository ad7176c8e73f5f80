package linedisc.serial.port;

import linedisc.serial.ffi.Errno;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Poll;

/// A line behind descriptors. Its threads wait in `poll`, where an eventfd wakes them, so that no
/// call of it keeps a close waiting.
final class DescriptorLine implements Line {
  private static final int TRANSFER_OCTETS = 4096;

  /// What a pipe that polls writable takes without waiting.
  private static final int PIPE_OCTETS = 512;

  private static final int ROOM_WAIT_MILLIS = 1000;
  private static final int DEVICE = 0;
  private static final int WAKE = 1;

  /// What [#read] answers at the end of the stream; no error number.
  private static final int END = Integer.MIN_VALUE;

  private final int readFd;
  private final int writeFd;
  private final boolean owned;
  private final int wake;
  private final Libc calls;
  private final Libc readCalls = new Libc(TRANSFER_OCTETS);
  private final Poll readable = new Poll(2);
  private final Libc writeCalls = new Libc(TRANSFER_OCTETS);
  private final Poll writable = new Poll(2);

  private DescriptorLine(int readFd, int writeFd, boolean owned, Libc calls, int wake) {
    this.readFd = readFd;
    this.writeFd = writeFd;
    this.owned = owned;
    this.calls = calls;
    this.wake = wake;
    readable.watch(DEVICE, readFd, Poll.IN);
    readable.watch(WAKE, wake, Poll.IN);
    writable.watch(DEVICE, writeFd, Poll.OUT);
    writable.watch(WAKE, wake, Poll.IN);
  }

  /// A line over a descriptor, closed with the line.
  ///
  /// @param fd for both directions, non-blocking
  /// @throws PortException when there are no descriptors left; `fd` is closed then
  static DescriptorLine owned(int fd) throws PortException {
    Libc calls = new Libc(Long.BYTES);
    int wake = calls.eventfd();
    if (wake < 0) {
      calls.close(fd);
      throw noEvent(wake);
    }
    return new DescriptorLine(fd, fd, true, calls, wake);
  }

  /// A line over descriptors that are others' as well, and so are neither closed nor made
  /// non-blocking.
  ///
  /// @throws PortException when there are no descriptors left
  static DescriptorLine borrowed(int readFd, int writeFd) throws PortException {
    Libc calls = new Libc(Long.BYTES);
    int wake = calls.eventfd();
    if (wake < 0) {
      throw noEvent(wake);
    }
    return new DescriptorLine(readFd, writeFd, false, calls, wake);
  }

  private static PortException noEvent(int answer) {
    return new PortException(
        PortException.Reason.FAILED, "No event descriptor: " + Errno.text(-answer) + ".");
  }

  @Override
  public boolean awaitInput() {
    readable.await(-1);
    return readable.found(DEVICE) != 0;
  }

  @Override
  public int read(byte[] b) {
    int n = readCalls.read(readFd, b, 0, b.length);
    return n == 0 ? END : n == -Errno.EAGAIN ? 0 : n;
  }

  @Override
  public int write(byte[] b, int off, int len) {
    if (owned) {
      int n = writeCalls.write(writeFd, b, off, len);
      if (n != -Errno.EAGAIN) {
        return n;
      }
      writable.await(ROOM_WAIT_MILLIS);
      return 0;
    }
    writable.await(ROOM_WAIT_MILLIS);
    return writable.found(DEVICE) == 0 ? 0 : writeCalls.write(writeFd, b, off, len);
  }

  @Override
  public int fetchOctets() {
    return owned ? TRANSFER_OCTETS : PIPE_OCTETS;
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
    calls.raise(wake);
  }

  @Override
  public void close() {
    if (owned) {
      calls.close(readFd);
    }
    calls.close(wake);
  }
}
