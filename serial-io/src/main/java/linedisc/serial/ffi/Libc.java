package linedisc.serial.ffi;

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

  /// The shape of all functions here: linking one takes milliseconds, and the next of the same
  /// shape next to nothing. Integers and pointers travel in registers of 64 bits each, variadic or
  /// not; what a function doesn't take, it doesn't look at.
  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private static final MethodHandle OPEN = function("open");
  private static final MethodHandle CLOSE = function("close");
  private static final MethodHandle READ = function("read");
  private static final MethodHandle WRITE = function("write");
  private static final MethodHandle IOCTL = function("ioctl");
  private static final MethodHandle FLOCK = function("flock");
  private static final MethodHandle EVENTFD = function("eventfd");
  private static final MethodHandle SOCKET = function("socket");
  private static final MethodHandle GETEUID = function("geteuid");
  private static final MethodHandle SETSID = function("setsid");
  private static final MethodHandle DUP2 = function("dup2");

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
      return result(call(OPEN, state, arena.allocateFrom(path).address(), flags, 0, 0));
    }
  }

  /// `close(2)`. On Linux the descriptor is gone whatever the answer.
  public int close(int fd) {
    return result(call(CLOSE, state, fd, 0, 0, 0));
  }

  /// `read(2)`, at most the transfer buffer: octets read, 0 at the end.
  public int read(int fd, byte[] b, int off, int len) {
    long octets = Math.min(len, transfer.byteSize());
    int n;
    do {
      n = call(READ, state, fd, transfer.address(), octets, 0);
    } while (n < 0 && errno() == Errno.EINTR);
    if (n < 0) {
      return -errno();
    }
    MemorySegment.copy(transfer, JAVA_BYTE, 0, b, off, n);
    return n;
  }

  /// `write(2)`, at most the transfer buffer: octets taken.
  public int write(int fd, byte[] b, int off, int len) {
    int octets = (int) Math.min(len, transfer.byteSize());
    MemorySegment.copy(b, off, transfer, JAVA_BYTE, 0, octets);
    int n;
    do {
      n = call(WRITE, state, fd, transfer.address(), octets, 0);
    } while (n < 0 && errno() == Errno.EINTR);
    return result(n);
  }

  /// `ioctl(2)` whose argument is a plain value, or nothing (0).
  public int ioctl(int fd, long request, int value) {
    return result(call(IOCTL, state, fd, request, value, 0));
  }

  /// `ioctl(2)` whose argument points at a structure: copied in before and out after the call.
  public int ioctl(int fd, long request, byte[] structure) {
    MemorySegment.copy(structure, 0, transfer, JAVA_BYTE, 0, structure.length);
    int answer = result(call(IOCTL, state, fd, request, transfer.address(), 0));
    MemorySegment.copy(transfer, JAVA_BYTE, 0, structure, 0, structure.length);
    return answer;
  }

  /// `ioctl(2)` that fills in an `int`: that value, which must not be negative.
  public int ioctlGet(int fd, long request) {
    integer.set(JAVA_INT, 0, 0);
    int answer = result(call(IOCTL, state, fd, request, integer.address(), 0));
    return answer < 0 ? answer : integer.get(JAVA_INT, 0);
  }

  /// `ioctl(2)` that reads an `int`.
  public int ioctlSet(int fd, long request, int value) {
    integer.set(JAVA_INT, 0, value);
    return result(call(IOCTL, state, fd, request, integer.address(), 0));
  }

  /// `flock(2)`.
  public int flock(int fd, int operation) {
    return result(call(FLOCK, state, fd, operation, 0, 0));
  }

  /// `eventfd(2)`: a descriptor that polls readable once [#raise] was called on it.
  public int eventfd() {
    return result(call(EVENTFD, state, 0, EFD_NONBLOCK | EFD_CLOEXEC, 0, 0));
  }

  /// Makes an eventfd readable.
  public int raise(int eventfd) {
    integer.set(JAVA_LONG, 0, 1);
    int n = call(WRITE, state, eventfd, integer.address(), Long.BYTES, 0);
    return n < 0 ? -errno() : 0;
  }

  /// Makes an eventfd unreadable again.
  public int clear(int eventfd) {
    int n = call(READ, state, eventfd, integer.address(), Long.BYTES, 0);
    return n < 0 ? -errno() : 0;
  }

  /// `socket(2)`.
  int socket(int domain, int type, int protocol) {
    return result(call(SOCKET, state, domain, type, protocol, 0));
  }

  /// `geteuid(2)`.
  public int geteuid() {
    return call(GETEUID, state, 0, 0, 0, 0);
  }

  /// `setsid(2)`: a session of its own, without a terminal.
  public int setsid() {
    return result(call(SETSID, state, 0, 0, 0, 0));
  }

  /// `dup2(2)`: `target` becomes another name of what `fd` is open on.
  public int dup2(int fd, int target) {
    return result(call(DUP2, state, fd, target, 0, 0));
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

  /// A function of the C library that takes up to four integers or pointers.
  @SuppressWarnings("restricted")
  static MethodHandle function(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), SHAPE, Linker.Option.captureCallState("errno"));
  }

  /// Calls a function, whose answer fits an `int` (that of `read` does with no more room than
  /// that).
  ///
  /// @param function from [#function]
  /// @param state where errno goes; the call keeps its arena's memory, and no other: what a pointer
  ///   points at comes from the same arena, or from one that the caller closes
  static int call(MethodHandle function, MemorySegment state, long a, long b, long c, long d) {
    try {
      return (int) (long) function.invokeExact(state, a, b, c, d);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// A method handle's failure, which can only be a mistake of this package.
  static AssertionError unexpected(Throwable e) {
    return new AssertionError("foreign call failed", e);
  }
}
