/// The IPv6 Control Protocol: the interface identifiers of the two ends, from which each makes its
/// link-local address.
///
/// An interface identifier is a long, first octet most significant; 0 is none.
///
/// @spec https://www.rfc-editor.org/info/rfc5072 RFC 5072: IP Version 6 over PPP
@NullMarked
package linedisc.ppp.ipv6cp;

import org.jspecify.annotations.NullMarked;
