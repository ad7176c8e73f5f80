package linedisc.examples.pppd.policy;

import java.time.Duration;

/// Decides after each attempt whether there is another, and when.
///
/// After an attempt that failed, and after a link that the peer has ended, `holdoff` passes first.
/// A link that was lost, and one that was ended on our side, is opened again at once. Who was
/// refused waits long: the answer would be the same, and peers lock accounts out.
///
/// Order of use: [#begin] for each attempt, [#up] if it comes up, [#ended]. Not thread-safe.
public final class Redial {
  /// What the options say.
  ///
  /// @param persist whether there is another attempt at all
  /// @param maxFail attempts without success after which there is none; 0: any number
  /// @param holdoff how long to wait in the usual case
  public record Policy(boolean persist, int maxFail, Duration holdoff) {}

  /// How an attempt ended.
  public enum Ending {
    /// It failed, or the peer has ended it.
    ORDINARY,
    /// The line was hung up, or the peer was silent.
    LOST,
    /// The idle time or the connect time was over, or the traffic used up, or a signal came.
    OURS,
    /// One end did not prove who it is.
    REFUSED
  }

  /// What is next.
  public sealed interface Decision {
    /// No other attempt.
    record Stop() implements Decision {}

    /// Another attempt.
    ///
    /// @param at when
    record Again(long at) implements Decision {}
  }

  /// So many holdoffs pass after a refusal.
  private static final int REFUSAL_FACTOR = 10;

  private static final Duration SHORTEST_AFTER_REFUSAL = Duration.ofSeconds(30);

  /// Whatever the options say, attempts that fail at once don't follow each other at once.
  private static final Duration SHORTEST_AFTER_FAILURE = Duration.ofSeconds(1);

  private Policy policy;
  private int failures;
  private boolean wasUp;

  /// No attempt yet.
  public Redial(Policy policy) {
    this.policy = policy;
  }

  /// The options have changed.
  public void setPolicy(Policy changed) {
    policy = changed;
  }

  /// An attempt begins.
  public void begin() {
    failures++;
    wasUp = false;
  }

  /// A network protocol has come up.
  public void up() {
    failures = 0;
    wasUp = true;
  }

  /// The attempt has ended.
  public Decision ended(Ending ending, long now) {
    if (!policy.persist || (policy.maxFail > 0 && failures >= policy.maxFail)) {
      return new Decision.Stop();
    }
    return new Decision.Again(now + pause(ending).toNanos());
  }

  private Duration pause(Ending ending) {
    Duration holdoff = policy.holdoff;
    return switch (ending) {
      case REFUSED -> longer(holdoff.multipliedBy(REFUSAL_FACTOR), SHORTEST_AFTER_REFUSAL);
      case OURS -> Duration.ZERO;
      case LOST, ORDINARY -> {
        if (!wasUp) {
          yield longer(holdoff, SHORTEST_AFTER_FAILURE);
        }
        yield ending == Ending.LOST ? Duration.ZERO : holdoff;
      }
    };
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
