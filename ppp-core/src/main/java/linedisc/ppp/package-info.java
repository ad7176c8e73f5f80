/// PPP as an engine: a [linedisc.ppp.PppLink] is one channel, with framing options, LCP and
/// authentication; a [linedisc.ppp.PppBundle] is the network side, with IPCP and its relatives.
/// Neither has a clock, a thread, a socket or a source of randomness: the caller hands them in.
///
/// @spec https://www.rfc-editor.org/info/rfc1661 RFC 1661: The Point-to-Point Protocol
@NullMarked
package linedisc.ppp;

import org.jspecify.annotations.NullMarked;
