package linedisc.slip.vj;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;

/// Whatever frames come: only whole TCP packets with right checksums are delivered, and after a
/// whole header the next compressed packet is.
class VjDecompressorFuzz {

  /// The first octet says how many slots there are. Then frames: an octet with the type (highest
  /// bit set: compressed) and length, and the frame.
  @FuzzTest
  void frames(byte[] data) {
    if (data.length == 0) {
      return;
    }
    VjDecompressor decompressor = new VjDecompressor(1 + (data[0] & 0xff));
    byte[] target = new byte[127 + VjDecompressor.MAX_GROWTH];
    int length;
    for (int at = 1; at < data.length; at += 1 + length) {
      VjType type = data[at] < 0 ? VjType.COMPRESSED_TCP : VjType.UNCOMPRESSED_TCP;
      length = Math.min(data[at] & 0x7f, data.length - at - 1);
      int size = decompressor.decompress(type, data, at + 1, length, target, 0);
      if (size != VjDecompressor.NOTHING) {
        checkPacket(target, size);
      }
    }

    VjCompressor compressor = new VjCompressor(1, true);
    Segment segment = new Segment();
    for (int i = 0; i < 3; i++) {
      byte[] packet = segment.next(10);
      VjPair.Frame frame = VjPair.compress(compressor, packet);
      assertArrayEquals(packet, VjPair.decompress(decompressor, frame));
    }
  }

  private static void checkPacket(byte[] b, int size) {
    assertEquals(size, Ipv4.check(b, 0, size));
    assertTrue(Ipv4.isHeaderIntact(b, 0));
    assertEquals(Ip.TCP, Ipv4.protocol(b, 0));
    int tcp = Ipv4.headerLength(b, 0);
    assertTrue(Tcp.check(b, tcp, size - tcp) > 0);
    assertTrue(Ipv4.hasSourceRoute(b, 0) || Tcp.isIntact(b, 0, tcp, size - tcp));
  }
}
