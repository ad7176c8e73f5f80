package linedisc.serial.port;

import linedisc.serial.ffi.Libc;

/// The master side of a pseudo-terminal, for a loop.
///
/// @param descriptor the master, owned
/// @param outlivesPeer whether others open and close the slave as they please; it was opened and
///   closed once then
record PtyMaster(int descriptor, boolean outlivesPeer) implements PolledLine {
  @Override
  public HangUp gone(int answer) {
    return DescriptorLine.cause(answer == 0 ? DescriptorLine.END : answer);
  }

  @Override
  public void close() {
    new Libc(Long.BYTES).close(descriptor);
  }
}
