/// Words as pppd's files have them, where each came from, and who may have written the file: what
/// option files and secrets files share.
@NullMarked
package linedisc.examples.pppd.words;

import org.jspecify.annotations.NullMarked;
