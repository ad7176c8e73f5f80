/// `linedisc dial`: calls a number with a modem, or takes a call, and runs PPP or SLIP over it.
@NullMarked
package linedisc.examples.dial;

import org.jspecify.annotations.NullMarked;
