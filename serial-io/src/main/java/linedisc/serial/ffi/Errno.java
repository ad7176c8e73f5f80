package linedisc.serial.ffi;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Linux's error numbers, as far as they are told apart here.
public final class Errno {
  /// Not permitted.
  public static final int EPERM = 1;

  /// No such file or directory.
  public static final int ENOENT = 2;

  /// No such process; of routes: no such route.
  public static final int ESRCH = 3;

  /// Interrupted by a signal.
  public static final int EINTR = 4;

  /// Input or output error; on a tty: hung up.
  public static final int EIO = 5;

  /// No such device or address.
  public static final int ENXIO = 6;

  /// Nothing to read, or no room to write, just now.
  public static final int EAGAIN = 11;

  /// Permission denied.
  public static final int EACCES = 13;

  /// Device busy; on a tty: opened exclusively (TIOCEXCL).
  public static final int EBUSY = 16;

  /// There is one already.
  public static final int EEXIST = 17;

  /// No such device.
  public static final int ENODEV = 19;

  /// It makes no sense.
  public static final int EINVAL = 22;

  /// Not a tty, or a tty that knows no such request.
  public static final int ENOTTY = 25;

  /// The reader of this pipe has gone.
  public static final int EPIPE = 32;

  /// This address is not there.
  public static final int EADDRNOTAVAIL = 99;

  private Errno() {}

  /// The system's words for an error, "Input/output error" for 5.
  ///
  /// @param errno a positive error number
  @SuppressWarnings("restricted")
  public static String text(int errno) {
    if (!Platform.supported()) {
      return "error " + errno;
    }
    try {
      MemorySegment words = (MemorySegment) Words.STRERROR.invokeExact(errno);
      return words.reinterpret(Words.LONGEST).getString(0);
    } catch (Throwable e) {
      throw Libc.unexpected(e);
    }
  }

  /// Apart, so that this class's constants can be used anywhere.
  private static final class Words {
    static final long LONGEST = 256;

    @SuppressWarnings("restricted")
    static final MethodHandle STRERROR =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

    private Words() {}
  }
}
