/// Octet stuffing eight octets at a time, shared by SLIP and HDLC-like framing. Exported to the PPP
/// module only.
///
/// A *word* is eight octets of an array in one `long`, the first one in its lowest bits. *Marks*
/// say which octets of a word have some property: the highest bit of each such octet, and no other
/// bit.
@NullMarked
package linedisc.slip.octets;

import org.jspecify.annotations.NullMarked;
