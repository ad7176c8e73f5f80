/// Compression and encryption of network packets: CCP's options, and what they stand for.
///
/// A [linedisc.ppp.ccp.PacketCompressor] and a [linedisc.ppp.ccp.PacketDecompressor] are the two
/// ends of one direction. There are two pairs: Deflate and MPPE.
///
/// @spec https://www.rfc-editor.org/info/rfc1962 RFC 1962: The PPP Compression Control Protocol
///   (CCP)
/// @spec https://www.rfc-editor.org/info/rfc1979 RFC 1979: PPP Deflate Protocol
/// @spec https://www.rfc-editor.org/info/rfc3078 RFC 3078: Microsoft Point-To-Point Encryption
///   (MPPE) Protocol
@NullMarked
package linedisc.ppp.ccp;

import org.jspecify.annotations.NullMarked;
