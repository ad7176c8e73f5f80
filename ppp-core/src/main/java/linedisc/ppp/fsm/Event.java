package linedisc.ppp.fsm;

/// What moves the automaton (RFC 1661 section 4.3).
public enum Event {
  /// The lower layer is up.
  UP("Up"),
  /// The lower layer is down.
  DOWN("Down"),
  /// Administrative open.
  OPEN("Open"),
  /// Administrative close.
  CLOSE("Close"),
  /// Timeout with counter above zero.
  TO_PLUS("TO+"),
  /// Timeout with counter expired.
  TO_MINUS("TO-"),
  /// Receive-Configure-Request, acceptable.
  RCR_PLUS("RCR+"),
  /// Receive-Configure-Request, not acceptable.
  RCR_MINUS("RCR-"),
  /// Receive-Configure-Ack.
  RCA("RCA"),
  /// Receive-Configure-Nak or Receive-Configure-Reject.
  RCN("RCN"),
  /// Receive-Terminate-Request.
  RTR("RTR"),
  /// Receive-Terminate-Ack.
  RTA("RTA"),
  /// Receive-Unknown-Code.
  RUC("RUC"),
  /// Receive-Code-Reject or Receive-Protocol-Reject, permitted.
  RXJ_PLUS("RXJ+"),
  /// Receive-Code-Reject or Receive-Protocol-Reject, catastrophic.
  RXJ_MINUS("RXJ-"),
  /// Receive-Echo-Request, Receive-Echo-Reply or Receive-Discard-Request.
  RXR("RXR");

  private final String label;

  Event(String label) {
    this.label = label;
  }

  /// The name as the RFC's table prints it.
  @Override
  public String toString() {
    return label;
  }
}
