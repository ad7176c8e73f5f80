package linedisc.serial.forward.tcp;

/// Where a connection is (RFC 9293 section 3.3.2). There is no LISTEN, and so no SYN-RECEIVED.
public enum TcpState {
  /// There is none, or no more.
  CLOSED,
  /// Asked for, and not answered.
  SYN_SENT,
  /// Both ends may send.
  ESTABLISHED,
  /// We have ended; the peer does not know.
  FIN_WAIT_1,
  /// We have ended; the peer may still send.
  FIN_WAIT_2,
  /// The peer has ended; we may still send.
  CLOSE_WAIT,
  /// Both have ended, and the peer does not know that we have.
  CLOSING,
  /// We have ended after the peer; it does not know.
  LAST_ACK,
  /// Both have ended; stragglers are waited for.
  TIME_WAIT;

  /// Whether the peer may still send data.
  boolean receives() {
    return this == ESTABLISHED || this == FIN_WAIT_1 || this == FIN_WAIT_2;
  }
}
