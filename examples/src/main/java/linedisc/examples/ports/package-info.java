/// `linedisc ports`: which serial ports there are, and who has them.
@NullMarked
package linedisc.examples.ports;

import org.jspecify.annotations.NullMarked;
