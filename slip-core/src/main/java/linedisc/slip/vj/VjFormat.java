package linedisc.slip.vj;

import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;

/// The numbers of RFC 1144 section 3.2.2 that both ends share.
final class VjFormat {
  /// The slot is given.
  static final int NEW_C = 0x40;

  /// The IP identification has not grown by 1.
  static final int NEW_I = 0x20;

  /// The PSH bit of TCP.
  static final int PUSH = 0x10;

  /// The sequence number has changed.
  static final int NEW_S = 0x08;

  /// The acknowledgment number has changed.
  static final int NEW_A = 0x04;

  /// The window has changed.
  static final int NEW_W = 0x02;

  /// The urgent pointer is given: URG is set.
  static final int NEW_U = 0x01;

  /// Sequence and acknowledgment have grown by the data of the packet before.
  static final int SPECIAL_I = NEW_S | NEW_W | NEW_U;

  /// The sequence has grown by the data of the packet before.
  static final int SPECIAL_D = NEW_S | NEW_A | NEW_W | NEW_U;

  static final int SPECIALS = SPECIAL_D;

  /// Octets of the longest header remembered.
  static final int MAX_HEADER = Ipv4.MAX_HEADER_LENGTH + Tcp.MAX_HEADER_LENGTH;

  /// The least compressed packet: what has changed, and the checksum.
  static final int MIN_COMPRESSED = 3;

  /// Octets from the beginning of one remembered header to the next.
  static final int STRIDE = 128;

  private VjFormat() {}

  static int checkSlots(int slots) {
    if (slots < 1 || slots > 256) {
      throw new IllegalArgumentException("slots must be 1 to 256, not " + slots);
    }
    return slots;
  }
}
