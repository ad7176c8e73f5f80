/// Control packets on the wire: protocol numbers, codes, a checked view of a packet, and the
/// options inside it. Nothing here keeps state.
///
/// @spec https://www.rfc-editor.org/info/rfc1661 RFC 1661: The Point-to-Point Protocol
@NullMarked
package linedisc.ppp.wire;

import org.jspecify.annotations.NullMarked;
