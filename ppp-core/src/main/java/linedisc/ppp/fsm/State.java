package linedisc.ppp.fsm;

/// The states of the automaton, in the order of their numbers (RFC 1661 section 4.2).
public enum State {
  /// The lower layer is down, and nobody wants this one.
  INITIAL("Initial"),
  /// The lower layer is down; this one is wanted.
  STARTING("Starting"),
  /// The lower layer is up; nobody wants this one.
  CLOSED("Closed"),
  /// The peer has ended it, or has not answered: this one waits for it.
  STOPPED("Stopped"),
  /// We have asked the peer to end it, and nobody wants it any more.
  CLOSING("Closing"),
  /// It is being ended, but still wanted.
  STOPPING("Stopping"),
  /// A Configure-Request is out.
  REQ_SENT("Req-Sent"),
  /// The peer has agreed to our Configure-Request, and we not yet to the peer's.
  ACK_RCVD("Ack-Rcvd"),
  /// We have agreed to the peer's Configure-Request, and the peer not yet to ours.
  ACK_SENT("Ack-Sent"),
  /// Both have agreed.
  OPENED("Opened");

  private final String label;

  State(String label) {
    this.label = label;
  }

  /// Whether the lower layer is up.
  public boolean isUp() {
    return this != INITIAL && this != STARTING;
  }

  /// Whether options are being negotiated: a Configure-Request is out and the layer not yet up.
  public boolean isNegotiating() {
    return this == REQ_SENT || this == ACK_RCVD || this == ACK_SENT;
  }

  /// Whether the Restart timer runs in this state.
  public boolean isTimed() {
    return isNegotiating() || this == CLOSING || this == STOPPING;
  }

  /// The name as the RFC's table prints it.
  @Override
  public String toString() {
    return label;
  }
}
