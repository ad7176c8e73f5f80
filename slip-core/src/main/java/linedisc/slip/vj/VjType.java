package linedisc.slip.vj;

/// What a frame holds (RFC 1144 section 3.2.1).
public enum VjType {
  /// An IP packet as it is: no TCP, a fragment, or a segment that opens or ends a connection.
  IP,

  /// A whole IP packet with a TCP segment, its slot in place of the protocol number: both ends
  /// remember its header.
  UNCOMPRESSED_TCP,

  /// What has changed in the header since the last packet of that slot, and the data.
  COMPRESSED_TCP
}
