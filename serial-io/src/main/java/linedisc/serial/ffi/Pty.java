package linedisc.serial.ffi;

/// A new pseudo-terminal pair: its master side, and the name of its slave device.
///
/// Opening `/dev/ptmx` is a cloning open: each caller gets a device of its own. The master is
/// non-blocking. The slave's line is raw from the start: with the kernel's defaults it would echo
/// what arrives before somebody opens it.
///
/// @param master the master's descriptor, owned by the caller
/// @param slave the slave's path, `/dev/pts/3`
public record Pty(int master, String slave) {
  private static final String MULTIPLEXER = "/dev/ptmx";
  private static final long TIOCGPTN = 0x80045430L;
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCGPTPEER = 0x5441L;

  /// Opens a pair.
  ///
  /// @return the pair; on failure a record whose `master` is the negated error number
  public static Pty open(Libc libc) {
    int master =
        libc.open(MULTIPLEXER, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
    if (master < 0) {
      return new Pty(master, MULTIPLEXER);
    }
    int number = libc.ioctlGet(master, TIOCGPTN);
    int unlocked = number < 0 ? number : libc.ioctlSet(master, TIOCSPTLCK, 0);
    int answer = unlocked < 0 ? unlocked : makeRaw(libc, master);
    if (answer < 0) {
      libc.close(master);
      return new Pty(answer, MULTIPLEXER);
    }
    return new Pty(master, "/dev/pts/" + number);
  }

  /// Opens the slave through the master, which works in any mount namespace.
  ///
  /// @return a descriptor
  public int openSlave(Libc libc) {
    return libc.ioctl(
        master, TIOCGPTPEER, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
  }

  private static int makeRaw(Libc libc, int master) {
    Termios termios = new Termios();
    int answer = termios.load(libc, master);
    if (answer < 0) {
      return answer;
    }
    termios.makeRaw();
    return termios.apply(libc, master);
  }
}
