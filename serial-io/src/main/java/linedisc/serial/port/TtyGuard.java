package linedisc.serial.port;

import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Poll;
import linedisc.serial.ffi.Termios;
import org.jspecify.annotations.Nullable;

/// A second descriptor of a port that jSerialComm has open, for what that library does too late or
/// not at all: lock the device before its lines are driven, keep a break from flushing the queues,
/// wait for octets without reading them, and put the settings back at the end. Linux only.
final class TtyGuard {
  private static final int DEVICE = 0;
  private static final int WAKE = 1;

  private final TtyDevice device;
  private final Libc libc;
  private final int wake;
  private final Poll readable = new Poll(2);

  private TtyGuard(TtyDevice device, Libc libc, int wake) {
    this.device = device;
    this.libc = libc;
    this.wake = wake;
    readable.watch(DEVICE, device.descriptor(), Poll.IN);
    readable.watch(WAKE, wake, Poll.IN);
  }

  /// Opens and locks a device.
  ///
  /// @return null where there are no foreign calls
  /// @throws PortException when it can't be opened, is no tty, or another process has it
  static @Nullable TtyGuard open(DeviceNode node) throws PortException {
    TtyDevice device = TtyDevice.open(node);
    if (device == null) {
      return null;
    }
    Libc libc = new Libc(Long.BYTES);
    // jSerialComm turns BRKINT on; with NOFLSH, which it leaves alone, that flushes nothing.
    int answer = device.change(termios -> termios.localFlags(0, Termios.NOFLSH));
    int wake = answer < 0 ? answer : libc.eventfd();
    if (wake < 0) {
      device.close();
      throw node.refusal(-wake);
    }
    return new TtyGuard(device, libc, wake);
  }

  /// The device.
  TtyDevice device() {
    return device;
  }

  /// Waits until there are octets to read or the line has hung up. One thread at a time.
  ///
  /// @return false: neither came within the time, or [#wake] was called
  boolean awaitInput(int milliseconds) {
    readable.await(milliseconds);
    return readable.found(DEVICE) != 0;
  }

  /// Ends the wait, and all later ones, at once. Any thread, until [#close].
  void wake() {
    libc.raise(wake);
  }

  /// Closes.
  void close() {
    device.close();
    libc.close(wake);
  }
}
