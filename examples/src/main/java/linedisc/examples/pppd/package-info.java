/// `linedisc pppd`: the daemon that pppd's users know, with its options, files, scripts, signals
/// and exit statuses, and no PPP in the kernel.
///
/// [linedisc.examples.pppd.Daemon] makes one [linedisc.examples.pppd.Call] after another. Ports,
/// signals, children and the interface report to one [linedisc.examples.pppd.Inbox], which one
/// thread empties: nothing else here is shared.
///
/// @spec https://github.com/ppp-project/ppp ppp-project/ppp
@NullMarked
package linedisc.examples.pppd;

import org.jspecify.annotations.NullMarked;
