package linedisc.ppp.wire;

/// Numbers of the Protocol field (RFC 1661 section 2; the assigned numbers are in the IANA "PPP
/// Numbers" registry).
public final class PppProtocol {
  /// An IPv4 packet.
  public static final int IPV4 = 0x0021;

  /// A TCP/IPv4 packet with a compressed header (RFC 1144).
  public static final int VJ_COMPRESSED = 0x002d;

  /// A TCP/IPv4 packet that names its header slot in the IP protocol field (RFC 1144).
  public static final int VJ_UNCOMPRESSED = 0x002f;

  /// An IPv6 packet.
  public static final int IPV6 = 0x0057;

  /// A multilink fragment (RFC 1990).
  public static final int MULTILINK = 0x003d;

  /// A compressed datagram (RFC 1962).
  public static final int COMPRESSED = 0x00fd;

  /// IP Control Protocol (RFC 1332).
  public static final int IPCP = 0x8021;

  /// IPv6 Control Protocol (RFC 5072).
  public static final int IPV6CP = 0x8057;

  /// Compression Control Protocol (RFC 1962).
  public static final int CCP = 0x80fd;

  /// Link Control Protocol.
  public static final int LCP = 0xc021;

  /// Password Authentication Protocol (RFC 1334).
  public static final int PAP = 0xc023;

  /// Link Quality Report (RFC 1989).
  public static final int LQR = 0xc025;

  /// Challenge Handshake Authentication Protocol (RFC 1994).
  public static final int CHAP = 0xc223;

  /// Extensible Authentication Protocol (RFC 3748).
  public static final int EAP = 0xc227;

  /// Octets of the Protocol field of a frame as the engines handle it (never compressed).
  public static final int FIELD_LENGTH = 2;

  private PppProtocol() {}

  /// Reads the two-octet Protocol field, most significant octet first.
  public static int read(byte[] frame, int offset) {
    return (frame[offset] & 0xff) << 8 | (frame[offset + 1] & 0xff);
  }

  /// Writes the two-octet Protocol field, most significant octet first.
  public static void write(int protocol, byte[] frame, int offset) {
    frame[offset] = (byte) (protocol >>> 8);
    frame[offset + 1] = (byte) protocol;
  }

  /// Whether packets of this protocol begin with code, identifier and length: link-layer and
  /// network control protocols, and authentication.
  public static boolean isControl(int protocol) {
    return protocol >= 0x8000;
  }

  /// Whether packets of this protocol negotiate a network protocol (RFC 1661 section 2).
  public static boolean isNetworkControl(int protocol) {
    return protocol >= 0x8000 && protocol < 0xc000;
  }

  /// The short name used in traces, or four hexadecimal digits after `0x`.
  public static String name(int protocol) {
    return switch (protocol) {
      case IPV4 -> "IP";
      case VJ_COMPRESSED -> "VJC";
      case VJ_UNCOMPRESSED -> "VJUC";
      case IPV6 -> "IPV6";
      case MULTILINK -> "MP";
      case COMPRESSED -> "COMP";
      case IPCP -> "IPCP";
      case IPV6CP -> "IPV6CP";
      case CCP -> "CCP";
      case LCP -> "LCP";
      case PAP -> "PAP";
      case LQR -> "LQR";
      case CHAP -> "CHAP";
      case EAP -> "EAP";
      default -> String.format("0x%04x", protocol);
    };
  }
}
