/// SLIP framing and its engine.
///
/// @spec https://www.rfc-editor.org/info/rfc1055 RFC 1055: A Nonstandard for Transmission of IP
///   Datagrams over Serial Lines: SLIP
@NullMarked
package linedisc.slip;

import org.jspecify.annotations.NullMarked;
