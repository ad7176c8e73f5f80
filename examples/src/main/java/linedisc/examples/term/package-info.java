/// `linedisc term`: a terminal on a serial line, with picocom's keys and options.
@NullMarked
package linedisc.examples.term;

import org.jspecify.annotations.NullMarked;
