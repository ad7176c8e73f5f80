package linedisc.slip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlipLinkTest {
  private static final long SECOND = 1_000_000_000L;

  private final FrameBatch out = new FrameBatch(4096, 8);
  private final PacketLog sink = new PacketLog();

  private static SlipLink up(SlipConfig config) {
    SlipLink link = new SlipLink(config);
    link.lowerUp(0);
    return link;
  }

  private void receive(SlipLink link, byte[] frame) {
    link.receive(frame, 0, frame.length, false, 0, sink);
  }

  private int send(SlipLink link, byte[] packet) {
    return link.encapsulate(packet, 0, packet.length, out, 0);
  }

  @Test
  void carriesPacketsOfBothVersions() {
    SlipLink left = up(SlipConfig.builder().build());
    SlipLink right = up(SlipConfig.builder().build());
    byte[][] packets = {Packets.udp(28), Packets.echo(84), Packets.udp(296), Packets.ipv6(40)};
    for (byte[] packet : packets) {
      assertEquals(SlipLink.ADDED, send(left, packet));
    }
    for (int i = 0; i < out.count(); i++) {
      right.receive(out.buffer(), out.offset(i), out.length(i), false, 0, sink);
    }
    for (int i = 0; i < packets.length; i++) {
      assertArrayEquals(packets[i], sink.packets.get(i));
    }
    assertEquals(4, left.statistics().sentPackets());
    assertEquals(28 + 84 + 296 + 40, left.statistics().sentOctets());
    assertEquals(4, right.statistics().receivedPackets());
    assertEquals(28 + 84 + 296 + 40, right.statistics().receivedOctets());
  }

  @Test
  void leavesOutWhatFollowsThePacket() {
    SlipLink link = up(SlipConfig.builder().build());
    byte[] packet = Packets.udp(40);
    byte[] padded = Arrays.copyOf(packet, 47);
    assertEquals(SlipLink.ADDED, send(link, padded));
    assertEquals(40, out.length(0));
    receive(link, padded);
    assertArrayEquals(packet, sink.packets.get(0));
  }

  @Test
  void sendsNothingLongerThanTheMtu() {
    SlipLink link = up(SlipConfig.builder().mtu(100).build());
    assertEquals(SlipLink.DROPPED, send(link, Packets.udp(101)));
    assertEquals(SlipLink.ADDED, send(link, Packets.udp(100)));
    assertEquals(1, link.statistics().sendTooLong());
    assertEquals(1, link.statistics().sentPackets());
  }

  @Test
  void receivesPacketsLongerThanTheMtu() {
    SlipLink link = up(SlipConfig.builder().mtu(68).build());
    receive(link, Packets.udp(1006));
    assertEquals(1, sink.packets.size());
    assertEquals(1152, link.config().maxReceiveLength());
    assertEquals(3000, SlipConfig.builder().mtu(1500).build().maxReceiveLength());
    assertEquals(65535, SlipConfig.builder().mtu(65535).build().maxReceiveLength());
  }

  @Test
  void sendsNothingButPackets() {
    SlipLink link = up(SlipConfig.builder().build());
    for (int first = 0; first < 256; first++) {
      byte[] packet = Packets.udp(60);
      packet[0] = (byte) first;
      int expected = first >= 0x45 && first <= 0x4f ? SlipLink.ADDED : SlipLink.DROPPED;
      // As IPv6 the packet has a payload length of 1, so it is whole.
      if (first >> 4 == 6) {
        expected = SlipLink.ADDED;
      }
      assertEquals(expected, send(link, packet), "first octet " + first);
      out.clear();
    }
    assertEquals(SlipLink.DROPPED, link.encapsulate(new byte[0], 0, 0, out, 0));
    assertEquals(SlipLink.DROPPED, link.encapsulate(Packets.udp(60), 0, 59, out, 0));
  }

  @Test
  void asksForAnEmptyBatch() {
    SlipLink link = up(SlipConfig.builder().build());
    FrameBatch small = new FrameBatch(296, 8);
    byte[] packet = Packets.udp(200);
    assertEquals(SlipLink.ADDED, link.encapsulate(packet, 0, 200, small, 0));
    assertEquals(SlipLink.NO_ROOM, link.encapsulate(packet, 0, 200, small, 0));
    assertEquals(1, link.statistics().sentPackets());
    small.clear();
    assertEquals(SlipLink.ADDED, link.encapsulate(packet, 0, 200, small, 0));
  }

  @Test
  void keepsIcmpOffTheLineIfTold() {
    SlipLink link = up(SlipConfig.builder().noIcmp(true).build());
    assertEquals(SlipLink.DROPPED, send(link, Packets.echo(84)));
    assertEquals(SlipLink.ADDED, send(link, Packets.udp(84)));
    assertEquals(1, link.statistics().sendRefused());
    receive(link, Packets.echo(84));
    assertEquals(1, sink.packets.size(), "only sending is refused");
  }

  @Test
  void dropsWhileDown() {
    SlipLink link = new SlipLink(SlipConfig.builder().keepalive(1).outfill(1).build());
    assertEquals(SlipLink.DROPPED, send(link, Packets.udp(84)));
    receive(link, Packets.udp(84));
    assertEquals(0, sink.packets.size());
    assertEquals(1, link.statistics().sendDown());
    assertEquals(Long.MAX_VALUE, link.pollTimeout());

    link.lowerUp(5);
    assertEquals(SECOND + 5, link.pollTimeout());
    link.lowerDown(6);
    assertEquals(Long.MAX_VALUE, link.pollTimeout());
    assertEquals(SlipLink.DROPPED, send(link, Packets.udp(84)));
  }

  @Test
  void goesOnAfterEachKindOfDamage() {
    SlipLink link = up(SlipConfig.builder().build());
    byte[] good = Packets.udp(40);
    for (int length = 0; length < 40; length++) {
      receive(link, Arrays.copyOf(good, length));
    }
    for (int i = 0; i < 20; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = good.clone();
        damaged[i] ^= (byte) (1 << bit);
        receive(link, damaged);
      }
    }
    assertEquals(0, sink.packets.size());
    assertEquals(40 + 160, link.statistics().receivedDamaged());
    receive(link, good);
    assertArrayEquals(good, sink.packets.get(0));
  }

  @Test
  void keepaliveWantsAnEndInEachPeriod() {
    SlipLink link = up(SlipConfig.builder().keepalive(10).build());
    assertEquals(10 * SECOND, link.pollTimeout());
    link.handleTimeout(9 * SECOND);
    link.ends(1, 9 * SECOND);
    link.handleTimeout(10 * SECOND);
    assertNull(link.pollEvent());
    assertEquals(20 * SECOND, link.pollTimeout());
    link.ends(0, 15 * SECOND);
    link.handleTimeout(20 * SECOND);
    assertEquals(new SlipEvent.KeepaliveLost(), link.pollEvent());
    assertNull(link.pollEvent(), "said once");
    assertEquals(Long.MAX_VALUE, link.pollTimeout());

    link.lowerDown(21 * SECOND);
    link.lowerUp(30 * SECOND);
    assertEquals(40 * SECOND, link.pollTimeout());
    link.handleTimeout(40 * SECOND);
    assertEquals(new SlipEvent.KeepaliveLost(), link.pollEvent(), "a peer that never spoke");
  }

  @Test
  void aSleepOfManyPeriodsIsOneTick() {
    SlipLink link = up(SlipConfig.builder().keepalive(1).outfill(1).build());
    link.ends(1, 0);
    link.handleTimeout(1000 * SECOND);
    assertNull(link.pollEvent());
    assertEquals(1001 * SECOND, link.pollTimeout());
    assertTrue(link.pollTransmit(out, 1000 * SECOND));
    assertFalse(link.pollTransmit(out, 1000 * SECOND));
  }

  @Test
  void outfillFillsSilence() {
    SlipLink link = up(SlipConfig.builder().outfill(5).build());
    assertFalse(link.pollTransmit(out, 0));
    link.handleTimeout(5 * SECOND);
    assertTrue(link.pollTransmit(out, 5 * SECOND));
    assertEquals(1, out.count());
    assertEquals(0, out.length(0));
    byte[] line = new byte[SlipEncoder.maxEncodedLength(0)];
    assertEquals(1, SlipEncoder.encode(out.buffer(), 0, 0, line, 0));

    assertEquals(SlipLink.ADDED, send(link, Packets.udp(84)));
    link.handleTimeout(10 * SECOND);
    assertFalse(link.pollTransmit(out, 10 * SECOND), "a packet was sent in this period");
    link.handleTimeout(15 * SECOND);
    assertEquals(SlipLink.ADDED, send(link, Packets.udp(84)));
    assertFalse(link.pollTransmit(out, 15 * SECOND), "a packet came in between");
    link.handleTimeout(20 * SECOND);
    link.handleTimeout(25 * SECOND);
    out.clear();
    while (!out.isFull()) {
      assertTrue(out.add(new byte[1], 0, 1, 0));
    }
    assertFalse(link.pollTransmit(out, 25 * SECOND), "no room");
    out.clear();
    assertTrue(link.pollTransmit(out, 25 * SECOND));
    assertEquals(2, link.statistics().fills());
  }

  @Test
  void oneSidesOutfillFeedsTheOthersKeepalive() {
    SlipLink filler = up(SlipConfig.builder().outfill(3).build());
    SlipLink keeper = up(SlipConfig.builder().keepalive(7).build());
    for (long now = 0; now < 100 * SECOND; now += SECOND) {
      filler.handleTimeout(now);
      while (filler.pollTransmit(out, now)) {
        keeper.ends(1, now);
        out.clear();
      }
      keeper.handleTimeout(now);
      assertNull(keeper.pollEvent(), "second " + now / SECOND);
    }
  }
}
