package linedisc.ppp.ccp;

import linedisc.ppp.fsm.ConfigurationOption;

/// An option of CCP. Each stands for a method, and of those in an accepted Configure-Request the
/// first is used in that direction (RFC 1962 section 4): ours say what we can expand, the peer's
/// what we may send.
interface CompressionMethod extends ConfigurationOption {
  /// Whether the option was in our Configure-Request that was accepted last.
  boolean isReceiving();

  /// The receiving end for what was [#confirmed].
  PacketDecompressor newDecompressor();

  /// The sending end for what was [#consider]ed last.
  PacketCompressor newCompressor();

  /// What was [#consider]ed last, as pppd names it.
  String sends();

  /// What was [#confirmed], as pppd names it.
  String receives();

  /// Whether frames may only be compressed while CCP is Opened; otherwise from the Configure-Ack
  /// on.
  boolean waitsForOpened();
}
