package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import linedisc.ppp.ccp.Allocation;
import linedisc.ppp.ipcp.IpCompressionOption.Reception;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.wire.PppProtocol;
import linedisc.slip.FrameBatch;
import linedisc.slip.PacketSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Van Jacobson headers on a link (RFC 1332 section 4).
class LinkVjTest {
  private static PppConfig config(boolean server, int slots, boolean compressSlotId) {
    IpcpConfig.Builder ipcp = IpcpConfig.builder().vjSlots(slots).vjCompressSlotId(compressSlotId);
    if (server) {
      ipcp.localAddress(0x0a000001).remoteAddress(0x0a000002);
    }
    return PppConfig.builder().ipcp(ipcp.build()).trace(true).build();
  }

  private static LinkPair pair(PppConfig a, PppConfig b) {
    LinkPair pair = new LinkPair(a, b).start();
    pair.runUntil(pair::bothUp, 60 * LinkPair.SECOND);
    return pair;
  }

  private static void send(LinkPair pair, List<byte[]> packets) {
    for (byte[] packet : packets) {
      assertTrue(pair.a.send(packet));
    }
    pair.runFor(LinkPair.SECOND);
  }

  private static List<byte[]> packets(int connections, int count) {
    TcpPackets tcp = new TcpPackets(connections);
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      packets.add(tcp.next(i % connections, 10 + i));
    }
    return packets;
  }

  private static void assertArrived(List<byte[]> sent, List<byte[]> received) {
    assertEquals(sent.size(), received.size());
    for (int i = 0; i < sent.size(); i++) {
      assertArrayEquals(sent.get(i), received.get(i), "packet " + i);
    }
  }

  @Test
  void headersAreCompressed() {
    LinkPair pair = pair(config(true, 16, true), config(false, 16, true));
    PppEvent.Ipv4Up up = pair.a.events(PppEvent.Ipv4Up.class).getFirst();
    assertEquals(new Reception(16, true), up.sendsVj());
    assertEquals(new Reception(16, true), up.receivesVj());
    List<byte[]> packets = packets(3, 30);
    send(pair, packets);
    assertArrived(packets, pair.b.packets);
    TcpPackets tcp = new TcpPackets(1);
    assertEquals(0x2f, firstProtocol(pair, tcp.next(0, 10)));
    assertEquals(0x2d, firstProtocol(pair, tcp.next(0, 10)));
  }

  private static int firstProtocol(LinkPair pair, byte[] packet) {
    FrameBatch out = new FrameBatch(2000, 1);
    assertEquals(1, pair.a.bundle.encapsulate(packet, 0, packet.length, out, pair.now));
    return PppProtocol.read(out.buffer(), out.offset(0));
  }

  /// 1 to 256 slots are what the field can say; more connections than slots only cost headers.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 255, 256})
  void eachEndKeepsToTheSlotsOfTheOther(int slots) {
    LinkPair pair = pair(config(true, 256, true), config(false, slots, false));
    PppEvent.Ipv4Up up = pair.a.events(PppEvent.Ipv4Up.class).getFirst();
    assertEquals(new Reception(slots, false), up.sendsVj());
    assertEquals(new Reception(256, true), up.receivesVj());
    List<byte[]> packets = packets(20, 200);
    send(pair, packets);
    assertArrived(packets, pair.b.packets);
  }

  @Test
  void oneEndMayDoWithout() {
    LinkPair pair = pair(config(true, 16, true), config(false, 0, true));
    PppEvent.Ipv4Up up = pair.a.events(PppEvent.Ipv4Up.class).getFirst();
    assertEquals(Reception.NONE, up.sendsVj());
    List<byte[]> packets = packets(2, 10);
    send(pair, packets);
    assertArrived(packets, pair.b.packets);
  }

  /// A link whose peer takes compressed headers.
  private static Bench bench() {
    Bench bench = new Bench(config(true, 16, true));
    bench.establish();
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0004");
    bench.acknowledge(
        bench.sent().stream().filter(f -> f.startsWith("802101")).findFirst().orElseThrow());
    bench.receive("8021 0101 0010 0206002d0f01 03060a000002");
    return bench;
  }

  @Test
  void afterALossPacketsWithoutASlotAreTossed() {
    Bench bench = bench();
    TcpPackets tcp = new TcpPackets(1);
    FrameBatch frames = new FrameBatch(10_000, 10);
    for (int i = 0; i < 5; i++) {
      byte[] packet = tcp.next(0, 20);
      assertEquals(1, bench.bundle.encapsulate(packet, 0, packet.length, frames, bench.now));
    }
    for (int i = 0; i < 4; i++) {
      receive(bench, frames, i, false);
    }
    assertEquals(4, bench.packets.size());
    receive(bench, frames, 4, true);
    assertEquals(4, bench.packets.size());
    assertEquals(1, bench.bundle.statistics().undecodable());
  }

  private static void receive(Bench bench, FrameBatch frames, int index, boolean afterLoss) {
    byte[] frame = new byte[frames.length(index)];
    System.arraycopy(frames.buffer(), frames.offset(index), frame, 0, frame.length);
    bench.receive(frame, afterLoss);
  }

  @Test
  void compressedHeadersThatWereNotAgreedOnAreDropped() {
    Bench bench = new Bench().openIpcp();
    bench.receive("002d 0102030405");
    bench.receive("002f 4500");
    assertEquals(List.of(), bench.packets);
    assertEquals(2, bench.bundle.statistics().undecodable());
    assertEquals(List.of(), bench.sent());
  }

  @Test
  void aPeerThatRejectsACompressedHeaderStillGetsIpv4() {
    Bench bench = bench();
    bench.receive("c021 0803 0008 002f 4500");
    assertTrue(bench.bundle.networkUp());
    FrameBatch out = new FrameBatch(2000, 1);
    byte[] packet = new TcpPackets(1).next(0, 10);
    assertEquals(1, bench.bundle.encapsulate(packet, 0, packet.length, out, bench.now));
    assertEquals(0x21, out.buffer()[out.offset(0) + 1]);
  }

  @Test
  void packetsAllocateNothing() {
    LinkPair pair = pair(config(true, 16, true), config(false, 16, true));
    TcpPackets tcp = new TcpPackets(1);
    byte[] first = tcp.next(0, 100);
    byte[] second = tcp.next(0, 100);
    FrameBatch out = new FrameBatch(4000, 2);
    long[] octets = new long[1];
    PacketSink sink = (buffer, offset, length) -> octets[0] += length;
    Runnable exchange =
        () -> {
          out.clear();
          pair.a.bundle.encapsulate(first, 0, first.length, out, pair.now);
          pair.a.bundle.encapsulate(second, 0, second.length, out, pair.now);
          for (int i = 0; i < out.count(); i++) {
            pair.b.link.receive(out.buffer(), out.offset(i), out.length(i), false, pair.now, sink);
          }
        };
    assertEquals(0, Allocation.of(exchange));
    assertTrue(octets[0] > 0);
  }
}
