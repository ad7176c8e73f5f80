package linedisc.examples.pppd.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The daemon's messages. Any thread.
public final class DaemonLog {
  private final List<LogTarget> targets = new CopyOnWriteArrayList<>();
  private volatile boolean debug;

  /// A log that goes nowhere yet.
  ///
  /// @param debug whether messages of [Level#DEBUG] are written
  public DaemonLog(boolean debug) {
    this.debug = debug;
  }

  /// Messages go there too from now on.
  public void add(LogTarget target) {
    targets.add(target);
  }

  /// Messages no longer go there.
  public void remove(LogTarget target) {
    if (targets.remove(target)) {
      target.close();
    }
  }

  /// Whether messages of [Level#DEBUG] are written.
  public boolean isDebug() {
    return debug;
  }

  /// Whether messages of [Level#DEBUG] are written from now on.
  public void setDebug(boolean on) {
    debug = on;
  }

  /// See [Level#ERROR].
  public void error(String text) {
    write(Level.ERROR, text);
  }

  /// See [Level#WARNING].
  public void warning(String text) {
    write(Level.WARNING, text);
  }

  /// See [Level#NOTICE].
  public void notice(String text) {
    write(Level.NOTICE, text);
  }

  /// See [Level#INFO].
  public void info(String text) {
    write(Level.INFO, text);
  }

  /// See [Level#DEBUG].
  public void debug(String text) {
    if (debug) {
      write(Level.DEBUG, text);
    }
  }

  /// Gives up all targets.
  public void close() {
    targets.forEach(this::remove);
  }

  private void write(Level level, String text) {
    for (String line : text.split("\n", -1)) {
      for (LogTarget target : targets) {
        target.message(level, line);
      }
    }
  }
}
