package linedisc.serial.port;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import linedisc.serial.ffi.Errno;
import linedisc.serial.ffi.Libc;
import linedisc.serial.ffi.Platform;
import linedisc.serial.ffi.Poll;
import linedisc.serial.ffi.Pty;
import linedisc.serial.ffi.Termios;
import linedisc.serial.life.Gate;
import linedisc.serial.life.Gate.Side;
import linedisc.serial.life.Sync;

/// The side of a pseudo-terminal on which a real port would have its modem: it stays while programs
/// open and close the other side, and sees that as their Data Terminal Ready. Linux only.
///
/// A pty has no modem lines. That the last program has closed it reads as a hang-up, which would be
/// reported over and over until the next one opens it; so meanwhile this side holds the other one
/// open itself, and lets go as soon as octets come, or when asked for [#terminalReady]. The modem's
/// own carrier can be made felt by closing this side: the program's reads then end.
///
/// One thread may read and one write; the other methods are for any thread. Octets pass unchanged.
public final class ModemPty implements AutoCloseable {
  /// What [#read] answers after a close.
  public static final int CLOSED = -1;

  private static final int TRANSFER_OCTETS = 4096;
  private static final int ROOM_WAIT_MILLIS = 1000;
  private static final long GATE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long FIONREAD = 0x541B;
  private static final int DEVICE = 0;
  private static final int WAKE = 1;
  private static final int NOT_HELD = -1;

  private final Pty pty;
  private final int wake;
  private final Gate gate = new Gate(Sync.system());
  private final Libc readCalls = new Libc(TRANSFER_OCTETS);
  private final Poll readable = new Poll(2);
  private final Libc writeCalls = new Libc(TRANSFER_OCTETS);
  private final Poll writable = new Poll(2);

  // Guarded by this object's monitor, which is never held in a call that waits.
  private final Libc calls = new Libc(64);
  private final Poll present = new Poll(1);
  private int held = NOT_HELD;
  private boolean ready;
  private boolean closed;

  private ModemPty(Pty pty, int wake) {
    this.pty = pty;
    this.wake = wake;
    readable.watch(DEVICE, pty.master(), Poll.IN);
    readable.watch(WAKE, wake, Poll.IN);
    writable.watch(DEVICE, pty.master(), Poll.OUT);
    writable.watch(WAKE, wake, Poll.IN);
    present.watch(DEVICE, pty.master(), 0);
  }

  /// Opens a new pair; nobody has the other side open yet.
  ///
  /// @throws PortException when the system has no (more) pseudo-terminals
  public static ModemPty open() throws PortException {
    if (!Platform.supported()) {
      throw new PortException(
          PortException.Reason.FAILED,
          "Pseudo-terminals are only opened on Linux (x86-64, aarch64, riscv64).");
    }
    Libc libc = new Libc(64);
    Pty pty = Pty.open(libc);
    int wake = pty.master() < 0 ? pty.master() : libc.eventfd();
    if (wake < 0) {
      if (pty.master() >= 0) {
        libc.close(pty.master());
      }
      throw new PortException(
          PortException.Reason.FAILED,
          "No pseudo-terminal can be opened: " + Errno.text(-wake) + ".");
    }
    ModemPty opened = new ModemPty(pty, wake);
    opened.hold();
    return opened;
  }

  /// The device path of the other side.
  public String slave() {
    return pty.slave();
  }

  /// Reads octets; waits for them, or for a program to open or close the other side.
  ///
  /// @return octets read from offset 0; 0: none came, but [#terminalReady] may have changed;
  ///   [#CLOSED]
  public int read(byte[] buffer) {
    if (!gate.enter(Side.READ)) {
      return CLOSED;
    }
    try {
      readable.await(-1);
      int found = readable.found(DEVICE);
      if ((found & Poll.IN) != 0) {
        octetsHaveCome();
        return Math.max(0, readCalls.read(pty.master(), buffer, 0, buffer.length));
      }
      if ((found & Poll.HUP) != 0 && !terminalReady()) {
        awaitHold();
      }
      return 0;
    } finally {
      gate.leave(Side.READ);
    }
  }

  /// Waits a while for room and writes. What is written while no program has the other side open
  /// waits there for the next one.
  ///
  /// @return octets taken; 0: no room yet; [#CLOSED]
  public int write(byte[] buffer, int offset, int length) {
    if (!gate.enter(Side.WRITE)) {
      return CLOSED;
    }
    try {
      int n = writeCalls.write(pty.master(), buffer, offset, length);
      if (n == -Errno.EAGAIN) {
        writable.await(ROOM_WAIT_MILLIS);
      }
      return Math.max(0, n);
    } finally {
      gate.leave(Side.WRITE);
    }
  }

  /// Whether a program has the other side open.
  public synchronized boolean terminalReady() {
    if (!closed) {
      letGo();
      present.await(0);
      ready = (present.found(DEVICE) & Poll.HUP) == 0;
      if (!ready) {
        hold();
      }
    }
    return ready && !closed;
  }

  /// Whether the program has asked not to be disturbed by a lost carrier (CLOCAL). One that has not
  /// expects the port to hang up.
  public synchronized boolean ignoresCarrier() {
    Termios termios = new Termios();
    return !closed
        && termios.load(calls, pty.master()) >= 0
        && (termios.controlFlags() & Termios.CLOCAL) != 0;
  }

  /// How many octets were written that no program has read yet; the last write may not count for a
  /// moment. A close takes them away.
  public synchronized int unread() {
    int slave = closed ? -1 : pty.openSlave(calls);
    if (slave < 0) {
      return 0;
    }
    int octets = calls.ioctlGet(slave, FIONREAD);
    calls.close(slave);
    return Math.max(0, octets);
  }

  /// Closes: to the program it is as if the port had gone. Waits for the reader and the writer,
  /// whose calls end.
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      letGo();
      calls.raise(wake);
    }
    gate.shut();
    if (gate.awaitEmpty(GATE_NANOS)) {
      calls.close(pty.master());
      calls.close(wake);
    }
  }

  private synchronized void octetsHaveCome() {
    if (!ready) {
      letGo();
      ready = true;
    }
  }

  private void hold() {
    if (held == NOT_HELD) {
      held = Math.max(NOT_HELD, pty.openSlave(calls));
    }
  }

  private void letGo() {
    if (held != NOT_HELD) {
      calls.close(held);
      held = NOT_HELD;
    }
  }

  /// A program that is gone may have reserved the port for itself (TIOCEXCL): then nothing else
  /// keeps the reader from being told of the hang-up without end.
  private void awaitHold() {
    boolean free;
    synchronized (this) {
      free = held == NOT_HELD && !closed;
    }
    if (free) {
      LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
    }
  }
}
