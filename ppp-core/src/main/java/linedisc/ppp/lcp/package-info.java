/// The Link Control Protocol: what one link agrees on, its echoes, and the rejection of what it
/// does not speak.
///
/// @spec https://www.rfc-editor.org/info/rfc1661 RFC 1661: The Point-to-Point Protocol
/// @spec https://www.rfc-editor.org/info/rfc1662 RFC 1662: PPP in HDLC-like Framing
/// @spec https://www.rfc-editor.org/info/rfc1570 RFC 1570: PPP LCP Extensions
@NullMarked
package linedisc.ppp.lcp;

import org.jspecify.annotations.NullMarked;
