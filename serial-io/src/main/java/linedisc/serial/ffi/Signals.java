package linedisc.serial.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The dispositions of some signals, as they were when this was made.
///
/// `struct sigaction` is kept unread: what `sigaction(2)` gave is what it gets back.
///
/// See [sigaction](https://pubs.opengroup.org/onlinepubs/9799919799/functions/sigaction.html).
public final class Signals {
  /// Hang-up.
  public static final int HUP = 1;

  /// For the user.
  public static final int USR1 = 10;

  /// For the user.
  public static final int USR2 = 12;

  /// Continue if stopped.
  public static final int CONT = 18;

  /// A background process reads from its terminal.
  public static final int TTIN = 21;

  /// A background process writes to its terminal.
  public static final int TTOU = 22;

  /// A descriptor has become ready.
  public static final int IO = 29;

  // 152 octets with glibc and musl on x86-64; room to spare for others.
  private static final long SIGACTION_OCTETS = 512;
  private static final MethodHandle SIGACTION = Libc.function("sigaction");

  private final int[] signals;
  private final MemorySegment state;
  private final MemorySegment saved;

  private Signals(int[] signals) {
    Arena arena = Arena.ofAuto();
    this.signals = signals;
    this.state = arena.allocate(Linker.Option.captureStateLayout());
    this.saved = arena.allocate(SIGACTION_OCTETS * signals.length, Long.BYTES);
  }

  /// Notes the dispositions of these signals.
  public static Signals save(int... signals) {
    Signals dispositions = new Signals(signals.clone());
    for (int i = 0; i < signals.length; i++) {
      sigaction(dispositions.state, signals[i], MemorySegment.NULL, dispositions.place(i));
    }
    return dispositions;
  }

  /// Puts the dispositions back.
  public void restore() {
    for (int i = 0; i < signals.length; i++) {
      sigaction(state, signals[i], place(i), MemorySegment.NULL);
    }
  }

  private MemorySegment place(int index) {
    return saved.asSlice(index * SIGACTION_OCTETS, SIGACTION_OCTETS);
  }

  private static void sigaction(
      MemorySegment state, int signal, MemorySegment act, MemorySegment old) {
    if (Libc.call(SIGACTION, state, signal, act.address(), old.address(), 0) != 0) {
      throw new IllegalArgumentException("no signal " + signal);
    }
  }
}
