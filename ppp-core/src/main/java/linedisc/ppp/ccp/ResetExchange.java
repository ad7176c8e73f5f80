package linedisc.ppp.ccp;

/// Which Reset-Requests to send, and which Reset-Acks answer them (RFC 1962 section 3.1).
///
/// One error is followed by others before the Reset-Ack can be there; they don't ask again. Only if
/// frames are still dropped a second later the request is repeated, with its identifier, because
/// it, or its answer, may have been lost. No timer is needed: without traffic there is nothing to
/// reset for.
public final class ResetExchange {
  private static final long REPEAT_NANOS = 1_000_000_000L;

  private static final int NONE = -1;

  private int identifier = NONE;
  private boolean outstanding;
  private long sentAt;

  /// Nothing has been asked.
  public ResetExchange() {}

  /// A frame was dropped for want of a reset.
  ///
  /// @return whether a Reset-Request is to be sent now, with [#identifier]
  public boolean needed(long now) {
    if (outstanding && now - sentAt < REPEAT_NANOS) {
      return false;
    }
    if (!outstanding) {
      identifier = (identifier + 1) & 0xff;
      outstanding = true;
    }
    sentAt = now;
    return true;
  }

  /// The identifier of the last Reset-Request.
  public int identifier() {
    return identifier;
  }

  /// A Reset-Ack has come.
  ///
  /// @return whether it answers our request, so that the decompressor has to be reset. Each one
  ///   does, should several be in the pipe.
  public boolean acknowledged(int identifier) {
    if (identifier != this.identifier) {
      return false;
    }
    outstanding = false;
    return true;
  }

  /// Frames are good again without a Reset-Ack, as with MPPE.
  public void recovered() {
    outstanding = false;
  }
}
