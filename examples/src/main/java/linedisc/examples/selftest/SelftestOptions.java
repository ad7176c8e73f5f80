package linedisc.examples.selftest;

import java.util.List;
import linedisc.serial.port.SerialBackend;

/// What the user asked of the self-test.
///
/// @param lines what carries the octets
/// @param backend opens serial ports, and the slaves of ptys
/// @param ports names of the two ports, for [LineKind#CABLE]
/// @param seconds how long
/// @param seed decides all choices, though not the threads' timing
/// @param patience how long a caller may take to wake up after the destroy, in milliseconds
/// @param json whether the result is one JSON object instead of a table
record SelftestOptions(
    LineKind lines,
    SerialBackend backend,
    List<String> ports,
    long seconds,
    long seed,
    long patience,
    boolean json) {
  /// What carries the octets.
  enum LineKind {
    /// Wires in memory and kernel ptys.
    BOTH,
    /// Kernel ptys.
    PTY,
    /// Wires in memory.
    NULL,
    /// Two ports of the user's.
    CABLE
  }
}
