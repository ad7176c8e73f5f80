package linedisc.ppp.wire;

/// Numbers of the Code field. Codes 1 to 7 mean the same in LCP and in every network control
/// protocol (RFC 1661 section 5), the others to the protocol that is named there.
public final class ControlCode {
  /// Section 5.1.
  public static final int CONFIGURE_REQUEST = 1;

  /// Section 5.2.
  public static final int CONFIGURE_ACK = 2;

  /// Section 5.3.
  public static final int CONFIGURE_NAK = 3;

  /// Section 5.4.
  public static final int CONFIGURE_REJECT = 4;

  /// Section 5.5.
  public static final int TERMINATE_REQUEST = 5;

  /// Section 5.5.
  public static final int TERMINATE_ACK = 6;

  /// Section 5.6.
  public static final int CODE_REJECT = 7;

  /// LCP only, as are all that follow.
  public static final int PROTOCOL_REJECT = 8;

  /// Section 5.8.
  public static final int ECHO_REQUEST = 9;

  /// Section 5.8.
  public static final int ECHO_REPLY = 10;

  /// Section 5.9.
  public static final int DISCARD_REQUEST = 11;

  /// RFC 1570 section 1.1.
  public static final int IDENTIFICATION = 12;

  /// RFC 1570 section 1.2.
  public static final int TIME_REMAINING = 13;

  /// CCP only (RFC 1962 section 3.1).
  public static final int RESET_REQUEST = 14;

  /// CCP only.
  public static final int RESET_ACK = 15;

  private ControlCode() {}

  /// Whether a peer that does not know this code cannot speak the protocol at all (RFC 1661 section
  /// 5.6), which is also the set of LCP packets that are sent as if nothing had been negotiated.
  public static boolean isFundamental(int code) {
    return code >= CONFIGURE_REQUEST && code <= CODE_REJECT;
  }
}
