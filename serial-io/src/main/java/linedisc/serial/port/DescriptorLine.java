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

  /// How soon it is seen that somebody has opened the other side again.
  private static final int ABSENT_WAIT_MILLIS = 200;

  private static final int DEVICE = 0;
  private static final int WAKE = 1;

  /// What [#read] answers at the end of the stream; no error number.
  static final int END = Integer.MIN_VALUE;

  private final int readFd;
  private final int writeFd;
  private final boolean owned;

  /// Whether the other side may be closed and opened again.
  private final boolean patient;

  private final int wake;
  private final Libc calls;
  private final Libc readCalls = new Libc(TRANSFER_OCTETS);
  private final Poll readable = new Poll(2);
  private final Libc writeCalls = new Libc(TRANSFER_OCTETS);
  private final Poll writable = new Poll(2);

  /// Written by the reader.
  private volatile boolean absent;

  private DescriptorLine(
      int readFd, int writeFd, boolean owned, boolean patient, Libc calls, int wake) {
    this.readFd = readFd;
    this.writeFd = writeFd;
    this.owned = owned;
    this.patient = patient;
    this.absent = patient;
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
    return owned(fd, false);
  }

  /// The same for a pty's master whose other side is opened and closed by others as they please:
  /// while nobody has it open there is no carrier, and what is sent is lost.
  ///
  /// @param fd of a pty whose slave was opened and closed once
  static DescriptorLine persistent(int fd) throws PortException {
    return owned(fd, true);
  }

  private static DescriptorLine owned(int fd, boolean patient) throws PortException {
    Libc calls = new Libc(Long.BYTES);
    int wake = calls.eventfd();
    if (wake < 0) {
      calls.close(fd);
      throw noEvent(wake);
    }
    return new DescriptorLine(fd, fd, true, patient, calls, wake);
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
    return new DescriptorLine(readFd, writeFd, false, false, calls, wake);
  }

  private static PortException noEvent(int answer) {
    return new PortException(
        PortException.Reason.FAILED, "No event descriptor: " + Errno.text(-answer) + ".");
  }

  @Override
  public boolean awaitInput() {
    if (absent) {
      awaitSomebody();
      return false;
    }
    readable.await(-1);
    return readable.found(DEVICE) != 0;
  }

  /// A hang-up can't be waited out: it is reported for as long as it lasts.
  private void awaitSomebody() {
    readable.watch(DEVICE, -1, 0);
    readable.await(ABSENT_WAIT_MILLIS);
    readable.watch(DEVICE, readFd, Poll.IN);
    readable.await(0);
    absent = (readable.found(DEVICE) & Poll.HUP) != 0;
  }

  @Override
  public int read(byte[] b) {
    int n = readCalls.read(readFd, b, 0, b.length);
    if (patient && n == -Errno.EIO) {
      absent = true;
      return 0;
    }
    return n == 0 ? END : n == -Errno.EAGAIN ? 0 : n;
  }

  @Override
  public int write(byte[] b, int off, int len) {
    if (absent) {
      return len;
    }
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
    return cause(answer);
  }

  /// Why the stream behind a descriptor has ended.
  ///
  /// @param answer [#END] or a negated error number
  static HangUp cause(int answer) {
    return switch (answer) {
      // A pty master's EIO and a pipe's EPIPE say that nobody has the other side open.
      case END, -Errno.EIO, -Errno.EPIPE -> new HangUp.PeerClosed();
      default -> new HangUp.DeviceGone(-answer, Errno.text(-answer));
    };
  }

  @Override
  public boolean watchesCarrier() {
    return patient;
  }

  @Override
  public boolean carrier() {
    return !absent;
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
