package linedisc.examples.pppd.log;

/// How much a message matters: syslog's severities (RFC 5424 section 6.2.1).
public enum Level {
  /// The daemon can't do what it is for.
  ERROR(3),
  /// Something is not as it should be.
  WARNING(4),
  /// What its user wants to know.
  NOTICE(5),
  /// What happens otherwise.
  INFO(6),
  /// Packets; only with `debug`.
  DEBUG(7);

  private final int severity;

  Level(int severity) {
    this.severity = severity;
  }

  int severity() {
    return severity;
  }
}
