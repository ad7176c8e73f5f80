/// linedisc's interfaces as the programs of a host use them: two stacks, each in a network
/// namespace of its own, joined by a pty.
@NullMarked
package linedisc.examples.host;

import org.jspecify.annotations.NullMarked;
