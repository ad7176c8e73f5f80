package linedisc.serial.ffi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// C functions of a shared object of our own that work on Java's arrays: for measuring against. The
/// object stays loaded for as long as this is referenced.
public final class NativeCode {
  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

  private final SymbolLookup symbols;

  private NativeCode(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /// Loads a shared object.
  ///
  /// @throws IllegalArgumentException when the system can't load it
  @SuppressWarnings("restricted")
  public static NativeCode load(Path sharedObject) {
    return new NativeCode(SymbolLookup.libraryLookup(sharedObject, Arena.ofAuto()));
  }

  /// Finds a function of the only shape there is here.
  ///
  /// @throws java.util.NoSuchElementException when there is none of that name
  @SuppressWarnings("restricted")
  public ArrayFunction function(String name) {
    // Critical: the arrays stay where they are for as long as the function takes.
    MethodHandle handle =
        Linker.nativeLinker()
            .downcallHandle(symbols.findOrThrow(name), SHAPE, Linker.Option.critical(true));
    return (from, length, count, option, to) -> {
      try {
        return (int)
            handle.invokeExact(
                MemorySegment.ofArray(from),
                length,
                count,
                option,
                MemorySegment.ofArray(to),
                to.length);
      } catch (Throwable e) {
        throw Libc.unexpected(e);
      }
    };
  }

  /// `int function(const uint8_t *from, int length, int count, uint32_t option, uint8_t *to, int
  /// room)`. Garbage collection may have to wait until it returns.
  @FunctionalInterface
  public interface ArrayFunction {
    /// Calls it. Nobody checks that it keeps within the arrays.
    ///
    /// @param from read
    /// @param length in octets
    /// @param count how many of that length
    /// @param option 32 bits
    /// @param to written; `room` is its length
    /// @return what the function returns
    int call(byte[] from, int length, int count, int option, byte[] to);
  }
}
