/// `linedisc bench`: how fast linedisc is on this machine, beside loops that do the same an octet
/// at a time and beside a raw copy over the same line.
@NullMarked
package linedisc.examples.bench;

import org.jspecify.annotations.NullMarked;
