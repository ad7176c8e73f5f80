/// Routing between interfaces, and the answers a host owes for its own addresses.
///
/// @spec https://www.rfc-editor.org/info/rfc1812 RFC 1812: Requirements for IP Version 4 Routers
/// @spec https://www.rfc-editor.org/info/rfc1122 RFC 1122: Requirements for Internet Hosts
/// @spec https://www.rfc-editor.org/info/rfc4443 RFC 4443: ICMPv6 for IPv6
@NullMarked
package linedisc.serial.forward;

import org.jspecify.annotations.NullMarked;
