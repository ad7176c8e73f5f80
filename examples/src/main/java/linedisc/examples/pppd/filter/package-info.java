/// Packet filters for `pass-filter` and `active-filter`: a subset of the language of tcpdump.
///
/// @spec https://www.tcpdump.org/manpages/pcap-filter.7.html pcap-filter(7)
@NullMarked
package linedisc.examples.pppd.filter;

import org.jspecify.annotations.NullMarked;
