package linedisc.serial.ffi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C library as one thread at a time calls it: errno and the native transfer buffer of that
/// thread's calls live here, so that a call allocates nothing.
///
/// Not thread-safe; make one for each thread, or for each side of a descriptor.
public final class Libc {
  /// Open for reading and writing.
  public static final int O_RDWR = 2;

  /// Don't let a tty become the controlling terminal.
  public static final int O_NOCTTY = 0x100;

  /// Never wait in `read` or `write`, nor for carrier in `open`.
  public static final int O_NONBLOCK = 0x800;

  /// Closed in child processes.
  public static final int O_CLOEXEC = 0x80000;

  /// Exclusive lock, for [#flock].
  public static final int LOCK_EX = 2;

  /// Don't wait for the lock, for [#flock].
  public static final int LOCK_NB = 4;

  private static final int EFD_NONBLOCK = O_NONBLOCK;
  private static final int EFD_CLOEXEC = O_CLOEXEC;

  private static final MethodHandle OPEN = variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle READ =
      function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle IOCTL_VALUE =
      variadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle IOCTL_POINTER =
      variadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
  private static final MethodHandle FLOCK = function("flock", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SOCKET =
      function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle GETEUID = function("geteuid", JAVA_INT);
  private static final MethodHandle SETSID = function("setsid", JAVA_INT);
  private static final MethodHandle DUP2 = function("dup2", JAVA_INT, JAVA_INT, JAVA_INT);

  /// Where errno is kept. Read by its offset: a composed VarHandle may allocate with each use.
  private static final long ERRNO =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private final MemorySegment state;
  private final MemorySegment transfer;
  private final MemorySegment integer;

  /// A caller's view with a transfer buffer.
  ///
  /// @param transferOctets the most that one read, write or ioctl structure moves
  public Libc(int transferOctets) {
    Arena arena = Arena.ofAuto();
    state = arena.allocate(Linker.Option.captureStateLayout());
    transfer = arena.allocate(transferOctets, Long.BYTES);
    integer = arena.allocate(JAVA_LONG);
  }

  /// `open(2)`: a descriptor. The path's octets are copied for the call.
  public int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      return result((int) OPEN.invokeExact(state, arena.allocateFrom(path), flags));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `close(2)`. On Linux the descriptor is gone whatever the answer.
  public int close(int fd) {
    try {
      return result((int) CLOSE.invokeExact(state, fd));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `read(2)`, at most the transfer buffer: octets read, 0 at the end.
  public int read(int fd, byte[] b, int off, int len) {
    try {
      long octets = Math.min(len, transfer.byteSize());
      long n;
      do {
        n = (long) READ.invokeExact(state, fd, transfer, octets);
      } while (n < 0 && errno() == Errno.EINTR);
      if (n < 0) {
        return -errno();
      }
      MemorySegment.copy(transfer, JAVA_BYTE, 0, b, off, (int) n);
      return (int) n;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `write(2)`, at most the transfer buffer: octets taken.
  public int write(int fd, byte[] b, int off, int len) {
    try {
      int octets = (int) Math.min(len, transfer.byteSize());
      MemorySegment.copy(b, off, transfer, JAVA_BYTE, 0, octets);
      long n;
      do {
        n = (long) WRITE.invokeExact(state, fd, transfer, (long) octets);
      } while (n < 0 && errno() == Errno.EINTR);
      return n < 0 ? -errno() : (int) n;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `ioctl(2)` whose argument is a plain value, or nothing (0).
  public int ioctl(int fd, long request, int value) {
    try {
      return result((int) IOCTL_VALUE.invokeExact(state, fd, request, (long) value));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `ioctl(2)` whose argument points at a structure: copied in before and out after the call.
  public int ioctl(int fd, long request, byte[] structure) {
    try {
      MemorySegment.copy(structure, 0, transfer, JAVA_BYTE, 0, structure.length);
      int answer = result((int) IOCTL_POINTER.invokeExact(state, fd, request, transfer));
      MemorySegment.copy(transfer, JAVA_BYTE, 0, structure, 0, structure.length);
      return answer;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `ioctl(2)` that fills in an `int`: that value, which must not be negative.
  public int ioctlGet(int fd, long request) {
    try {
      integer.set(JAVA_INT, 0, 0);
      int answer = result((int) IOCTL_POINTER.invokeExact(state, fd, request, integer));
      return answer < 0 ? answer : integer.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `ioctl(2)` that reads an `int`.
  public int ioctlSet(int fd, long request, int value) {
    try {
      integer.set(JAVA_INT, 0, value);
      return result((int) IOCTL_POINTER.invokeExact(state, fd, request, integer));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `flock(2)`.
  public int flock(int fd, int operation) {
    try {
      return result((int) FLOCK.invokeExact(state, fd, operation));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `eventfd(2)`: a descriptor that polls readable once [#raise] was called on it.
  public int eventfd() {
    try {
      return result((int) EVENTFD.invokeExact(state, 0, EFD_NONBLOCK | EFD_CLOEXEC));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Makes an eventfd readable.
  public int raise(int eventfd) {
    try {
      integer.set(JAVA_LONG, 0, 1);
      long n = (long) WRITE.invokeExact(state, eventfd, integer, (long) Long.BYTES);
      return n < 0 ? -errno() : 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Makes an eventfd unreadable again.
  public int clear(int eventfd) {
    try {
      long n = (long) READ.invokeExact(state, eventfd, integer, (long) Long.BYTES);
      return n < 0 ? -errno() : 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `socket(2)`.
  int socket(int domain, int type, int protocol) {
    try {
      return result((int) SOCKET.invokeExact(state, domain, type, protocol));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `geteuid(2)`.
  public int geteuid() {
    try {
      return (int) GETEUID.invokeExact(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `setsid(2)`: a session of its own, without a terminal.
  public int setsid() {
    try {
      return result((int) SETSID.invokeExact(state));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `dup2(2)`: `target` becomes another name of what `fd` is open on.
  public int dup2(int fd, int target) {
    try {
      return result((int) DUP2.invokeExact(state, fd, target));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private int result(int answer) {
    return answer < 0 ? -errno() : answer;
  }

  private int errno() {
    return errno(state);
  }

  /// The error number that a failed call has left.
  static int errno(MemorySegment state) {
    return state.get(JAVA_INT, ERRNO);
  }

  static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return downcall(name, FunctionDescriptor.of(result, arguments));
  }

  private static MethodHandle variadic(
      String name, int firstVariadic, MemoryLayout result, MemoryLayout... arguments) {
    // With no variadic argument at all (open without a mode) the option must not be given.
    FunctionDescriptor descriptor = FunctionDescriptor.of(result, arguments);
    return firstVariadic < arguments.length
        ? downcall(name, descriptor, Linker.Option.firstVariadicArg(firstVariadic))
        : downcall(name, descriptor);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle downcall(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    Linker.Option[] all = new Linker.Option[options.length + 1];
    all[0] = Linker.Option.captureCallState("errno");
    System.arraycopy(options, 0, all, 1, options.length);
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, all);
  }

  /// A method handle's failure, which can only be a mistake of this package.
  static AssertionError unexpected(Throwable e) {
    return new AssertionError("foreign call failed", e);
  }
}
