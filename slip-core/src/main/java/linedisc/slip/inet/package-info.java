/// Checked views of the packets that cross a line: IPv4, IPv6, TCP, UDP, ICMP and ICMPv6, their
/// checksum, and small builders.
///
/// All classes here work the same way. A header lies in a caller-owned `byte[]` at an offset; the
/// static `check` of its class says once whether it is whole and returns a length, or
/// [#MALFORMED][linedisc.slip.inet.Ip#MALFORMED]. After that no accessor fails. Numbers are
/// unsigned and returned as `int`; IPv4 addresses, sequence and acknowledgment numbers fill all 32
/// bits of one. Lengths and offsets are octets, the order on the wire is big-endian.
///
/// Nothing here has state, so everything may be called by any thread that owns the array.
///
/// @spec https://www.rfc-editor.org/info/rfc791 RFC 791: Internet Protocol
/// @spec https://www.rfc-editor.org/info/rfc8200 RFC 8200: Internet Protocol, Version 6 (IPv6)
///   Specification
/// @spec https://www.rfc-editor.org/info/rfc9293 RFC 9293: Transmission Control Protocol (TCP)
/// @spec https://www.rfc-editor.org/info/rfc768 RFC 768: User Datagram Protocol
/// @spec https://www.rfc-editor.org/info/rfc792 RFC 792: Internet Control Message Protocol
/// @spec https://www.rfc-editor.org/info/rfc4443 RFC 4443: Internet Control Message Protocol
///   (ICMPv6) for the Internet Protocol Version 6 (IPv6) Specification
/// @spec https://www.rfc-editor.org/info/rfc1071 RFC 1071: Computing the Internet checksum
@NullMarked
package linedisc.slip.inet;

import org.jspecify.annotations.NullMarked;
