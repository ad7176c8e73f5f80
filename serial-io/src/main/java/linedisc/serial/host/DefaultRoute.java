package linedisc.serial.host;

/// What becomes of the host's default route of one protocol.
public enum DefaultRoute {
  /// It stays as it is: `nodefaultroute`.
  NONE,
  /// It goes over the link, unless there is one of the same metric: `defaultroute`.
  ADD,
  /// It goes over the link; those of the same metric are removed, and restored when the link goes:
  /// `replacedefaultroute`.
  REPLACE
}
