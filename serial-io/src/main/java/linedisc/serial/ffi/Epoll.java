package linedisc.serial.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// An epoll set: many descriptors, one waiting place. Each call allocates nothing. Not thread-safe.
///
/// See [epoll(7)](https://man7.org/linux/man-pages/man7/epoll.7.html).
public final class Epoll {
  /// There is something to read.
  public static final int IN = 1;

  /// There is room to write.
  public static final int OUT = 4;

  /// Always reported: something is wrong with the descriptor.
  public static final int ERR = 8;

  /// Always reported: the other side has gone.
  public static final int HUP = 16;

  /// With others: what was reported is reported again only when more has come. Without it, for as
  /// long as it lasts.
  public static final int EDGE = 1 << 31;

  private static final int EPOLL_CLOEXEC = Libc.O_CLOEXEC;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int EPOLL_CTL_MOD = 3;

  // struct epoll_event, packed on x86-64 only
  private static final int EVENTS = 0;
  private static final int DATA = Platform.isX86() ? 4 : 8;
  private static final int SIZE = DATA + Long.BYTES;

  private static final MethodHandle CREATE = Libc.function("epoll_create1");
  private static final MethodHandle CONTROL = Libc.function("epoll_ctl");
  private static final MethodHandle WAIT = Libc.function("epoll_wait");

  private final Libc libc;
  private final int set;
  private final MemorySegment state;
  private final MemorySegment one;
  private final MemorySegment found;
  private final int most;

  private Epoll(Libc libc, int set, int most) {
    Arena arena = Arena.ofAuto();
    this.libc = libc;
    this.set = set;
    this.state = arena.allocate(Linker.Option.captureStateLayout());
    this.one = arena.allocate(SIZE, Long.BYTES);
    this.found = arena.allocate((long) SIZE * most, Long.BYTES);
    this.most = most;
  }

  /// An empty set.
  ///
  /// @param libc for the set's own close
  /// @param most how many descriptors one wait can report
  /// @return a set; on failure one whose [#descriptor] is the negated error number
  public static Epoll open(Libc libc, int most) {
    Epoll errors = new Epoll(libc, -1, 0);
    int set = errors.result(Libc.call(CREATE, errors.state, EPOLL_CLOEXEC, 0, 0, 0));
    return new Epoll(libc, set, most);
  }

  /// The set's own descriptor.
  public int descriptor() {
    return set;
  }

  /// Waits for a descriptor from now on.
  ///
  /// @param events [#IN], [#OUT], both or 0; with [#EDGE] if so wished
  /// @param data given back by [#data] with each event
  /// @return 0, or the negated error number
  public int add(int fd, int events, long data) {
    return control(EPOLL_CTL_ADD, fd, events, data);
  }

  /// Waits for something else on a descriptor of the set.
  ///
  /// @return 0, or the negated error number
  public int modify(int fd, int events, long data) {
    return control(EPOLL_CTL_MOD, fd, events, data);
  }

  /// Waits for a descriptor no more. What was found by a wait before stays found.
  ///
  /// @return 0, or the negated error number
  public int remove(int fd) {
    return control(EPOLL_CTL_DEL, fd, 0, 0);
  }

  private int control(int operation, int fd, int events, long data) {
    one.set(JAVA_INT, EVENTS, events);
    one.set(JAVA_LONG_UNALIGNED, DATA, data);
    return result(Libc.call(CONTROL, state, set, operation, fd, one.address()));
  }

  /// Waits until there are events; a signal may end the wait early.
  ///
  /// @param milliseconds the longest wait; 0: none; -1: no limit
  /// @return how many there are
  public int await(int milliseconds) {
    return Math.max(0, Libc.call(WAIT, state, set, found.address(), most, milliseconds));
  }

  /// What event `index` of the last wait says: [#IN], [#OUT], [#ERR] and [#HUP].
  public int events(int index) {
    return found.get(JAVA_INT, (long) index * SIZE + EVENTS);
  }

  /// Which descriptor event `index` is about.
  public long data(int index) {
    return found.get(JAVA_LONG_UNALIGNED, (long) index * SIZE + DATA);
  }

  /// Closes the set.
  public void close() {
    libc.close(set);
  }

  private int result(int answer) {
    return answer < 0 ? -Libc.errno(state) : answer;
  }
}
