package linedisc.serial.port;

import linedisc.serial.ffi.Errno;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.TtyRequests;

/// A tty that is read and written without a library in between.
final class PosixLine implements PolledLine {
  private final TtyDevice device;
  private final boolean modem;
  private final PortLocks.Lock lock;
  private volatile Pacing pacing;
  private volatile boolean leftAsSet;

  /// An open and locked device.
  ///
  /// @param modem whether carrier is watched
  PosixLine(TtyDevice device, boolean modem, Pacing pacing, PortLocks.Lock lock) {
    this.device = device;
    this.modem = modem;
    this.pacing = pacing;
    this.lock = lock;
  }

  @Override
  public int descriptor() {
    return device.descriptor();
  }

  @Override
  public HangUp gone(int answer) {
    return new HangUp.DeviceGone(-answer, answer == 0 ? "hung up" : Errno.text(-answer));
  }

  @Override
  public int fetchOctets() {
    return pacing.fetchOctets();
  }

  @Override
  public int room(Libc libc) {
    int most = pacing.queueOctets();
    if (most == 0) {
      return Integer.MAX_VALUE;
    }
    // A driver that can't be asked takes what it takes.
    int unsent = TtyRequests.unsent(libc, descriptor());
    return unsent < 0 ? most : most - unsent;
  }

  @Override
  public boolean watchesCarrier() {
    return modem;
  }

  @Override
  public boolean carrier(Libc libc) {
    int lines = TtyRequests.modemLines(libc, descriptor());
    return lines >= 0 && (lines & TtyRequests.DCD) != 0;
  }

  @Override
  public boolean pending() {
    // What is in the UART would go out at the speed that a close puts back.
    return hasUnsent() || TtyRequests.sending(TtyDevice.calls(), descriptor()) > 0;
  }

  private boolean hasUnsent() {
    return TtyRequests.unsent(TtyDevice.calls(), descriptor()) > 0;
  }

  /// Sets the port otherwise.
  ///
  /// @param paced the pacing that this asks for
  /// @return whether it is as asked for
  boolean apply(PortSettings settings, Pacing paced) {
    boolean done = device.apply(settings);
    if (done) {
      pacing = paced;
    }
    return done;
  }

  /// The control lines that are on, as [TtyRequests#modemLines] says; 0 if it can't.
  int modemLines() {
    return Math.max(0, TtyRequests.modemLines(TtyDevice.calls(), descriptor()));
  }

  boolean setModemLine(int line, boolean on) {
    return TtyRequests.setModemLines(TtyDevice.calls(), descriptor(), line, on) >= 0;
  }

  boolean setBreak(boolean on) {
    return TtyRequests.setBreak(TtyDevice.calls(), descriptor(), on) >= 0;
  }

  /// A close puts nothing back.
  void leaveAsSet() {
    leftAsSet = true;
  }

  @Override
  public void close() {
    lock.closing();
    if (hasUnsent()) {
      // The kernel would wait for the line, up to half a minute.
      TtyRequests.discardUnsent(TtyDevice.calls(), descriptor());
    }
    if (leftAsSet) {
      device.keepDtr();
    } else {
      if (modem) {
        boolean _ = setModemLine(TtyRequests.DTR, false);
      }
      device.putBack();
    }
    TtyRequests.setExclusive(TtyDevice.calls(), descriptor(), false);
    device.close();
    lock.release();
  }
}
