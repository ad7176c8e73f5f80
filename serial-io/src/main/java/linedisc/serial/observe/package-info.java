/// What interfaces and links count and go through, as seen from outside of the program: as MXBeans
/// through JMX, and as events in a flight recording. Both are opt-in and cost the data path
/// nothing: they read counters when somebody asks, and listen to the same events as everybody else.
@NullMarked
package linedisc.serial.observe;

import org.jspecify.annotations.NullMarked;
