/// Cells against a real Linux kernel: pppd and slattach in a guest under qemu on one end of a line,
/// linedisc on the other; and the same cells between two linedisc processes.
///
/// A [Guest] is booted from the image that `src/interop/build-guest` makes. [Cells] reads what is
/// to be tried, one cell a line, from `cells.txt`. A [Trial] starts both ends, joined by a [Wire],
/// and takes the cell's steps; where the guest's own TCP is to run over linedisc, a [Router] stands
/// between two wires. [Report] makes the table.
@NullMarked
package linedisc.examples.interop;

import org.jspecify.annotations.NullMarked;
