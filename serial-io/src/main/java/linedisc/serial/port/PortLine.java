package linedisc.serial.port;

import com.fazecast.jSerialComm.SerialPort;
import java.util.concurrent.locks.LockSupport;
import linedisc.serial.ffi.Errno;
import org.jspecify.annotations.Nullable;

/// An open port of jSerialComm, read and written as that library can bear it.
final class PortLine implements Line {
  /// A read's time limit while octets come, and so what a close has to wait for.
  static final int BUSY_MILLIS = 100;

  /// The same once the line is quiet; never above 25 500, where the kernel's one octet of tenths of
  /// a second overflows.
  static final int IDLE_MILLIS = 1000;

  /// The longest wait where carrier has to be looked at.
  private static final int CARRIER_WAIT_MILLIS = 200;

  /// Reads without result before the line counts as quiet.
  private static final int QUIET_READS = 20;

  private static final long ROOM_WAIT_NANOS = 10_000_000;

  /// How long the other side of a pty is given to read what was written last: a close would take it
  /// away again, and nobody can be asked whether it has been read.
  private static final long UNREAD_NANOS = 100_000_000;

  private static final int GONE = -1;

  private final SerialPort port;
  private final boolean modem;
  private volatile Pacing pacing;
  private final @Nullable TtyGuard guard;
  private final PortLocks.Lock lock;
  private int emptyReads;
  private boolean idle;
  private volatile boolean leftAsSet;
  private volatile long lastWrite;

  PortLine(
      SerialPort port,
      boolean modem,
      Pacing pacing,
      @Nullable TtyGuard guard,
      PortLocks.Lock lock) {
    this.port = port;
    this.modem = modem;
    this.pacing = pacing;
    this.guard = guard;
    this.lock = lock;
    this.lastWrite = System.nanoTime() - UNREAD_NANOS;
  }

  @Override
  public boolean awaitInput() {
    return guard == null || guard.awaitInput(modem ? CARRIER_WAIT_MILLIS : IDLE_MILLIS);
  }

  @Override
  public int read(byte[] b) {
    int n = port.readBytes(b, b.length);
    if (n > 0) {
      emptyReads = 0;
      setIdle(false);
      return n;
    }
    if (n < 0) {
      return GONE;
    }
    if (guard == null && ++emptyReads >= QUIET_READS) {
      setIdle(true);
    }
    return 0;
  }

  private void setIdle(boolean quiet) {
    if (idle != quiet) {
      idle = quiet;
      port.setComPortTimeouts(
          SerialPort.TIMEOUT_READ_SEMI_BLOCKING, quiet ? IDLE_MILLIS : BUSY_MILLIS, 0);
    }
  }

  @Override
  public int write(byte[] b, int off, int len) {
    int room = len;
    Pacing present = pacing;
    if (present.queueOctets() > 0) {
      int queued = port.bytesAwaitingWrite();
      if (queued < 0) {
        return GONE;
      }
      room = Math.min(len, present.queueOctets() - queued);
      if (room <= 0) {
        LockSupport.parkNanos(this, ROOM_WAIT_NANOS);
        return 0;
      }
    }
    lastWrite = System.nanoTime();
    int n = port.writeBytes(b, Math.min(room, present.pieceOctets()), off);
    // A hung-up port takes 0 octets and reports no error.
    return n <= 0 ? GONE : n;
  }

  @Override
  public int fetchOctets() {
    return pacing.fetchOctets();
  }

  /// Sets the port otherwise.
  ///
  /// @param paced the pacing that this asks for
  /// @return whether it is as asked for
  boolean apply(PortSettings settings, Pacing paced) {
    boolean done =
        guard == null ? NativeSettings.applyTo(port, settings) : guard.device().apply(settings);
    if (done) {
      pacing = paced;
    }
    return done;
  }

  @Override
  public HangUp gone(int answer) {
    int error = port.getLastErrorCode();
    return new HangUp.DeviceGone(error, error == 0 ? "hung up" : Errno.text(error));
  }

  @Override
  public boolean pending() {
    return pacing.queueOctets() > 0
        ? port.bytesAwaitingWrite() > 0
        : System.nanoTime() - lastWrite < UNREAD_NANOS;
  }

  @Override
  public boolean watchesCarrier() {
    return modem;
  }

  @Override
  public boolean carrier() {
    return port.getDCD();
  }

  /// Nothing can wake jSerialComm: where there is no guard to wait with, reads have a time limit;
  /// and a write that waits is waited for.
  @Override
  public void wake() {
    if (guard != null) {
      guard.wake();
    }
  }

  /// A close puts nothing back.
  void leaveAsSet() {
    leftAsSet = true;
  }

  @Override
  public void close() {
    lock.closing();
    if (modem && !leftAsSet) {
      port.clearDTR();
    }
    if (leftAsSet && guard != null) {
      guard.device().keepDtr();
    }
    port.closePort();
    if (guard != null) {
      if (!leftAsSet) {
        guard.device().putBack();
      }
      guard.close();
    }
    lock.release();
  }
}
