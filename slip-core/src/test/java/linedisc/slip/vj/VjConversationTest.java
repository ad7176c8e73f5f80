package linedisc.slip.vj;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TCP conversations through a compressor and a decompressor each way.
class VjConversationTest {

  /// Carries every packet and wants it to arrive octet for octet.
  private static final class Exact implements TcpConversation.Line {
    final VjPair pair;
    long in;
    long out;

    Exact(VjPair pair) {
      this.pair = pair;
    }

    @Override
    public byte @Nullable [] carry(byte[] packet) {
      VjPair.Frame frame = pair.compress(packet);
      in += packet.length;
      out += frame.octets().length;
      byte[] arrived = pair.decompress(frame);
      assertArrayEquals(packet, arrived);
      return arrived;
    }
  }

  /// Loses frames, and tells the decompressor or not.
  private static final class Lossy implements TcpConversation.Line {
    final VjPair pair;
    final SplittableRandom random;
    final int oneIn;
    final boolean told;
    int lost;

    Lossy(VjPair pair, long seed, int oneIn, boolean told) {
      this.pair = pair;
      this.random = new SplittableRandom(seed);
      this.oneIn = oneIn;
      this.told = told;
    }

    @Override
    public byte @Nullable [] carry(byte[] packet) {
      VjPair.Frame frame = pair.compress(packet);
      if (random.nextInt(oneIn) == 0) {
        lost++;
        if (told) {
          pair.decompressor.toss();
        }
        return null;
      }
      return pair.decompress(frame);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "1, 4, true",
    "2, 3, false",
    "16, 8, true",
    "16, 24, true",
    "255, 40, false",
    "256, 300, true"
  })
  void arriveOctetForOctet(int slots, int connections, boolean compressSlotId) {
    for (long seed = 1; seed <= 3; seed++) {
      Exact toRight = new Exact(new VjPair(slots, compressSlotId));
      Exact toLeft = new Exact(new VjPair(slots, compressSlotId));
      TcpConversation conversation =
          new TcpConversation(seed, connections, 100_000 / connections, false);
      conversation.run(toRight, toLeft, 10_000);
      assertTrue(conversation.packets() > 200, "seed " + seed);
    }
  }

  @Test
  void headersGetShort() {
    Exact toRight = new Exact(new VjPair(16, true));
    Exact toLeft = new Exact(new VjPair(16, true));
    TcpConversation conversation = new TcpConversation(4, 4, 50_000, false);
    conversation.run(toRight, toLeft, 10_000);
    VjCompressor compressor = toLeft.pair.compressor;
    assertTrue(compressor.compressed() > 10 * compressor.uncompressed());
    long saved = toLeft.in - toLeft.out + (toRight.in - toRight.out);
    assertTrue(saved > 30L * conversation.packets(), "saved " + saved);
  }

  @Test
  void timestampsKeepHeadersLong() {
    Exact toRight = new Exact(new VjPair(16, true));
    Exact toLeft = new Exact(new VjPair(16, true));
    new TcpConversation(5, 4, 50_000, true).run(toRight, toLeft, 10_000);
    VjCompressor compressor = toRight.pair.compressor;
    String counts = compressor.uncompressed() + " whole, " + compressor.compressed() + " not";
    assertTrue(compressor.uncompressed() > compressor.compressed() / 20, counts);
    assertTrue(compressor.compressed() > 100, counts);
  }

  @Test
  void transfersEndInSpiteOfLossesThatAreTold() {
    for (long seed = 1; seed <= 4; seed++) {
      Lossy toRight = new Lossy(new VjPair(16, true), seed, 50, true);
      Lossy toLeft = new Lossy(new VjPair(16, true), seed + 100, 50, true);
      new TcpConversation(seed, 8, 20_000, false).run(toRight, toLeft, 200_000);
      assertTrue(toRight.lost > 5 && toLeft.lost > 5, "seed " + seed);
      assertTrue(toRight.pair.decompressor.tossed() > 0, "seed " + seed);
    }
  }

  @Test
  void bulkTransfersEndInSpiteOfLossesThatAreNotTold() {
    for (long seed = 1; seed <= 4; seed++) {
      Lossy toRight = new Lossy(new VjPair(16, true), seed, 50, false);
      Lossy toLeft = new Lossy(new VjPair(16, true), seed + 100, 50, false);
      new TcpConversation(
              seed, 8, 20_000, false, TcpConversation.Kind.BULK, TcpConversation.Kind.EXCHANGE)
          .run(toRight, toLeft, 200_000);
      assertTrue(toRight.lost > 5 && toLeft.lost > 5, "seed " + seed);
      assertTrue(toRight.pair.decompressor.mismatches() > 0, "seed " + seed);
    }
  }
}
