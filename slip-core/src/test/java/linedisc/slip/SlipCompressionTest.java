package linedisc.slip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import linedisc.slip.inet.Ipv4;
import linedisc.slip.inet.Tcp;
import linedisc.slip.vj.Segment;
import linedisc.slip.vj.TcpConversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlipCompressionTest {
  private final FrameBatch out = new FrameBatch(4096, 8);
  private final PacketLog sink = new PacketLog();
  private final Segment segment = new Segment();

  private static SlipLink up(SlipMode mode) {
    SlipLink link = new SlipLink(SlipConfig.builder().mode(mode).mtu(1006).build());
    link.lowerUp(0);
    return link;
  }

  /// The frame that `link` makes of `packet`.
  private byte[] frame(SlipLink link, byte[] packet) {
    out.clear();
    assertEquals(SlipLink.ADDED, link.encapsulate(packet, 0, packet.length, out, 0));
    return Arrays.copyOfRange(out.buffer(), out.offset(0), out.offset(0) + out.length(0));
  }

  private void receive(SlipLink link, byte[] frame, boolean afterLoss) {
    link.receive(frame, 0, frame.length, afterLoss, 0, sink);
  }

  private void assertArrives(SlipLink to, byte[] packet, byte[] frame) {
    int before = sink.packets.size();
    receive(to, frame, false);
    assertEquals(before + 1, sink.packets.size());
    assertArrayEquals(packet, sink.packets.get(before));
  }

  @Test
  void frameTypesAreInTheFirstOctet() {
    SlipLink left = up(SlipMode.CSLIP);
    SlipLink right = up(SlipMode.CSLIP);
    byte[] udp = Packets.udp(60);
    byte[] frame = frame(left, udp);
    assertArrayEquals(udp, frame);
    assertArrives(right, udp, frame);

    byte[] ipv6 = Packets.ipv6(60);
    frame = frame(left, ipv6);
    assertArrayEquals(ipv6, frame);
    assertArrives(right, ipv6, frame);

    byte[] syn = segment.flags(Tcp.SYN).packet();
    frame = frame(left, syn);
    assertArrayEquals(syn, frame);
    assertArrives(right, syn, frame);

    byte[] first = segment.flags(Tcp.ACK).next(10);
    frame = frame(left, first);
    assertEquals(0x75, frame[0]);
    assertEquals(0, frame[9]);
    assertEquals(first.length, frame.length);
    assertArrives(right, first, frame);

    byte[] second = segment.next(10);
    frame = frame(left, second);
    assertEquals((byte) 0x8f, frame[0]);
    assertEquals(3 + 10, frame.length);
    assertArrives(right, second, frame);

    SlipStatistics sent = left.statistics();
    assertEquals(5, sent.sentPackets());
    assertEquals(60 + 60 + 40 + 50 + 50, sent.sentOctets());
    assertEquals(1, sent.vj().sentPlain());
    assertEquals(1, sent.vj().sentUncompressed());
    assertEquals(1, sent.vj().sentCompressed());
    assertEquals(1, sent.vj().sentMisses());
    SlipStatistics received = right.statistics();
    assertEquals(260, received.receivedOctets());
    assertEquals(1, received.vj().receivedUncompressed());
    assertEquals(1, received.vj().receivedCompressed());
    assertEquals(0, received.receivedDamaged());
  }

  @Test
  void plainSlipKnowsNoTypes() {
    SlipLink compressing = up(SlipMode.CSLIP);
    SlipLink plain = up(SlipMode.SLIP);
    receive(plain, frame(compressing, segment.next(10)), false);
    receive(plain, frame(compressing, segment.next(10)), false);
    assertEquals(0, sink.packets.size());
    assertEquals(2, plain.statistics().receivedDamaged());
    byte[] packet = segment.next(10);
    assertArrayEquals(packet, frame(plain, packet));
  }

  @Test
  void adaptiveCompressesOnceThePeerDoes() {
    SlipLink peer = up(SlipMode.CSLIP);
    SlipLink link = up(SlipMode.ADAPTIVE);
    byte[] mine = new Segment().next(10);
    assertArrayEquals(mine, frame(link, mine));

    byte[] whole = frame(peer, segment.next(10));
    receive(link, frame(peer, segment.next(10)), false);
    assertEquals(1, link.statistics().receivedTooEarly());
    assertNull(link.pollEvent());

    receive(link, Arrays.copyOf(whole, 39), false);
    assertEquals(2, link.statistics().receivedTooEarly());
    byte[] damaged = whole.clone();
    damaged[8]++;
    receive(link, damaged, false);
    assertEquals(1, link.statistics().vj().receivedErrors());
    assertNull(link.pollEvent(), "what can't be decompressed turns nothing on");
    assertArrayEquals(mine, frame(link, mine));
    assertEquals(0, sink.packets.size());

    receive(link, whole, false);
    assertEquals(1, sink.packets.size());
    assertEquals(new SlipEvent.CompressionOn(), link.pollEvent());
    receive(link, whole, false);
    assertNull(link.pollEvent(), "said once");
    assertEquals(0x75, frame(link, mine)[0]);

    link.lowerDown(0);
    link.lowerUp(0);
    assertArrayEquals(mine, frame(link, mine), "perhaps another peer");
  }

  @Test
  void twoAdaptiveEndsStayPlain() {
    SlipLink left = up(SlipMode.ADAPTIVE);
    SlipLink right = up(SlipMode.ADAPTIVE);
    for (int i = 0; i < 3; i++) {
      byte[] packet = segment.next(10);
      assertArrives(right, packet, frame(left, packet));
    }
    assertNull(right.pollEvent());
  }

  @Test
  void droppedFramesAreMadeUpFor() {
    SlipLink left = up(SlipMode.CSLIP);
    SlipLink right = up(SlipMode.CSLIP);
    byte[] packet = segment.next(10);
    assertArrives(right, packet, frame(left, packet));
    frame(left, segment.next(10));
    left.framesDropped();
    packet = segment.next(10);
    assertArrives(right, packet, frame(left, packet));
  }

  @Test
  void tossesAfterALoss() {
    SlipLink left = up(SlipMode.CSLIP);
    SlipLink right = up(SlipMode.CSLIP);
    receive(right, frame(left, segment.next(10)), false);
    receive(right, frame(left, segment.next(10)), true);
    receive(right, frame(left, segment.next(10)), false);
    assertEquals(1, sink.packets.size());
    assertEquals(2, right.statistics().vj().receivedTossed());
    left.framesDropped();
    byte[] packet = segment.next(10);
    byte[] frame = frame(left, packet);
    right.receive(frame, 0, frame.length, true, 0, sink);
    assertArrayEquals(packet, sink.packets.get(1), "a whole header needs no memory");
  }

  @Test
  void tossesAfterADamagedPacket() {
    SlipLink left = up(SlipMode.CSLIP);
    SlipLink right = up(SlipMode.CSLIP);
    receive(right, frame(left, segment.next(10)), false);
    byte[] frame = frame(left, segment.next(10));
    frame[0] &= 0x7f;
    receive(right, frame, false);
    assertEquals(1, right.statistics().receivedDamaged());
    receive(right, frame(left, segment.next(10)), false);
    assertEquals(1, right.statistics().vj().receivedTossed());
    receive(right, new byte[0], false);
    assertEquals(1, sink.packets.size());
  }

  @Test
  void forgetsThePeerBefore() {
    SlipLink left = up(SlipMode.CSLIP);
    SlipLink right = up(SlipMode.CSLIP);
    receive(right, frame(left, segment.next(10)), false);
    right.lowerDown(0);
    right.lowerUp(0);
    receive(right, frame(left, segment.next(10)), false);
    assertEquals(1, right.statistics().vj().receivedTossed());
    left.lowerDown(0);
    left.lowerUp(0);
    byte[] packet = segment.next(10);
    assertArrives(right, packet, frame(left, packet));
  }

  @Test
  void deliversPacketsOfTheLongestFrame() {
    SlipConfig config = SlipConfig.builder().mode(SlipMode.CSLIP).mtu(2304).build();
    SlipLink left = new SlipLink(config);
    left.lowerUp(0);
    SlipLink right = new SlipLink(SlipConfig.builder().mode(SlipMode.CSLIP).build());
    right.lowerUp(0);
    segment.tcpOptions(new byte[40]);
    receive(right, frame(left, segment.next(10)), false);
    byte[] packet = segment.next(right.config().maxReceiveLength() - 3);
    byte[] frame = frame(left, packet);
    assertEquals(right.config().maxReceiveLength(), frame.length);
    assertArrives(right, packet, frame);
  }

  @ParameterizedTest
  @EnumSource(SlipMode.class)
  void conversationsArriveOctetForOctet(SlipMode mode) {
    SlipLink left = up(mode);
    SlipLink right = up(mode);
    SlipPipe toRight = new SlipPipe(left, right, octets -> octets);
    SlipPipe toLeft = new SlipPipe(right, left, octets -> octets);
    TcpConversation conversation = new TcpConversation(1, 5, 20_000, false);
    conversation.run(exact(toRight), exact(toLeft), 5_000);
    assertEquals(
        conversation.packets(),
        left.statistics().receivedPackets() + right.statistics().receivedPackets());
    boolean compresses = mode == SlipMode.CSLIP || mode == SlipMode.CSLIP6;
    assertEquals(compresses, left.statistics().vj().sentCompressed() > 100);
  }

  private static TcpConversation.Line exact(SlipPipe pipe) {
    return packet -> {
      byte[] arrived = pipe.carry(packet);
      assertArrayEquals(packet, arrived);
      return arrived;
    };
  }

  @ParameterizedTest
  @EnumSource(SlipMode.class)
  void deliversNothingThatWasNotSent(SlipMode mode) {
    int damaged = 0;
    int foreign = 0;
    for (long seed = 1; seed <= 10; seed++) {
      Noise rightward = new Noise(seed);
      Noise leftward = new Noise(seed + 100);
      SlipLink left = up(mode);
      SlipLink right = up(mode);
      SlipPipe toRight = new SlipPipe(left, right, rightward::pass);
      SlipPipe toLeft = new SlipPipe(right, left, leftward::pass);
      new TcpConversation(seed, 4, 10_000, false)
          .talk(rightward.watch(toRight), leftward.watch(toLeft), 1_500);
      damaged += rightward.damaged + leftward.damaged;
      foreign += rightward.foreign + leftward.foreign;
    }
    assertTrue(damaged > 200, damaged + " damaged");
    assertTrue(foreign <= damaged / 50, foreign + " of " + damaged);
  }

  /// A noisy line, and what it lets through.
  private static final class Noise {
    private final SplittableRandom random;
    private final Set<ByteBuffer> sent = new HashSet<>();
    int damaged;
    int foreign;

    Noise(long seed) {
      random = new SplittableRandom(seed);
    }

    byte[] pass(byte[] octets) {
      if (random.nextInt(20) != 0) {
        return octets;
      }
      damaged++;
      int at = random.nextInt(octets.length);
      int end = Math.min(octets.length, at + 1 + random.nextInt(8));
      return switch (random.nextInt(4)) {
        case 0 -> {
          octets[at] ^= (byte) (1 << random.nextInt(8));
          yield octets;
        }
        case 1 -> {
          for (int i = at; i < end; i++) {
            octets[i] = (byte) random.nextInt();
          }
          yield octets;
        }
        case 2 -> {
          // Overrun: some octets are missing.
          byte[] shorter = Arrays.copyOf(octets, octets.length - (end - at));
          System.arraycopy(octets, end, shorter, at, octets.length - end);
          yield shorter;
        }
        default -> {
          byte[] longer = Arrays.copyOf(octets, octets.length + (end - at));
          System.arraycopy(octets, at, longer, end, octets.length - at);
          yield longer;
        }
      };
    }

    TcpConversation.Line watch(SlipPipe pipe) {
      return packet -> {
        sent.add(key(packet));
        byte[] arrived = pipe.carry(packet);
        // Plain packets are checked as far as their header only; the rest is the hosts' business.
        if (arrived == null || !isIntactTcp(arrived)) {
          return null;
        }
        if (!sent.contains(key(arrived))) {
          foreign++;
        }
        return arrived;
      };
    }

    private static boolean isIntactTcp(byte[] packet) {
      assertTrue(Ipv4.isHeaderIntact(packet, 0));
      int tcp = Ipv4.headerLength(packet, 0);
      return Tcp.check(packet, tcp, packet.length - tcp) > 0
          && Tcp.isIntact(packet, 0, tcp, packet.length - tcp);
    }

    /// The packet but for its identification, the one field that no checksum of a compressed packet
    /// covers.
    private static ByteBuffer key(byte[] packet) {
      byte[] b = packet.clone();
      Arrays.fill(b, 4, 6, (byte) 0);
      Arrays.fill(b, 10, 12, (byte) 0);
      return ByteBuffer.wrap(b);
    }
  }
}
