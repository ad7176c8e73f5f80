package linedisc.examples.demo;

import java.nio.file.Path;
import linedisc.serial.port.SerialBackend;
import org.jspecify.annotations.Nullable;

/// What the user asked of the demo.
///
/// @param line what carries the octets
/// @param backend opens the slave of a pty
/// @param megabytes payload of each bulk transfer, in 10^6 octets
/// @param capture file for all frames, or null
/// @param json whether the result is one JSON object instead of a table
/// @param debug whether negotiations are shown
/// @param bitErrors the share of bits that the line of `--ppp` flips
/// @param loss the share of octets that it loses
record DemoOptions(
    LineKind line,
    SerialBackend backend,
    long megabytes,
    @Nullable Path capture,
    boolean json,
    boolean debug,
    double bitErrors,
    double loss) {
  /// What carries the octets.
  enum LineKind {
    /// A kernel pty pair: the slave opened as a serial port, the master by the far end.
    PTY,
    /// A wire in memory.
    NULL
  }
}
