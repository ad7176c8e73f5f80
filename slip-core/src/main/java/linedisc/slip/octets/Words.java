package linedisc.slip.octets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Eight octets of an array as one `long`.
public final class Words {
  /// One in each octet; times an octet, that octet in all eight places.
  public static final long ONES = 0x0101010101010101L;

  /// The highest bit of each octet: all marks.
  public static final long MARKS = ONES << 7;

  /// Whether the CPU deposits and extracts bits (`Long.expand`, `Long.compress`) in a few cycles.
  ///
  /// It decides only how a word with octets to be replaced is handled, never the result. Taken from
  /// the architecture: the JIT compiler has single instructions for it on x86-64 and, but for the
  /// newest cores, a hundred times slower code elsewhere. Measuring would have to wait for the
  /// compiler, for longer than a small program runs, and could come out differently each time. A
  /// few old x86-64 CPUs are slow too (before Haswell; AMD's before Zen 3): there the system
  /// property `linedisc.bitdeposit=false` is for.
  public static final boolean BIT_DEPOSIT =
      Boolean.parseBoolean(
          System.getProperty(
              "linedisc.bitdeposit",
              Boolean.toString("amd64".equals(System.getProperty("os.arch")))));

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  /// Returns the word that begins at `at`.
  public static long get(byte[] source, int at) {
    return (long) LONG.get(source, at);
  }

  /// Writes a word.
  public static void put(byte[] target, int at, long word) {
    LONG.set(target, at, word);
  }

  /// Writes two octets: the lowest eight bits of `pair`, then the next eight.
  public static void putPair(byte[] target, int at, int pair) {
    SHORT.set(target, at, (short) pair);
  }

  /// Returns a word of eight times the same octet.
  public static long all(int octet) {
    return octet * ONES;
  }

  /// Returns all eight bits of each marked octet.
  public static long fill(long marks) {
    return (marks << 1) - (marks >>> 7);
  }
}
