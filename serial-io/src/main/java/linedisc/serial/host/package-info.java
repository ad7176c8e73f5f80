/// The host's side: network devices that bring an interface's packets to the programs of this
/// machine, with their addresses, routes, proxy entries and name servers.
///
/// Linux only so far, by TUN and rtnetlink; elsewhere everything here answers
/// [HostException.Reason#NOT_SUPPORTED]. What the system is asked, it is asked directly: no program
/// is run.
///
/// @spec https://www.rfc-editor.org/info/rfc3549 RFC 3549: Linux Netlink as an IP Services Protocol
@NullMarked
package linedisc.serial.host;

import org.jspecify.annotations.NullMarked;
