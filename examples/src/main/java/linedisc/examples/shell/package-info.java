/// `linedisc shell`: interfaces and ports by hand, with BSD's commands and error names, from a
/// terminal, a script, or over a control socket.
@NullMarked
package linedisc.examples.shell;

import org.jspecify.annotations.NullMarked;
