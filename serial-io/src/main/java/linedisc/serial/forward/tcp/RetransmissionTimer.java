package linedisc.serial.forward.tcp;

/// How long to wait for an acknowledgment: RFC 6298. Times in nanoseconds.
final class RetransmissionTimer {
  private static final long SECOND = 1_000_000_000L;
  private static final long LEAST = SECOND;
  private static final long MOST = 60 * SECOND;

  /// The clock's grain, far below what matters.
  private static final long GRAIN = 1_000_000L;

  private long smoothed;
  private long variation;
  private long timeout = SECOND;
  private long deadline = Long.MAX_VALUE;

  /// How many times it has gone off since something was acknowledged.
  private int expiries;

  long deadline() {
    return deadline;
  }

  int expiries() {
    return expiries;
  }

  boolean isSet() {
    return deadline != Long.MAX_VALUE;
  }

  void set(long now) {
    deadline = now + timeout;
  }

  /// Sets it to another time than its own.
  void set(long now, long nanos) {
    deadline = now + nanos;
  }

  void cancel() {
    deadline = Long.MAX_VALUE;
  }

  /// It has gone off: the next wait is twice as long.
  void expired() {
    expiries++;
    timeout = Math.min(MOST, 2 * timeout);
    deadline = Long.MAX_VALUE;
  }

  /// The peer is alive: it may be tried as often again.
  void answered() {
    expiries = 0;
    if (smoothed != 0) {
      timeout = measuredTimeout();
    }
  }

  /// A round trip was measured, of a segment that was sent once (Karn's algorithm).
  void measured(long roundTrip) {
    if (smoothed == 0) {
      smoothed = Math.max(1, roundTrip);
      variation = roundTrip / 2;
    } else {
      variation += (Math.abs(smoothed - roundTrip) - variation) / 4;
      smoothed += (roundTrip - smoothed) / 8;
    }
    timeout = measuredTimeout();
  }

  private long measuredTimeout() {
    return Math.clamp(smoothed + Math.max(GRAIN, 4 * variation), LEAST, MOST);
  }
}
