package linedisc.examples.pppd.options;

/// Where options come from, by pppd's priority: of two sources the later one here wins.
enum OptionSource {
  /// An option file.
  FILE(1),
  /// The command line, and files that it names.
  COMMAND_LINE(2),
  /// The words after `--` in the secrets file's line of the authenticated peer.
  SECRETS(3);

  private final int priority;

  OptionSource(int priority) {
    this.priority = priority;
  }

  int priority() {
    return priority;
  }
}
