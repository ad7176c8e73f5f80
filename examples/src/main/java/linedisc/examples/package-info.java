/// The entry point, which finds the program that was asked for.
@NullMarked
package linedisc.examples;

import org.jspecify.annotations.NullMarked;
