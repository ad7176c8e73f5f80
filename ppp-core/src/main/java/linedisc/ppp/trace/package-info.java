/// Packets as text, in the notation that pppd's users know.
@NullMarked
package linedisc.ppp.trace;

import org.jspecify.annotations.NullMarked;
