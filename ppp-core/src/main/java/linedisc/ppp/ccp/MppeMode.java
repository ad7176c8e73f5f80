package linedisc.ppp.ccp;

/// How MPPE goes on when packets are lost.
public enum MppeMode {
  /// The key changes with each packet (RFC 3078 section 7.1), so a loss needs no Reset-Request.
  STATELESS,

  /// The key changes every 256 packets (RFC 3078 section 7.2). After a loss the receiver asks for a
  /// packet with the FLUSHED bit, for which the tables are started anew with the key as it is.
  STATEFUL,

  /// As [#STATEFUL], but a FLUSHED packet also has the next key: that is how Linux does it, and
  /// with it no other way gets past the first loss.
  STATEFUL_LINUX
}
