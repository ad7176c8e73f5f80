package linedisc.ppp.lcp;

import linedisc.ppp.time.TimerTable;

/// The echoes by which LCP finds out whether the peer is still there (RFC 1661 section 5.8): when
/// the next Echo-Request is due, how many have gone unanswered, how long the last answer took.
final class Echo {
  /// What to do when the echo timer has run out.
  enum Due {
    /// Send an Echo-Request.
    REQUEST,
    /// Nothing: the peer was heard.
    NOTHING,
    /// The peer is gone.
    PEER_DEAD
  }

  private final LcpConfig config;
  private final TimerTable.Timer timer;
  private int identifier;
  private int unanswered;
  private boolean heard;
  private long sentAt;
  private long roundTrip = -1;

  Echo(LcpConfig config, TimerTable.Timer timer) {
    this.config = config;
    this.timer = timer;
  }

  /// LCP is Opened. The first request is due at once: its answer tells the round trip.
  void start(long now) {
    unanswered = 0;
    heard = false;
    if (!config.echoInterval().isZero()) {
      timer.start(now);
    }
  }

  void stop() {
    timer.stop();
  }

  /// Something was received.
  void heard() {
    heard = true;
  }

  Due timeout(long now) {
    boolean quiet = !heard;
    heard = false;
    if (config.echoAdaptive() && !quiet) {
      unanswered = 0;
      timer.start(now + config.echoInterval().toNanos());
      return Due.NOTHING;
    }
    if (config.echoFailure() > 0 && unanswered >= config.echoFailure()) {
      return Due.PEER_DEAD;
    }
    timer.start(now + config.echoInterval().toNanos());
    return Due.REQUEST;
  }

  /// An Echo-Request goes out.
  ///
  /// @return its identifier
  int sent(long now) {
    identifier = (identifier + 1) & 0xff;
    unanswered++;
    sentAt = now;
    return identifier;
  }

  /// An Echo-Reply of the peer came in.
  void answered(int replyIdentifier, long now) {
    unanswered = 0;
    if (replyIdentifier == identifier) {
      roundTrip = now - sentAt;
    }
  }

  int unanswered() {
    return unanswered;
  }

  /// Nanoseconds that the last answer took, -1 if there was none.
  long roundTrip() {
    return roundTrip;
  }
}
