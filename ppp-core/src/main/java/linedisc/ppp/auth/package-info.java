/// Authentication of and to the peer, as engines without I/O: PAP, CHAP with its algorithms,
/// MS-CHAP in both versions, and EAP.
///
/// Roles are named as in the RFCs: the *authenticator* asks for proof, the *peer* proves itself.
/// [linedisc.ppp.auth.AuthMethod] lists what LCP can negotiate and makes an engine of either role.
///
/// @spec https://www.rfc-editor.org/info/rfc1334 RFC 1334: PPP Authentication Protocols
/// @spec https://www.rfc-editor.org/info/rfc1994 RFC 1994: PPP Challenge Handshake Authentication
///   Protocol (CHAP)
/// @spec https://www.rfc-editor.org/info/rfc2433 RFC 2433: Microsoft PPP CHAP Extensions
/// @spec https://www.rfc-editor.org/info/rfc2759 RFC 2759: Microsoft PPP CHAP Extensions, Version 2
/// @spec https://www.rfc-editor.org/info/rfc3079 RFC 3079: Deriving Keys for use with Microsoft
///   Point-to-Point Encryption (MPPE)
/// @spec https://www.rfc-editor.org/info/rfc3748 RFC 3748: Extensible Authentication Protocol (EAP)
@NullMarked
package linedisc.ppp.auth;

import org.jspecify.annotations.NullMarked;
