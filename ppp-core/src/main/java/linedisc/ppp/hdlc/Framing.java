package linedisc.ppp.hdlc;

/// What the framing of one link currently follows: a snapshot that the engine hands to reader and
/// writer, replaced as a whole when LCP has agreed on something else.
///
/// @param sendMap which octets we escape
/// @param receiveMap the ACCM for receiving: a control character n with bit n set that arrives
///   unescaped was put in by the line and is dropped
/// @param protocolCompression whether we send protocol numbers below 0x100 in one octet (RFC 1661,
///   section 6.5); what arrives may be compressed in any case
/// @param addressControlCompression whether we leave out FF 03 (RFC 1661, section 6.6); what
///   arrives may come without in any case
/// @param mru the longest information field that the peer takes, in octets
public record Framing(
    AsyncMap sendMap,
    int receiveMap,
    boolean protocolCompression,
    boolean addressControlCompression,
    int mru) {
  /// As before any negotiation: all control characters mapped, nothing compressed, 1500 octets.
  public static final Framing DEFAULT =
      new Framing(AsyncMap.DEFAULT, 0xffffffff, false, false, 1500);
}
