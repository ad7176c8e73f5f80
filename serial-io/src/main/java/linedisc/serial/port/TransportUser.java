package linedisc.serial.port;

/// What a transport drives: the passive side of a line, in practice the tty.
///
/// Two threads of the transport call it, one for reading and one for writing; for some transports
/// they are the same. None of these calls may wait for anything but a short lock.
public interface TransportUser {
  /// The present binding's mark. The reader takes it *before* each read and hands it in with what
  /// it read, so that octets of an older binding can be told.
  long mark();

  /// Octets have arrived. Reader's thread.
  ///
  /// @param mark what [#mark()] was before the read
  /// @param buffer the transport's, valid during the call only
  void input(long mark, byte[] buffer, int offset, int length);

  /// Fetches octets to write. Writer's thread.
  ///
  /// @param buffer the transport's, to be filled from `offset` with at most `length` octets
  /// @return octets filled in; 0: nothing now, and [SerialTransport#workReady()] will tell
  int fill(byte[] buffer, int offset, int length);

  /// Carrier has come or gone; only for lines with modem control. Reader's thread, or within
  /// [SerialTransport#start] before that thread starts.
  ///
  /// The port stays open without carrier. A user may take carrier for granted until told that it is
  /// missing, which is at once where it is missing from the start.
  default void carrier(boolean present) {}

  /// The line is gone for good; nothing is read or written any more, and the transport is to be
  /// closed. Called once, by the reader's or the writer's thread, and not after a close has begun.
  void hungUp(HangUp cause);
}
