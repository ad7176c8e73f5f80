/// The IP Control Protocol: addresses, name servers, header compression.
///
/// IPv4 addresses are ints, first octet most significant: `0x0a000001` is 10.0.0.1, and 0 is none.
///
/// @spec https://www.rfc-editor.org/info/rfc1332 RFC 1332: The PPP Internet Protocol Control
///   Protocol (IPCP)
/// @spec https://www.rfc-editor.org/info/rfc1877 RFC 1877: PPP IPCP Extensions for Name Server
///   Addresses
@NullMarked
package linedisc.ppp.ipcp;

import org.jspecify.annotations.NullMarked;
