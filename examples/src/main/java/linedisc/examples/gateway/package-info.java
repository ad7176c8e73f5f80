/// `linedisc gateway`: many serial ports in one process, each with PPP or SLIP, and `linedisc
/// status`, which asks it how they are.
@NullMarked
package linedisc.examples.gateway;

import org.jspecify.annotations.NullMarked;
