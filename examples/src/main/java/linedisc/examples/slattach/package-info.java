/// `linedisc slattach`: a SLIP interface on a serial line, with the options of net-tools.
@NullMarked
package linedisc.examples.slattach;

import org.jspecify.annotations.NullMarked;
