package linedisc.serial.ffi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What is asked of a serial port beside its [Termios]: control lines, breaks, queues. A
/// pseudo-terminal knows only some of it and answers [Errno#ENOTTY] or [Errno#EINVAL] to the rest.
///
/// Each method answers 0 or more, or the negated error number.
///
/// See [ioctl_tty(2)](https://man7.org/linux/man-pages/man2/ioctl_tty.2.html).
public final class TtyRequests {
  /// Data Terminal Ready.
  public static final int DTR = 0x2;

  /// Request To Send.
  public static final int RTS = 0x4;

  /// Clear To Send.
  public static final int CTS = 0x20;

  /// Data Carrier Detect.
  public static final int DCD = 0x40;

  /// Ring Indicator.
  public static final int RI = 0x80;

  /// Data Set Ready.
  public static final int DSR = 0x100;

  /// The octets that the structures here need of a [Libc]'s transfer buffer.
  public static final int STRUCTURE_OCTETS = 72;

  private static final long TCFLSH = 0x540B;
  private static final long TIOCEXCL = 0x540C;
  private static final long TIOCNXCL = 0x540D;
  private static final long TIOCOUTQ = 0x5411;
  private static final long TIOCMGET = 0x5415;
  private static final long TIOCMBIS = 0x5416;
  private static final long TIOCMBIC = 0x5417;
  private static final long TIOCGSERIAL = 0x541E;
  private static final long TIOCSSERIAL = 0x541F;
  private static final long TIOCSBRK = 0x5427;
  private static final long TIOCCBRK = 0x5428;

  private static final long TIOCSERGETLSR = 0x5459;

  private static final int TCOFLUSH = 1;
  private static final int TIOCSER_TEMT = 1;

  // struct serial_struct
  private static final int FLAGS = 16;
  private static final int ASYNC_LOW_LATENCY = 1 << 13;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private TtyRequests() {}

  /// The control lines that are on: [#DTR], [#RTS], [#CTS], [#DCD], [#RI], [#DSR].
  public static int modemLines(Libc libc, int fd) {
    return libc.ioctlGet(fd, TIOCMGET);
  }

  /// Switches control lines on or off.
  ///
  /// @param lines [#DTR], [#RTS] or both
  public static int setModemLines(Libc libc, int fd, int lines, boolean on) {
    return libc.ioctlSet(fd, on ? TIOCMBIS : TIOCMBIC, lines);
  }

  /// Begins or ends a break.
  public static int setBreak(Libc libc, int fd, boolean on) {
    return libc.ioctl(fd, on ? TIOCSBRK : TIOCCBRK, 0);
  }

  /// From now on nobody without privileges can open the device, or everybody can again.
  public static int setExclusive(Libc libc, int fd, boolean exclusive) {
    return libc.ioctl(fd, exclusive ? TIOCEXCL : TIOCNXCL, 0);
  }

  /// Octets that the driver has still to send. A pseudo-terminal always says 0.
  public static int unsent(Libc libc, int fd) {
    return libc.ioctlGet(fd, TIOCOUTQ);
  }

  /// Whether the UART is still sending what the driver has handed over to it: its FIFO is not among
  /// the octets [#unsent] tells of. Few drivers of USB adapters can say.
  ///
  /// @return 1: yes; 0: no
  public static int sending(Libc libc, int fd) {
    int status = libc.ioctlGet(fd, TIOCSERGETLSR);
    return status < 0 ? status : (status & TIOCSER_TEMT) == 0 ? 1 : 0;
  }

  /// Throws away what the driver has still to send.
  public static int discardUnsent(Libc libc, int fd) {
    return libc.ioctl(fd, TCFLSH, TCOFLUSH);
  }

  /// Asks the driver to hand over octets as they come; a USB adapter may else collect them for 16
  /// ms.
  public static int lowLatency(Libc libc, int fd) {
    byte[] structure = new byte[STRUCTURE_OCTETS];
    int answer = libc.ioctl(fd, TIOCGSERIAL, structure);
    if (answer < 0) {
      return answer;
    }
    INT.set(structure, FLAGS, (int) INT.get(structure, FLAGS) | ASYNC_LOW_LATENCY);
    return libc.ioctl(fd, TIOCSSERIAL, structure);
  }
}
