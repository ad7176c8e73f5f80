/// A stack ready to use, as the programs need it.
@NullMarked
package linedisc.examples.stack;

import org.jspecify.annotations.NullMarked;
