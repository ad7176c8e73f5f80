/// Ttys: open ports, each with its lock and its line discipline.
///
/// A [Tty] is driven by a transport and drives a [LineProtocol], the state of its discipline. It is
/// the only one that takes the port's lock, asks whether the binding is still the one that octets
/// or packets belong to, and only then lets the protocol near an interface; so no discipline can
/// forget to.
///
/// @spec https://man.netbsd.org/linedisc.9 linedisc(9): line disciplines
@NullMarked
package linedisc.serial.tty;

import org.jspecify.annotations.NullMarked;
