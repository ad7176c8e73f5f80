package linedisc.ppp.auth;

/// What an [AuthProtocol] has counted. All counters only grow.
public final class AuthStatistics {
  long received;
  long sent;
  long malformed;
  long unexpected;
  long wrongIdentifier;
  long duplicates;
  long reflected;

  AuthStatistics() {}

  /// Packets received.
  public long received() {
    return received;
  }

  /// Packets sent, repetitions too.
  public long sent() {
    return sent;
  }

  /// Packets dropped because a length or value in them is wrong.
  public long malformed() {
    return malformed;
  }

  /// Packets dropped because their code or type does not fit the state.
  public long unexpected() {
    return unexpected;
  }

  /// Packets dropped because they answer something else than what was asked last.
  public long wrongIdentifier() {
    return wrongIdentifier;
  }

  /// Packets that repeat an earlier one; the answer is repeated too, if there is one already.
  public long duplicates() {
    return duplicates;
  }

  /// Challenges dropped because they are our own, sent back.
  public long reflected() {
    return reflected;
  }
}
