package linedisc.examples.bench;

/// Packets of one mix, and how they look on the line. An implementation of the loops keeps its own
/// buffers; this is only read.
public final class Sample {
  /// A protocol field of two octets in front of the information.
  static final int PROTOCOL = 2;

  /// More than any buffer of a tty, so that no loop learns them by heart.
  private static final int OCTETS = 96_000;

  final Mix mix;
  final int count;

  /// The packets, back to back.
  final byte[] packets;

  /// The packets, each behind the protocol field of IPv4.
  final byte[] frames;

  final byte[] hdlcLine;
  final byte[] slipLine;

  /// Packets of a mix.
  public Sample(Mix mix) {
    this.mix = mix;
    this.count = OCTETS / mix.length();
    this.packets = mix.packets(count);
    this.frames = new byte[count * frameLength()];
    for (int i = 0; i < count; i++) {
      int at = i * frameLength();
      frames[at + 1] = 0x21;
      System.arraycopy(packets, i * mix.length(), frames, at + PROTOCOL, mix.length());
    }
    this.hdlcLine = ByteLoop.hdlcLine(this);
    this.slipLine = ByteLoop.slipLine(this);
  }

  int frameLength() {
    return PROTOCOL + mix.length();
  }

  /// Octets of payload in all packets.
  public int octets() {
    return packets.length;
  }
}
