/// Lines that carry octets: serial ports, pseudo-terminals, wires in memory.
///
/// A [SerialTransport] owns a line and whatever threads it needs, and drives a passive
/// [TransportUser], the tty. What is special about a kind of line stays in its transport: speeds
/// and modem lines, a native library's traps, the waking of blocked calls.
///
/// @spec https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap11.html POSIX.1-2024:
///   General Terminal Interface
@NullMarked
package linedisc.serial.port;

import org.jspecify.annotations.NullMarked;
