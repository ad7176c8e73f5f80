/// Programs that run beside the link: the scripts for which pppd is known (ip-up and so on), and
/// the commands that dial.
@NullMarked
package linedisc.examples.pppd.script;

import org.jspecify.annotations.NullMarked;
