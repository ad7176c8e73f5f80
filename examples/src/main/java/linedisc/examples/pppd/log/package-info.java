/// Where the daemon's messages go: standard output, a file, a descriptor, the system's log.
@NullMarked
package linedisc.examples.pppd.log;

import org.jspecify.annotations.NullMarked;
