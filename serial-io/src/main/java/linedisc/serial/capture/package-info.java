/// What crossed an interface or a line, written to files that other programs read: pcapng for
/// packets, pppd's `record` format for the octets of a line.
///
/// Writers block on their file. They belong to the thread that drains a tap, never under a port's
/// lock.
///
/// @spec https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html PCAP Next Generation
///   (pcapng) Capture File Format
@NullMarked
package linedisc.serial.capture;

import org.jspecify.annotations.NullMarked;
