/// HDLC-like framing for asynchronous lines: flags, octet stuffing, frame check sequence.
///
/// @spec https://www.rfc-editor.org/info/rfc1662 RFC 1662: PPP in HDLC-like Framing
/// @spec https://www.rfc-editor.org/info/rfc1661 RFC 1661: The Point-to-Point Protocol (PPP)
@NullMarked
package linedisc.ppp.hdlc;

import org.jspecify.annotations.NullMarked;
