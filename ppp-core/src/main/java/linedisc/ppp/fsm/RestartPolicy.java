package linedisc.ppp.fsm;

import java.time.Duration;

/// Counters and timers of the automaton (RFC 1661 section 4.6).
///
/// @param interval the Restart timer
/// @param maxConfigure how many Configure-Requests go unanswered before the peer counts as gone
/// @param maxTerminate the same for Terminate-Requests
/// @param maxFailure how many Configure-Naks are sent, or accepted, before what is still in dispute
///   is dropped from the negotiation
/// @param silent whether to wait for the peer's first Configure-Request instead of sending one
/// @param passive whether to go on waiting when Configure-Requests have gone unanswered
public record RestartPolicy(
    Duration interval,
    int maxConfigure,
    int maxTerminate,
    int maxFailure,
    boolean silent,
    boolean passive) {
  /// The RFC's defaults: 3 seconds, 10, 2, 5.
  public static final RestartPolicy DEFAULT =
      new RestartPolicy(Duration.ofSeconds(3), 10, 2, 5, false, false);

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if the interval is not in 1 ms to 1 h, or a counter not in 1
  ///   to 255
  public RestartPolicy {
    if (interval.compareTo(Duration.ofMillis(1)) < 0
        || interval.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("restart interval " + interval);
    }
    checkCounter("max-configure", maxConfigure);
    checkCounter("max-terminate", maxTerminate);
    checkCounter("max-failure", maxFailure);
  }

  private static void checkCounter(String name, int value) {
    if (value < 1 || value > 255) {
      throw new IllegalArgumentException(name + " " + value);
    }
  }

  /// The same with another [#interval()].
  public RestartPolicy withInterval(Duration value) {
    return new RestartPolicy(value, maxConfigure, maxTerminate, maxFailure, silent, passive);
  }

  /// The same with another [#maxConfigure()].
  public RestartPolicy withMaxConfigure(int value) {
    return new RestartPolicy(interval, value, maxTerminate, maxFailure, silent, passive);
  }

  /// The same with another [#maxTerminate()].
  public RestartPolicy withMaxTerminate(int value) {
    return new RestartPolicy(interval, maxConfigure, value, maxFailure, silent, passive);
  }

  /// The same with another [#maxFailure()].
  public RestartPolicy withMaxFailure(int value) {
    return new RestartPolicy(interval, maxConfigure, maxTerminate, value, silent, passive);
  }

  /// The same with another [#silent()].
  public RestartPolicy withSilent(boolean value) {
    return new RestartPolicy(interval, maxConfigure, maxTerminate, maxFailure, value, passive);
  }

  /// The same with another [#passive()].
  public RestartPolicy withPassive(boolean value) {
    return new RestartPolicy(interval, maxConfigure, maxTerminate, maxFailure, silent, value);
  }
}
