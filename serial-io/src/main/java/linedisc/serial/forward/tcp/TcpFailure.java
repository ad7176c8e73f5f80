package linedisc.serial.forward.tcp;

/// Why a connection has ended before its time.
public enum TcpFailure {
  /// Nobody serves there.
  REFUSED("connection refused"),
  /// The peer has ended it at once.
  RESET("connection reset by the peer"),
  /// Nobody answers.
  TIMED_OUT("the connection timed out"),
  /// The interface that its packets took is no more.
  INTERFACE_GONE("the interface has gone"),
  /// We have ended it at once.
  ABORTED("the connection was aborted");

  private final String text;

  TcpFailure(String text) {
    this.text = text;
  }

  /// A few words for people.
  public String text() {
    return text;
  }
}
