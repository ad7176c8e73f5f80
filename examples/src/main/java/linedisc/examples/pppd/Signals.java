package linedisc.examples.pppd;

import java.util.function.Consumer;

/// Where signals come from; replaced in tests.
@FunctionalInterface
public interface Signals {
  /// The signals that mean something here.
  enum Name {
    /// Hang up; with `persist` or `demand`, then go on.
    HUP(1),
    /// End.
    INT(2),
    /// End.
    TERM(15),
    /// Log more, or less again.
    USR1(10),
    /// Negotiate compression anew.
    USR2(12);

    private final int number;

    Name(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    /// Whether it ends what is under way.
    boolean ends() {
      return switch (this) {
        case HUP, INT, TERM -> true;
        case USR1, USR2 -> false;
      };
    }
  }

  /// Has a listener called for each signal from now on, on any thread.
  void listen(Consumer<Name> listener);
}
