/// A stack ready to use, as the programs need it, and packets that a receiver can check.
@NullMarked
package linedisc.examples.stack;

import org.jspecify.annotations.NullMarked;
