package linedisc.ppp;

/// The phases of a link (RFC 1661 section 3.2).
public enum Phase {
  /// The line is not ready.
  DEAD,
  /// LCP negotiates, or waits for the peer to begin.
  ESTABLISH,
  /// LCP is Opened; one end or both prove who they are.
  AUTHENTICATE,
  /// Network protocols may be negotiated, and carry packets once they are Opened.
  NETWORK,
  /// LCP ends, or has ended and the line is still up.
  TERMINATE
}
