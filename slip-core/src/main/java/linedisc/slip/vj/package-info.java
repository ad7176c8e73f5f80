/// Van Jacobson's compression of TCP/IP headers. Serves SLIP, where the type of a frame is in its
/// first octet, and PPP, where it is the protocol number.
///
/// Both ends remember the last header of each of a few TCP connections, numbered by *slot*. Most
/// headers are then sent as what has changed, three to five octets instead of forty:
///
/// ```
///  0   1   2   3   4   5   6   7
/// +---+---+---+---+---+---+---+---+
/// |   | C | I | P | S | A | W | U |  what has changed
/// +---+---+---+---+---+---+---+---+
/// |    slot, if it isn't the last |  (C)
/// +-------------------------------+
/// |         TCP checksum          |
/// |                               |
/// +-------------------------------+
/// |        urgent pointer         |  (U)
/// |        change of window       |  (W)
/// |   change of acknowledgment    |  (A)
/// |      change of sequence       |  (S)
/// |   change of identification    |  (I), if it isn't 1
/// +-------------------------------+
/// |             data              |
/// ```
///
/// A number from 1 to 255 takes one octet, any other three: 0, high, low. S, W and U together mean
/// that sequence and acknowledgment have both grown by the data of the packet before (an echoed
/// key); S, A, W and U, that the sequence has (one more segment of many).
///
/// @spec https://www.rfc-editor.org/info/rfc1144 RFC 1144: Compressing TCP/IP Headers for Low-Speed
///   Serial Links
@NullMarked
package linedisc.slip.vj;

import org.jspecify.annotations.NullMarked;
