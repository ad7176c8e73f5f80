/// When a link ends by itself and when it is opened again: no clock, no thread. Times are
/// nanoseconds of any monotonic clock.
@NullMarked
package linedisc.examples.pppd.policy;

import org.jspecify.annotations.NullMarked;
