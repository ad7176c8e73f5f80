package linedisc.slip.vj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a decompressor delivers when frames are damaged and nobody tells it: on a line without a
/// check, SLIP's.
class VjDamageTest {

  /// A line that damages frames.
  private static final class Damaging implements TcpConversation.Line {
    final VjPair pair = new VjPair(16, true);
    final SplittableRandom random;
    final boolean told;
    final Set<ByteBuffer> sent = new HashSet<>();
    byte[] carriedOver = {};
    int damaged;
    int delivered;
    int foreign;

    Damaging(long seed, boolean told) {
      this.random = new SplittableRandom(seed);
      this.told = told;
    }

    @Override
    public byte @Nullable [] carry(byte[] packet) {
      sent.add(withoutIdentification(packet));
      VjPair.Frame frame = pair.compress(packet);
      byte[] octets = frame.octets();
      VjType type = frame.type();
      if (random.nextInt(20) == 0) {
        damaged++;
        if (told) {
          pair.decompressor.toss();
          return null;
        }
        octets = octets.clone();
        int at = random.nextInt(random.nextBoolean() ? octets.length : Math.min(octets.length, 8));
        switch (random.nextInt(7)) {
          case 0 -> octets[at] ^= (byte) (1 << random.nextInt(8));
          case 1 -> octets[at] = (byte) random.nextInt();
          case 2 -> octets = Arrays.copyOf(octets, at);
          case 3 -> {
            byte[] longer = Arrays.copyOf(octets, octets.length + 1);
            System.arraycopy(octets, at, longer, at + 1, octets.length - at);
            octets = longer;
          }
          case 4 -> type = random.nextBoolean() ? VjType.COMPRESSED_TCP : VjType.UNCOMPRESSED_TCP;
          case 5 -> {
            // An END that is lost joins two frames.
            carriedOver = octets;
            return null;
          }
          default -> {
            return null;
          }
        }
      }
      if (carriedOver.length > 0) {
        byte[] joined = Arrays.copyOf(carriedOver, carriedOver.length + octets.length);
        System.arraycopy(octets, 0, joined, carriedOver.length, octets.length);
        octets = joined;
        carriedOver = new byte[0];
      }
      byte[] arrived = pair.decompress(new VjPair.Frame(type, octets));
      if (arrived == null) {
        return null;
      }
      boolean known = sent.contains(withoutIdentification(arrived));
      if (type == VjType.IP) {
        return known ? arrived : null;
      }
      delivered++;
      if (!known) {
        foreign++;
      }
      int tcp = Ipv4.headerLength(arrived, 0);
      assertTrue(Ipv4.isHeaderIntact(arrived, 0));
      assertTrue(Tcp.isIntact(arrived, 0, tcp, arrived.length - tcp));
      return arrived;
    }

    /// The identification is the one field that no checksum of a compressed packet covers.
    private static ByteBuffer withoutIdentification(byte[] packet) {
      byte[] b = packet.clone();
      if (b.length >= Ipv4.HEADER_LENGTH) {
        Arrays.fill(b, 4, 6, (byte) 0);
        Arrays.fill(b, 10, 12, (byte) 0);
      }
      return ByteBuffer.wrap(b);
    }
  }

  private int damaged;
  private int delivered;
  private int foreign;

  private void talk(int seeds, int connections, boolean told) {
    for (long seed = 1; seed <= seeds; seed++) {
      Damaging toRight = new Damaging(seed, told);
      Damaging toLeft = new Damaging(seed + 1000, told);
      new TcpConversation(seed, connections, 20_000, false).talk(toRight, toLeft, 3_000);
      damaged += toRight.damaged + toLeft.damaged;
      delivered += toRight.delivered + toLeft.delivered;
      foreign += toRight.foreign + toLeft.foreign;
    }
    assertTrue(
        damaged > 100 && delivered > 1000, damaged + " damaged, " + delivered + " delivered");
  }

  @Test
  void deliversNothingThatWasNotSentWhenToldOfLosses() {
    talk(60, 1, true);
    assertEquals(0, foreign, damaged + " damaged");
  }

  @Test
  void deliversHardlyAnythingThatWasNotSentWhenNotTold() {
    talk(40, 6, false);
    // Not none: half of the damage is in the few octets whose errors can cancel each other out in
    // the checksum, and one frame in 140 vanishes without a trace.
    assertTrue(foreign <= damaged / 50, foreign + " of " + damaged + " damaged");
  }
}
