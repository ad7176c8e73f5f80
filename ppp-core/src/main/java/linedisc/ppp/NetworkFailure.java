package linedisc.ppp;

import linedisc.ppp.fsm.Event;

/// Tells the bundle that one of its network protocols is not up: once, until it has been up or the
/// network phase begins anew.
final class NetworkFailure {
  /// For [NetworkProtocol]s and for compression alike.
  static final String NOT_CONVERGING = "negotiation does not converge";

  private final NetworkProtocol protocol;
  private final boolean required;
  private final NetworkUser user;
  private boolean reported;
  private boolean ended;

  /// @param required whether the link must not go on without the protocol
  NetworkFailure(NetworkProtocol protocol, boolean required, NetworkUser user) {
    this.protocol = protocol;
    this.required = required;
    this.user = user;
  }

  /// In words, why a control protocol has finished.
  static String reason(Event cause) {
    return switch (cause) {
      case TO_MINUS -> "no answer from the peer";
      case RXJ_MINUS -> "rejected by the peer";
      default -> "closed";
    };
  }

  /// What comes next is news.
  void forget() {
    reported = false;
    ended = false;
  }

  /// The protocol is not up any more, or not yet.
  void report(String why) {
    if (!reported) {
      reported = true;
      user.networkDown(protocol, why);
    }
  }

  /// Whether the protocol has ended.
  boolean hasEnded() {
    return ended;
  }

  /// The protocol has ended.
  void finish(String why) {
    report(why);
    ended = true;
    user.networkEnded(protocol, required, why);
  }
}
