package linedisc.serial.tty;

import java.util.Objects;

/// Tells from the first octets of a call whether the caller speaks PPP or SLIP. What stands before
/// them, the rest of a modem's CONNECT or a prompt, does not matter.
///
/// A PPP caller begins with LCP: a flag, then 0xff, perhaps escaped, since LCP's packets are sent
/// as if nothing had been negotiated (RFC 1662, section 3.1); Address-and-Control-Field-Compression
/// may take the 0xff away and leave 0xc0 0x21. A SLIP frame is an END and a packet: IPv4, or with a
/// type of RFC 1144 in its first octet.
public final class OpeningOctets {
  /// What it is.
  public enum Protocol {
    /// It can't be said yet.
    UNDECIDED,
    /// PPP in HDLC-like framing.
    PPP,
    /// SLIP or CSLIP.
    SLIP
  }

  private static final int FLAG = 0x7e;
  private static final int ESCAPE = 0x7d;
  private static final int ESCAPED_BIT = 0x20;
  private static final int ALL_STATIONS = 0xff;
  private static final int LCP_HIGH = 0xc0;
  private static final int LCP_LOW = 0x21;
  private static final int END = 0xc0;
  private static final int IPV4 = 4;

  /// RFC 1144's type over the first octet of an IPv4 header without options.
  private static final int UNCOMPRESSED_TCP = 0x75;

  private OpeningOctets() {}

  /// Looks at all octets that have come so far.
  ///
  /// @param buffer the caller's; only read
  public static Protocol look(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    for (int i = offset; i < offset + length - 1; i++) {
      int octet = buffer[i] & 0xff;
      int next = buffer[i + 1] & 0xff;
      boolean third = i + 2 < offset + length;
      int last = third ? buffer[i + 2] & 0xff : 0;
      if (octet == FLAG
          && (next == ALL_STATIONS
              || (next == ESCAPE && third && (last ^ ESCAPED_BIT) == ALL_STATIONS)
              || (next == LCP_HIGH && third && last == LCP_LOW))) {
        return Protocol.PPP;
      }
      if (octet == END && (next >>> 4 == IPV4 || next == UNCOMPRESSED_TCP)) {
        return Protocol.SLIP;
      }
    }
    return Protocol.UNDECIDED;
  }
}
