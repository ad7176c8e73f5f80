package linedisc.ppp.auth;

import org.jspecify.annotations.Nullable;

/// EAP methods that can be offered and accepted, with their Type numbers (RFC 3748 section 5; IANA,
/// "EAP Method Types").
public enum EapType {
  /// RFC 3748 section 5.4: CHAP with MD5.
  MD5_CHALLENGE(4),
  /// Microsoft's: MS-CHAP-V2.
  MSCHAPV2(26);

  // Types that are no methods.
  static final int IDENTITY = 1;
  static final int NOTIFICATION = 2;
  static final int NAK = 3;

  private static final EapType[] ALL = values();

  private final int number;

  EapType(int number) {
    this.number = number;
  }

  /// The Type octet.
  public int number() {
    return number;
  }

  static @Nullable EapType of(int number) {
    for (EapType type : ALL) {
      if (type.number == number) {
        return type;
      }
    }
    return null;
  }

  EapMethod authenticator(AuthContext context) {
    return switch (this) {
      case MD5_CHALLENGE -> new EapMd5Authenticator(context);
      case MSCHAPV2 -> new EapMsChap2Authenticator(context);
    };
  }

  EapMethod peer(AuthContext context) {
    return switch (this) {
      case MD5_CHALLENGE -> new EapMd5Peer(context);
      case MSCHAPV2 -> new EapMsChap2Peer(context);
    };
  }
}
