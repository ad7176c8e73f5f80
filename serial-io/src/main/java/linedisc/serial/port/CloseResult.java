package linedisc.serial.port;

/// How a close ended.
public enum CloseResult {
  /// Descriptor, locks and threads are gone.
  CLOSED,

  /// A native write has not returned, and the descriptor can't be closed underneath it. The device
  /// stays taken; close again later: it succeeds once the write has ended.
  ZOMBIE
}
