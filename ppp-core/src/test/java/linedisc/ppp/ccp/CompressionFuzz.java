package linedisc.ppp.ccp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import linedisc.ppp.auth.AuthPairs;
import linedisc.ppp.auth.MppeKeys;
import linedisc.ppp.wire.PppProtocol;

/// Frames of any content to the decompressors and to CCP. An input is a list of frames, each with
/// two octets of length in front.
class CompressionFuzz {
  private static final int MRU = 1500;
  private static final byte[] GOOD = new byte[60];

  static {
    PppProtocol.write(PppProtocol.IPV4, GOOD, 0);
  }

  @FuzzTest
  void deflate(byte[] data) {
    DeflateDecompressor receiver = new DeflateDecompressor();
    feed(receiver, data);
    receiver.reset();
    DeflateCompressor sender = new DeflateCompressor(15);
    assertDelivers(sender, receiver);
    sender.close();
    receiver.close();
  }

  /// Whatever the deflater is given comes out again, whichever window is to be honoured.
  @FuzzTest
  void deflateRoundTrip(byte[] data) {
    for (int windowBits : new int[] {8, 11, 15}) {
      DeflateCompressor sender = new DeflateCompressor(windowBits);
      DeflateDecompressor receiver = new DeflateDecompressor();
      int at = 0;
      while (at + 2 <= data.length) {
        int length = Math.min(1 + (Fields.get16(data, at) % MRU), data.length - at - 2);
        byte[] frame = new byte[2 + length];
        PppProtocol.write(PppProtocol.IPV4, frame, 0);
        System.arraycopy(data, at + 2, frame, 2, length);
        if (length > 0) {
          assertDelivers(sender, receiver, frame);
        }
        at += 2 + length;
      }
      sender.close();
      receiver.close();
    }
  }

  @FuzzTest
  void mppe(byte[] data) {
    for (MppeMode mode : MppeMode.values()) {
      MppeDecompressor receiver = new MppeDecompressor(session(), mode);
      feed(receiver, data);
      receiver.close();
    }
  }

  @FuzzTest
  void control(byte[] data) {
    CcpConfig config =
        CcpConfig.DEFAULT.withMppe(
            new CcpConfig.Mppe(
                false, java.util.EnumSet.allOf(MppeStrength.class), false, MppeMode.STATEFUL));
    CcpPair pair = new CcpPair(config, config, 1);
    java.util.List<MppeKeys> keys = AuthPairs.keys();
    pair.a.ccp.useKeys(keys.get(0));
    pair.b.ccp.useKeys(keys.get(1));
    pair.open();
    int at = 0;
    while (at + 2 <= data.length) {
      int length = Math.min(Fields.get16(data, at), data.length - at - 2);
      if (length >= 2) {
        pair.a.receive(Arrays.copyOfRange(data, at + 2, at + 2 + length));
      }
      assertTrue(pair.a.sent.size() < 1000);
      pair.a.sent.clear();
      pair.a.packets.clear();
      pair.now += 100_000_000L;
      pair.a.handleTimeout();
      at += 2 + length;
    }
    pair.a.ccp.close();
  }

  private static MppeSession session() {
    return new MppeSession(MppeStrength.BITS_128, new byte[16]);
  }

  private static void feed(PacketDecompressor receiver, byte[] data) {
    byte[] out = new byte[MRU + 2];
    int at = 0;
    while (at + 2 <= data.length) {
      int length = Math.min(Fields.get16(data, at), data.length - at - 2);
      byte[] frame = Arrays.copyOfRange(data, at + 2, at + 2 + length);
      if (length >= 2 && PppProtocol.read(frame, 0) == PppProtocol.COMPRESSED) {
        int result = receiver.decompress(frame, 2, length - 2, out, 0, out.length);
        assertTrue(result >= PacketDecompressor.BROKEN && result != 0 && result <= out.length);
      } else if (length >= 3) {
        receiver.passUncompressed(frame, 0, length);
      }
      at += 2 + length;
    }
  }

  private static void assertDelivers(PacketCompressor sender, PacketDecompressor receiver) {
    assertDelivers(sender, receiver, GOOD);
  }

  private static void assertDelivers(
      PacketCompressor sender, PacketDecompressor receiver, byte[] frame) {
    byte[] sent = new byte[sender.maxLength(frame.length)];
    int length = sender.compress(frame, 0, frame.length, sent, 0);
    if (PppProtocol.read(sent, 0) != PppProtocol.COMPRESSED) {
      assertArrayEquals(frame, Arrays.copyOf(sent, length));
      assertTrue(receiver.passUncompressed(sent, 0, length));
      return;
    }
    byte[] out = new byte[frame.length];
    assertEquals(frame.length, receiver.decompress(sent, 2, length - 2, out, 0, out.length));
    assertArrayEquals(frame, out);
  }
}
