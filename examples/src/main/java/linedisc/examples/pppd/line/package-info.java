/// The line under the link: opened as the options say, with what is recorded, filtered and watched
/// on the way.
@NullMarked
package linedisc.examples.pppd.line;

import org.jspecify.annotations.NullMarked;
