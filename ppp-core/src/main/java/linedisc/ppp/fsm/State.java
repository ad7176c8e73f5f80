package linedisc.ppp.fsm;

/// The states of the automaton, in the order of their numbers (RFC 1661 section 4.2).
public enum State {
  INITIAL("Initial"),
  STARTING("Starting"),
  CLOSED("Closed"),
  STOPPED("Stopped"),
  CLOSING("Closing"),
  STOPPING("Stopping"),
  REQ_SENT("Req-Sent"),
  ACK_RCVD("Ack-Rcvd"),
  ACK_SENT("Ack-Sent"),
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
