package linedisc.slip.vj;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A compressor and the decompressor at the other end.
final class VjPair {
  /// A guard around the octets handed over, so that writing or reading beyond them shows.
  private static final int GUARD = 5;

  /// One frame on the line.
  static final class Frame {
    private final VjType type;
    private final byte[] octets;

    Frame(VjType type, byte[] octets) {
      this.type = type;
      this.octets = octets;
    }

    VjType type() {
      return type;
    }

    byte[] octets() {
      return octets;
    }
  }

  final VjCompressor compressor;
  final VjDecompressor decompressor;

  VjPair(int slots, boolean compressSlotId) {
    compressor = new VjCompressor(slots, compressSlotId);
    decompressor = new VjDecompressor(slots);
  }

  Frame compress(byte[] packet) {
    return compress(compressor, packet);
  }

  static Frame compress(VjCompressor compressor, byte[] packet) {
    byte[] in = new byte[packet.length + 2 * GUARD];
    System.arraycopy(packet, 0, in, GUARD, packet.length);
    byte[] out = new byte[packet.length + GUARD];
    int length = compressor.compress(in, GUARD, packet.length, out, GUARD);
    if (!Arrays.equals(packet, 0, packet.length, in, GUARD, GUARD + packet.length)) {
      throw new AssertionError("the packet was changed");
    }
    return new Frame(compressor.type(), Arrays.copyOfRange(out, GUARD, GUARD + length));
  }

  byte @Nullable [] decompress(Frame frame) {
    return decompress(decompressor, frame);
  }

  static byte @Nullable [] decompress(VjDecompressor decompressor, Frame frame) {
    byte[] in = new byte[GUARD + frame.octets().length];
    System.arraycopy(frame.octets(), 0, in, GUARD, frame.octets().length);
    byte[] out = new byte[GUARD + frame.octets().length + VjDecompressor.MAX_GROWTH];
    int length =
        decompressor.decompress(frame.type(), in, GUARD, frame.octets().length, out, GUARD);
    if (!Arrays.equals(frame.octets(), 0, frame.octets().length, in, GUARD, in.length)) {
      throw new AssertionError("the frame was changed");
    }
    return length == VjDecompressor.NOTHING ? null : Arrays.copyOfRange(out, GUARD, GUARD + length);
  }
}
