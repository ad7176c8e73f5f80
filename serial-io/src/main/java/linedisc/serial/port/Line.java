package linedisc.serial.port;

/// The native side of a line, as [LineDriver] needs it. One thread reads, one writes; [#close()]
/// runs alone.
interface Line {
  /// Waits a while until there are octets to read, where that can be done without reading them.
  ///
  /// @return false: none came, call again
  default boolean awaitInput() {
    return true;
  }

  /// Reads octets; waits a while for them where [#awaitInput] can't.
  ///
  /// @return octets read from offset 0; 0: none came, call again; negative: the line has gone
  int read(byte[] b);

  /// Waits a while for room and writes.
  ///
  /// @return octets taken; 0: no room yet, call again; negative: the line has gone
  int write(byte[] b, int off, int len);

  /// The most octets that are to be fetched from the user at once; may change.
  default int fetchOctets() {
    return 4096;
  }

  /// Why the line has gone, after `read` or `write` said so, and on the same thread.
  ///
  /// @param answer what it returned
  HangUp gone(int answer);

  /// Whether the device still holds octets to send.
  default boolean pending() {
    return false;
  }

  /// Whether [#carrier()] means something.
  default boolean watchesCarrier() {
    return false;
  }

  /// Whether carrier is present.
  default boolean carrier() {
    return true;
  }

  /// From now on `read` and `write` return at once if they can. Called beside them.
  void wake();

  /// Closes the device.
  void close();
}
