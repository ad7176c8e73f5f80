package linedisc.examples.modem;

import java.io.IOException;

/// A way out of the exchange, to something that is no modem: open from the start, octets as they
/// are. One thread reads and one writes; a close ends what they wait in.
interface Trunk extends AutoCloseable {
  /// Reads octets; waits for at least one.
  ///
  /// @return how many; negative at the end
  int read(byte[] buffer) throws IOException;

  /// Writes octets; waits for room.
  void write(byte[] buffer, int offset, int length) throws IOException;

  /// Hangs up. Any thread, more than once.
  @Override
  void close();
}
