package linedisc.ppp.fsm;

/// Why a received control packet was dropped. Each reason has its own counter.
public enum Discard {
  /// Fewer octets than a header.
  SHORT_HEADER,
  /// The Length field is smaller than the header.
  LENGTH_BELOW_HEADER,
  /// The Length field names more octets than have arrived.
  LENGTH_BEYOND_PACKET,
  /// The lower layer is not up for this protocol, or it was not opened.
  NOT_READY,
  /// An answer to a request that was not the last, or that has been answered.
  WRONG_IDENTIFIER,
  /// An answer whose options cannot be those of the request.
  WRONG_OPTIONS,
  /// Options with a length below two or past the end of the packet.
  MALFORMED_OPTIONS,
  /// The packet lacks fields that its code demands.
  MALFORMED_BODY,
  /// The answer would be longer than the peer takes.
  ANSWER_TOO_LONG,
  /// Our own packet came back.
  ECHOED,
  /// A packet that has a meaning only in the Opened state.
  NOT_OPENED
}
