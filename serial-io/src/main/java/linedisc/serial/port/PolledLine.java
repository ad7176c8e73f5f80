package linedisc.serial.port;

import linedisc.serial.ffi.Libc;

/// The native side of a line behind a non-blocking descriptor, as [LoopDriver] needs it.
interface PolledLine {
  /// The descriptor, for both directions.
  int descriptor();

  /// Why the line has gone, after a read or a write of the descriptor said so.
  ///
  /// @param answer what it said: 0, the end, or a negated error number
  HangUp gone(int answer);

  /// The most octets that are to be fetched from the user at once; may change.
  default int fetchOctets() {
    return 4096;
  }

  /// How many octets the line is to be given now. 0 or less: none for a while, though it might take
  /// them.
  ///
  /// @param libc the calling thread's
  default int room(Libc libc) {
    return Integer.MAX_VALUE;
  }

  /// Whether the other side may go and come back: while it is away there is no carrier, and what is
  /// sent is lost.
  default boolean outlivesPeer() {
    return false;
  }

  /// Whether [#carrier] means something.
  default boolean watchesCarrier() {
    return false;
  }

  /// Whether carrier is present.
  ///
  /// @param libc the calling thread's
  default boolean carrier(Libc libc) {
    return true;
  }

  /// Whether the device still holds octets to send. Any thread.
  default boolean pending() {
    return false;
  }

  /// Closes the device.
  void close();
}
