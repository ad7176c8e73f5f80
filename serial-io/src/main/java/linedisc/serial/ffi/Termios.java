package linedisc.serial.ffi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A tty's settings: Linux's `struct termios2`, which takes any speed, not only those of a table.
///
/// Not thread-safe.
///
/// See [termios.h](https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/termios.h.html).
public final class Termios {
  /// Input flag: a break is ignored.
  public static final int IGNBRK = 0x1;

  /// Input flag: a break flushes the queues (and may raise SIGINT).
  public static final int BRKINT = 0x2;

  /// Input flag: octets with parity or framing errors are dropped.
  public static final int IGNPAR = 0x4;

  /// Input flag: parity is checked.
  public static final int INPCK = 0x10;

  /// Input flag: the eighth bit is stripped.
  public static final int ISTRIP = 0x20;

  /// Input flag: what we send obeys XON and XOFF.
  public static final int IXON = 0x400;

  /// Input flag: we send XOFF and XON when our queue fills and empties.
  public static final int IXOFF = 0x1000;

  /// Control flags: bits per character.
  public static final int CSIZE = 0x30;

  /// Control flags: six bits per character; twice that seven, three times that eight.
  public static final int CS6 = 0x10;

  /// Control flag: two stop bits.
  public static final int CSTOPB = 0x40;

  /// Control flag: the receiver is on.
  public static final int CREAD = 0x80;

  /// Control flag: parity.
  public static final int PARENB = 0x100;

  /// Control flag: odd parity, or mark with [#CMSPAR].
  public static final int PARODD = 0x200;

  /// Control flag: the last close drops DTR.
  public static final int HUPCL = 0x400;

  /// Control flag: carrier is ignored.
  public static final int CLOCAL = 0x800;

  /// Control flag: mark or space parity.
  public static final int CMSPAR = 0x40000000;

  /// Control flag: RTS and CTS stop the flow.
  public static final int CRTSCTS = 0x80000000;

  /// Local flag: a break or a signal character does not flush the queues.
  public static final int NOFLSH = 0x80;

  // Flags that raw mode clears.
  private static final int RAW_INPUT_CLEARS =
      IGNBRK | BRKINT | IGNPAR | INPCK | ISTRIP | IXON | IXOFF
          // PARMRK, INLCR, IGNCR, ICRNL, IUCLC, IXANY, IMAXBEL
          | 0x8 | 0x40 | 0x80 | 0x100 | 0x200 | 0x800 | 0x2000;
  private static final int OPOST = 0x1;
  // ISIG, ICANON, ECHO, ECHONL, IEXTEN
  private static final int RAW_LOCAL_CLEARS = 0x1 | 0x2 | 0x8 | 0x40 | 0x8000;

  private static final int CBAUD = 0x100f;
  private static final int BOTHER = 0x1000;
  private static final int CIBAUD = CBAUD << 16;

  private static final long TCGETS2 = 0x802C542AL;
  private static final long TCSETS2 = 0x402C542BL;

  // struct termios2
  private static final int C_IFLAG = 0;
  private static final int C_OFLAG = 4;
  private static final int C_CFLAG = 8;
  private static final int C_LFLAG = 12;
  private static final int C_CC = 17;
  private static final int C_ISPEED = 36;
  private static final int C_OSPEED = 40;
  private static final int OCTETS = 44;
  private static final int VTIME = 5;
  private static final int VMIN = 6;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final byte[] structure = new byte[OCTETS];

  /// All zero until loaded.
  public Termios() {}

  /// Reads a tty's settings.
  ///
  /// @return 0, or the negated error number ([Errno#ENOTTY]: not a tty)
  public int load(Libc libc, int fd) {
    return libc.ioctl(fd, TCGETS2, structure);
  }

  /// Sets a tty to these settings now, whatever waits in its queues.
  ///
  /// @return 0, or the negated error number
  public int apply(Libc libc, int fd) {
    return libc.ioctl(fd, TCSETS2, structure);
  }

  /// Octets pass unchanged, eight bits, no parity, one stop bit, no flow control; a read waits for
  /// one octet. Speed, CLOCAL and HUPCL stay as they are.
  public void makeRaw() {
    inputFlags(RAW_INPUT_CLEARS, 0);
    set(C_OFLAG, get(C_OFLAG) & ~OPOST);
    localFlags(RAW_LOCAL_CLEARS, 0);
    controlFlags(PARENB | PARODD | CMSPAR | CSTOPB | CRTSCTS | CSIZE, CSIZE | CREAD);
    structure[C_CC + VMIN] = 1;
    structure[C_CC + VTIME] = 0;
  }

  /// The input flags.
  public int inputFlags() {
    return get(C_IFLAG);
  }

  /// Clears some input flags, then sets others.
  public void inputFlags(int clear, int set) {
    set(C_IFLAG, (get(C_IFLAG) & ~clear) | set);
  }

  /// The control flags.
  public int controlFlags() {
    return get(C_CFLAG);
  }

  /// Clears some control flags, then sets others.
  public void controlFlags(int clear, int set) {
    set(C_CFLAG, (get(C_CFLAG) & ~clear) | set);
  }

  /// Clears some local flags, then sets others.
  public void localFlags(int clear, int set) {
    set(C_LFLAG, (get(C_LFLAG) & ~clear) | set);
  }

  /// The speed of the sending side in bits per second.
  public int speed() {
    return get(C_OSPEED);
  }

  /// Sets both directions' speed in bits per second.
  public void speed(int bitsPerSecond) {
    controlFlags(CBAUD | CIBAUD, BOTHER);
    set(C_ISPEED, bitsPerSecond);
    set(C_OSPEED, bitsPerSecond);
  }

  private int get(int offset) {
    return (int) INT.get(structure, offset);
  }

  private void set(int offset, int value) {
    INT.set(structure, offset, value);
  }
}
