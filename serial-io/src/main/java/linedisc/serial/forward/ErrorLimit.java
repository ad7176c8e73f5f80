package linedisc.serial.forward;

import linedisc.serial.life.Sync;

/// How often an ICMP error may be sent (RFC 1812 section 4.3.2.8): a peer who sends nothing but
/// what deserves one must not make us busy answering.
final class ErrorLimit {
  private static final int BURST = 50;
  private static final long NANOS_EACH = 1_000_000;

  private final Sync sync;
  private long fullAt;

  ErrorLimit(Sync sync) {
    this.sync = sync;
    this.fullAt = sync.nanoTime();
  }

  /// Whether one more may be sent now.
  synchronized boolean take() {
    long now = sync.nanoTime();
    if (fullAt - now < 0) {
      fullAt = now;
    }
    if (fullAt - now > (BURST - 1) * NANOS_EACH) {
      return false;
    }
    fullAt += NANOS_EACH;
    return true;
  }
}
