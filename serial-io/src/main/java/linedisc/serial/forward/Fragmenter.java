package linedisc.serial.forward;

import java.util.Arrays;
import linedisc.serial.life.PacketQueue.Put;
import linedisc.serial.net.NetInterface;
import linedisc.slip.inet.Ipv4;

/// Cuts an IPv4 packet into pieces that an interface's MTU has room for (RFC 791 section 3.2).
final class Fragmenter {
  /// Bit of an option's type: it goes into each piece.
  private static final int COPIED = 0x80;

  private static final int END_OF_OPTIONS = 0;
  private static final int NO_OPERATION = 1;
  private static final int OFFSET_MASK = 0x1fff;

  private Fragmenter() {}

  /// Offers the pieces; stops at the first that is not taken, since the rest would be of no use.
  ///
  /// @param packet a checked packet from index 0, "don't fragment" clear
  /// @return pieces taken; 0: the packet is lost
  static int send(byte[] packet, int length, NetInterface out) {
    int header = Ipv4.headerLength(packet, 0);
    int flags = Ipv4.flagsAndOffset(packet, 0);
    if ((flags & OFFSET_MASK) * 8 + length - header > Ipv4.MAX_LENGTH) {
      return 0;
    }
    int mtu = out.mtu();
    byte[] piece = new byte[mtu];
    int done = header;
    int pieces = 0;
    while (done < length) {
      int pieceHeader = pieces == 0 ? header : laterHeader(packet, header, piece);
      if (pieces == 0) {
        System.arraycopy(packet, 0, piece, 0, header);
      }
      int room = (mtu - pieceHeader) & ~7;
      if (room <= 0) {
        return 0;
      }
      int data = Math.min(room, length - done);
      boolean last = done + data == length;
      System.arraycopy(packet, done, piece, pieceHeader, data);
      int position = (flags & OFFSET_MASK) + (done - header) / 8;
      int more = last ? flags & Ipv4.MORE_FRAGMENTS : Ipv4.MORE_FRAGMENTS;
      Ipv4.setTotalLength(piece, 0, pieceHeader + data);
      Ipv4.setFlagsAndOffset(piece, 0, more | position);
      Ipv4.seal(piece, 0);
      if (out.offer(piece, 0, pieceHeader + data) != Put.DONE) {
        return 0;
      }
      done += data;
      pieces++;
    }
    return pieces;
  }

  /// The header of a piece that is not the first: options without the copied bit are left out.
  ///
  /// @return its length
  private static int laterHeader(byte[] packet, int header, byte[] piece) {
    System.arraycopy(packet, 0, piece, 0, Ipv4.HEADER_LENGTH);
    int to = Ipv4.HEADER_LENGTH;
    int at = Ipv4.HEADER_LENGTH;
    while (at < header && packet[at] != END_OF_OPTIONS) {
      int size = packet[at] == NO_OPERATION ? 1 : at + 1 < header ? packet[at + 1] & 0xff : 0;
      if (size == 0 || at + size > header || (size == 1 && packet[at] != NO_OPERATION)) {
        break;
      }
      if ((packet[at] & COPIED) != 0) {
        System.arraycopy(packet, at, piece, to, size);
        to += size;
      }
      at += size;
    }
    int padded = (to + 3) & ~3;
    Arrays.fill(piece, to, padded, (byte) END_OF_OPTIONS);
    Ipv4.setHeaderLength(piece, 0, padded);
    return padded;
  }
}
