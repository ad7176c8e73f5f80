/// TCP in this process, for use where the host has no device to offer: enough of it to connect to a
/// server at the other end of a line and to relay a stream.
///
/// It has the window, retransmission with a measured timeout, slow start and fast retransmit,
/// segments put in order, and both ways of ending; it has no window scaling, selective
/// acknowledgments, timestamps or urgent data, and it only opens connections actively.
///
/// @spec https://www.rfc-editor.org/info/rfc9293 RFC 9293: Transmission Control Protocol
/// @spec https://www.rfc-editor.org/info/rfc6298 RFC 6298: Computing TCP's Retransmission Timer
/// @spec https://www.rfc-editor.org/info/rfc5681 RFC 5681: TCP Congestion Control
/// @spec https://www.rfc-editor.org/info/rfc5961 RFC 5961: Robustness to Blind In-Window Attacks
@NullMarked
package linedisc.serial.forward.tcp;

import org.jspecify.annotations.NullMarked;
