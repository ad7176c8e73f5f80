package linedisc.examples.pppd;

import linedisc.examples.pppd.Inbox.Happening;
import linedisc.examples.pppd.log.DaemonLog;
import org.jspecify.annotations.Nullable;

/// What the outside world wants of the daemon, by signals. For the one thread that acts.
final class Control {
  private final Inbox inbox;
  private final DaemonLog log;
  private final boolean alwaysDebug;
  private boolean quit;
  private boolean hangUp;

  Control(Inbox inbox, DaemonLog log) {
    this.inbox = inbox;
    this.log = log;
    this.alwaysDebug = log.isDebug();
  }

  /// Waits for what comes next, and notes what a signal asks for.
  ///
  /// @param deadline in [System#nanoTime]; [Long#MAX_VALUE]: none
  /// @return null: the deadline has come
  @Nullable Happening await(long deadline) throws InterruptedException {
    Happening happening = inbox.take(deadline);
    if (happening instanceof Happening.Signalled(Signals.Name signal)) {
      note(signal);
    }
    return happening;
  }

  private void note(Signals.Name signal) {
    switch (signal) {
      case INT, TERM -> {
        log.info("Terminating on signal " + signal.number());
        quit = true;
      }
      case HUP -> {
        log.info("Hangup (SIGHUP)");
        hangUp = true;
      }
      case USR1 -> log.setDebug(!log.isDebug() || alwaysDebug);
      case USR2 -> {}
    }
  }

  /// Whether the daemon is to end.
  boolean isQuit() {
    return quit;
  }

  /// Whether the present connection, or the wait for the next one, is to end.
  boolean isStopped() {
    return quit || hangUp;
  }

  /// Takes back what HUP has asked for: it was about a connection that has ended.
  void beginConnection() {
    hangUp = false;
  }
}
