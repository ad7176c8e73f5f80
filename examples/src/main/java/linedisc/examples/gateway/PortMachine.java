package linedisc.examples.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Decides what a port does next: from the line's opening to the link, and again after whatever has
/// ended it. Does nothing itself; its user carries out [#next] and says what came of it.
///
/// A failure is followed by a pause that doubles with each other one, up to a minute, or to ten
/// seconds while the line can't be opened; a link that has been up, by the first pause. An
/// answering modem paces itself: after a call it waits for the next at once. Who was refused waits
/// half a minute at least. A line that can't be opened is tried again when a device comes or goes.
///
/// Time is nanoseconds of any monotonic clock. Not thread-safe.
final class PortMachine {
  /// Where the port is.
  enum State {
    /// The line is not open.
    OPENING,
    /// Nobody has called.
    WAITING,
    /// It is not known yet what the peer speaks.
    TELLING,
    /// PPP negotiates.
    NEGOTIATING,
    /// Packets flow.
    UP,
    /// Until the next try.
    PAUSED,
    /// No other try.
    STOPPED
  }

  /// What is to be done.
  sealed interface Step {
    /// Open the line; then [#opened] or [#ended].
    record Open() implements Step {}

    /// Wait for a call and take it; then [#called] or [#ended].
    record Answer() implements Step {}

    /// Find out what the peer speaks; then [#told] or [#ended].
    record Tell() implements Step {}

    /// Run a link; then [#ended].
    record Run(boolean slip) implements Step {}

    /// Do nothing until then.
    record Pause(long until) implements Step {}

    /// End.
    record Stop() implements Step {}
  }

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_WITHOUT_LINE = Duration.ofSeconds(10);
  private static final Duration SHORTEST_AFTER_REFUSAL = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 16;

  private final boolean answers;
  private final @Nullable Boolean fixed;
  private final Duration holdoff;

  private State state = State.OPENING;
  private boolean open;
  private boolean connected;
  private @Nullable Boolean slip;
  private boolean wasUp;
  private boolean paused;
  private long pauseEnd;
  private int failures;

  /// As many as there were when another device came or went.
  private int forgiven;

  private long links;
  private String reason = "";

  /// A port whose line is not open.
  PortMachine(PortSection section) {
    this.answers = section.answer();
    this.fixed =
        switch (section.kind()) {
          case PPP -> Boolean.FALSE;
          case SLIP, CSLIP -> Boolean.TRUE;
          case AUTO -> null;
        };
    this.holdoff = section.holdoff();
  }

  /// What to do next.
  Step next(long now) {
    if (state == State.STOPPED) {
      return new Step.Stop();
    }
    if (paused && pauseEnd - now > 0) {
      state = State.PAUSED;
      return new Step.Pause(pauseEnd);
    }
    paused = false;
    if (!open) {
      state = State.OPENING;
      return new Step.Open();
    }
    if (answers && !connected) {
      state = State.WAITING;
      return new Step.Answer();
    }
    Boolean known = fixed == null ? slip : fixed;
    if (known == null) {
      state = State.TELLING;
      return new Step.Tell();
    }
    state = State.NEGOTIATING;
    return new Step.Run(known);
  }

  /// The line is open.
  void opened() {
    open = true;
  }

  /// A call was taken.
  void called() {
    connected = true;
  }

  /// The peer speaks SLIP, or else PPP.
  void told(boolean speaksSlip) {
    slip = speaksSlip;
  }

  /// Packets flow.
  void up() {
    if (!wasUp) {
      links++;
    }
    wasUp = true;
    if (state != State.STOPPED) {
      state = State.UP;
    }
  }

  /// The step has failed, or the link has ended.
  ///
  /// @param lineOpen whether the line can be used further
  /// @param refused whether one end did not prove who it is
  void ended(String why, boolean lineOpen, boolean refused, long now) {
    boolean call = connected;
    reason = why;
    open = lineOpen;
    connected = false;
    slip = null;
    failures = wasUp ? 0 : failures + 1;
    forgiven = wasUp ? 0 : forgiven;
    Duration pause = call && lineOpen ? Duration.ZERO : pause(refused && !answers);
    paused = !pause.isZero();
    pauseEnd = now + pause.toNanos();
    wasUp = false;
  }

  private Duration pause(boolean refused) {
    int doublings = Math.clamp(failures - forgiven - 1, 0, MOST_DOUBLINGS);
    Duration longest = longer(holdoff, open ? LONGEST_PAUSE : LONGEST_WITHOUT_LINE);
    Duration doubled = holdoff.multipliedBy(1L << doublings);
    Duration usual = doubled.compareTo(longest) > 0 ? longest : doubled;
    return refused ? longer(usual, SHORTEST_AFTER_REFUSAL) : usual;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /// A device has come or gone: if the line is waited for, it may be there.
  void devicesChanged(long now) {
    if (!open && paused) {
      pauseEnd = now;
      forgiven = failures;
    }
  }

  /// There is no next step but the end.
  void stop() {
    state = State.STOPPED;
  }

  /// Where it is.
  State state() {
    return state;
  }

  /// Why the last step failed or the last link ended; empty: none has.
  String reason() {
    return reason;
  }

  /// Failures since the last link that was up.
  int failures() {
    return failures;
  }

  /// How many links have been up.
  long links() {
    return links;
  }
}
