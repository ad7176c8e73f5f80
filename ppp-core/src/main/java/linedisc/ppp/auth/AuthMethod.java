package linedisc.ppp.auth;

import java.util.List;
import linedisc.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/// What LCP's Authentication-Protocol option can name, and the engines for it.
///
/// The option's value is the PPP protocol number, two octets, high one first, then data that
/// depends on it: for CHAP one octet, the algorithm (RFC 1994 section 3; numbers from IANA, "PPP
/// Authentication Algorithms").
public enum AuthMethod {
  /// RFC 1334 section 2: the password goes over the line as it is.
  PAP(PppProtocol.PAP, "pap"),
  /// RFC 1994.
  CHAP_MD5(PppProtocol.CHAP, 5, "chap MD5"),
  /// RFC 1994 with SHA-1.
  CHAP_SHA1(PppProtocol.CHAP, 6, "chap SHA-1"),
  /// RFC 1994 with SHA-256.
  CHAP_SHA256(PppProtocol.CHAP, 7, "chap SHA-256"),
  /// RFC 1994 with SHA3-256.
  CHAP_SHA3_256(PppProtocol.CHAP, 8, "chap SHA3-256"),
  /// RFC 2433: broken; it does not prove the authenticator.
  MS_CHAP(PppProtocol.CHAP, 0x80, "chap MS"),
  /// RFC 2759: both prove who they are.
  MS_CHAP_V2(PppProtocol.CHAP, 0x81, "chap MS-v2"),
  /// RFC 3748, with the methods of [AuthConfig.Eap].
  EAP(PppProtocol.EAP, "eap");

  /// All, in the order in which they are suggested to a peer: that of pppd, with those that few
  /// peers know near the end.
  public static final List<AuthMethod> BEST_FIRST =
      List.of(EAP, MS_CHAP_V2, MS_CHAP, CHAP_MD5, CHAP_SHA256, CHAP_SHA3_256, CHAP_SHA1, PAP);

  private static final int NO_ALGORITHM = -1;
  private static final AuthMethod[] ALL = values();

  private final int protocol;
  private final int algorithm;
  private final String text;

  AuthMethod(int protocol, String text) {
    this(protocol, NO_ALGORITHM, text);
  }

  AuthMethod(int protocol, int algorithm, String text) {
    this.protocol = protocol;
    this.algorithm = algorithm;
    this.text = text;
  }

  /// The PPP protocol number of its packets.
  public int protocol() {
    return protocol;
  }

  /// The value of the Authentication-Protocol option, in an array of its own.
  public byte[] optionValue() {
    byte high = (byte) (protocol >>> 8);
    byte low = (byte) protocol;
    return algorithm == NO_ALGORITHM
        ? new byte[] {high, low}
        : new byte[] {high, low, (byte) algorithm};
  }

  /// The method that an option's value of `length` octets names; null if it is none of ours.
  public static @Nullable AuthMethod ofOption(byte[] buffer, int offset, int length) {
    if (length < 2 || length > 3) {
      return null;
    }
    int protocol = AuthProtocol.unsigned16(buffer, offset);
    int algorithm = length == 3 ? buffer[offset + 2] & 0xff : NO_ALGORITHM;
    for (AuthMethod method : ALL) {
      if (method.protocol == protocol && method.algorithm == algorithm) {
        return method;
      }
    }
    return null;
  }

  /// The engine that asks the peer for proof.
  public AuthProtocol authenticator(AuthContext context) {
    return switch (this) {
      case PAP -> new PapAuthenticator(context);
      case EAP -> new EapAuthenticator(context);
      case CHAP_MD5, CHAP_SHA1, CHAP_SHA256, CHAP_SHA3_256, MS_CHAP, MS_CHAP_V2 ->
          new ChapAuthenticator(this, chap(), context);
    };
  }

  /// The engine that proves ourselves.
  public AuthProtocol peer(AuthContext context) {
    return switch (this) {
      case PAP -> new PapPeer(context);
      case EAP -> new EapPeer(context);
      case CHAP_MD5, CHAP_SHA1, CHAP_SHA256, CHAP_SHA3_256, MS_CHAP, MS_CHAP_V2 ->
          new ChapPeer(this, chap(), context);
    };
  }

  private ChapAlgorithm chap() {
    return switch (this) {
      case CHAP_MD5 -> DigestChap.MD5;
      case CHAP_SHA1 -> DigestChap.SHA1;
      case CHAP_SHA256 -> DigestChap.SHA256;
      case CHAP_SHA3_256 -> DigestChap.SHA3_256;
      case MS_CHAP -> new MsChap();
      case MS_CHAP_V2 -> new MsChap2();
      case PAP, EAP -> throw new IllegalStateException(text + " is not CHAP");
    };
  }

  /// Whether a received packet of [#protocol] with this code is for the authenticator, or else for
  /// the peer, should both roles be played: the one gets the requests of PAP and the responses of
  /// CHAP and EAP, the other the rest.
  public boolean isForAuthenticator(int code) {
    return switch (this) {
      case PAP -> code == PapAuthenticator.AUTHENTICATE_REQUEST;
      case EAP -> code == EapAuthenticator.RESPONSE;
      case CHAP_MD5, CHAP_SHA1, CHAP_SHA256, CHAP_SHA3_256, MS_CHAP, MS_CHAP_V2 ->
          code == ChapAuthenticator.RESPONSE || chap().isChangePassword(code);
    };
  }

  /// As pppd prints it in the option `<auth …>`.
  public String text() {
    return text;
  }
}
