/// Deadlines without a clock: time is an argument, in nanoseconds of any monotonic clock.
@NullMarked
package linedisc.ppp.time;

import org.jspecify.annotations.NullMarked;
