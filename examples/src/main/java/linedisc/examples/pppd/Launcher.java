package linedisc.examples.pppd;

/// Who has started this process and waits for it to become a daemon; replaced in tests.
public interface Launcher {
  /// Nobody waits: the process stays where it is.
  Launcher NONE = () -> false;

  /// Lets the one who waits go on with status 0, and leaves its session, its terminal and its
  /// streams.
  ///
  /// @return false: nobody waits, and nothing has happened
  boolean detach();
}
