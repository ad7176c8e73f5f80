package linedisc.slip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Ipv6;
import linedisc.slip.vj.Segment;

/// Whatever octets come down a line: only whole packets are delivered, and after one END the next
/// good packet is.
class SlipLinkFuzz {

  /// The first octet says the mode, the others are the line's.
  @FuzzTest
  void line(byte[] data) {
    if (data.length == 0) {
      return;
    }
    SlipMode mode = SlipMode.values()[(data[0] & 0xff) % SlipMode.values().length];
    SlipConfig config = SlipConfig.builder().mode(mode).vjSlots(3).build();
    SlipLink link = new SlipLink(config);
    link.lowerUp(0);
    PacketLog sink = new PacketLog();
    byte[] octets = Arrays.copyOfRange(data, 1, data.length);
    byte[] good = new Segment().next(10);
    byte[] again = new Segment().sequence(10).identification(1).next(10);
    byte[] ending = concatenate(octets, frames(mode, good, again));

    if (mode.isSixBit()) {
      SixBitDecoder decoder = new SixBitDecoder(config.maxReceiveLength());
      FrameBatch batch = new FrameBatch(config.maxReceiveLength(), 4);
      for (int at = 0; at < ending.length; ) {
        at = decoder.decode(ending, at, ending.length, batch);
        receive(link, batch, sink);
      }
    } else {
      SlipDecoder decoder = new SlipDecoder(config.maxReceiveLength());
      FrameBatch batch = new FrameBatch(config.maxReceiveLength(), 4);
      for (int at = 0; at < ending.length; ) {
        at = decoder.decode(ending, at, ending.length, batch);
        receive(link, batch, sink);
      }
    }

    int count = sink.packets.size();
    assertTrue(count >= 2, "the next good packets are delivered");
    assertArrayEquals(good, sink.packets.get(count - 2));
    assertArrayEquals(again, sink.packets.get(count - 1));
    for (byte[] packet : sink.packets) {
      assertEquals(packet.length, Ip.check(packet, 0, packet.length));
      assertTrue(Ip.version(packet, 0) == Ipv6.VERSION || Ipv4.isHeaderIntact(packet, 0));
    }
  }

  private static void receive(SlipLink link, FrameBatch batch, PacketSink sink) {
    for (int i = 0; i < batch.count(); i++) {
      boolean afterLoss = (batch.mark(i) & FrameBatch.AFTER_LOSS) != 0;
      link.receive(batch.buffer(), batch.offset(i), batch.length(i), afterLoss, 0, sink);
    }
    batch.clear();
  }

  /// What a peer that has just come up sends.
  private static byte[] frames(SlipMode mode, byte[]... packets) {
    SlipMode peerMode = mode == SlipMode.ADAPTIVE ? SlipMode.CSLIP : mode;
    SlipLink peer = new SlipLink(SlipConfig.builder().mode(peerMode).build());
    peer.lowerUp(0);
    FrameBatch batch = new FrameBatch(1000, 8);
    byte[] line = new byte[0];
    for (byte[] packet : packets) {
      batch.clear();
      peer.encapsulate(packet, 0, packet.length, batch, 0);
      byte[] octets = new byte[SlipEncoder.maxEncodedLength(batch.length(0))];
      int length =
          mode.isSixBit()
              ? SixBitEncoder.encode(batch.buffer(), 0, batch.length(0), octets, 0)
              : SlipEncoder.encode(batch.buffer(), 0, batch.length(0), octets, 0);
      line = concatenate(line, Arrays.copyOf(octets, length));
    }
    return line;
  }

  private static byte[] concatenate(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
