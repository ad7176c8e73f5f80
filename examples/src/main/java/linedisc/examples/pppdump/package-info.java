/// `linedisc pppdump`: shows what pppd's option `record` has recorded.
@NullMarked
package linedisc.examples.pppdump;

import org.jspecify.annotations.NullMarked;
