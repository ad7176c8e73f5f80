package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.slip.FrameBatch;
import linedisc.slip.PacketSink;
import org.junit.jupiter.api.Test;

/// The network side of a link: its control protocols, and packets.
class PppBundleTest {
  @Test
  void aRejectedNetworkProtocolGoesDownAloneAndCanComeBack() {
    Bench bench = new Bench().openIpcp();
    bench.receive("c021 0801 000a 8021 01010004");
    assertEquals(List.of(new PppEvent.NetworkDown(0x0021, "IPCP is down")), bench.events());
    assertEquals(List.of(), bench.sent());
    assertEquals(Phase.NETWORK, bench.link.phase());
    assertEquals(Long.MAX_VALUE, bench.link.pollTimeout());
    bench.receive("8021 0105 000a 03060a000002");
    bench.acknowledge(
        bench.sent().stream().filter(f -> f.startsWith("802101")).findFirst().orElseThrow());
    assertTrue(bench.bundle.networkUp());
  }

  @Test
  void aNetworkThatFailsIsReportedOnceInEachSession() {
    Bench bench = new Bench(PppConfig.DEFAULT);
    for (int session = 1; session <= 3; session++) {
      bench.openLcp();
      bench.receive("c021 0801 000a 8021 01010004");
      bench.receive("c021 0802 000a 8021 01010004");
      bench.link.lowerDown(bench.now);
      assertEquals(
          1,
          bench.events().stream().filter(PppEvent.NetworkDown.class::isInstance).count(),
          "session " + session);
    }
  }

  @Test
  void theCallerIsAskedForThePeersAddress() {
    PppConfig config =
        PppConfig.builder()
            .ipcp(IpcpConfig.builder().localAddress(0x0a000001).remoteOnDemand(true).build())
            .build();
    Bench bench = new Bench(config).openLcp();
    assertTrue(bench.events().contains(new PppEvent.Needed(new PppEvent.Need.PeerAddress())));
    // A peer that is faster than the answer loses no time.
    bench.receive("8021 0101 000a 030600000000");
    bench.receive("8021 0102 000a 030600000000");
    assertEquals(List.of(), bench.sent());
    bench.link.supplyPeerAddress(0x0a000063, bench.now);
    List<String> sent = bench.sent();
    assertEquals("80210101000a03060a000001", sent.get(0));
    assertEquals("80210302000a03060a000063", sent.get(1));
    bench.link.supplyPeerAddress(0x0a000064, bench.now);
    assertEquals(List.of(), bench.sent());
  }

  @Test
  void anAnswerThatComesAfterTheLinkIsForgotten() {
    PppConfig config =
        PppConfig.builder()
            .ipcp(IpcpConfig.builder().localAddress(1).remoteOnDemand(true).build())
            .build();
    Bench bench = new Bench(config).openLcp();
    bench.link.lowerDown(bench.now);
    bench.link.supplyPeerAddress(2, bench.now);
    assertEquals(List.of(), bench.sent());
  }

  @Test
  void closingIpcpLeavesTheLink() {
    Bench bench = new Bench().openIpcp();
    bench.receive("8021 0507 0004");
    assertEquals("802106070004", bench.sentOne());
    bench.timeout();
    assertEquals(Phase.NETWORK, bench.link.phase());
    assertEquals(List.of(new PppEvent.NetworkDown(0x0021, "IPCP is down")), bench.events());
    assertEquals(Long.MAX_VALUE, bench.link.pollTimeout());
  }

  @Test
  void aRequiredProtocolTakesTheLinkWithIt() {
    PppConfig config =
        PppConfig.builder()
            .ipcp(IpcpConfig.builder().localAddress(1).required(true).build())
            .build();
    Bench bench = new Bench(config).openLcp();
    bench.receive("c021 0801 000a 8021 01010004");
    assertEquals(Phase.TERMINATE, bench.link.phase());
    String terminate = bench.sent().getLast();
    bench.receive("c02106" + terminate.substring(6, 8) + "0004");
    assertTrue(
        bench
            .events()
            .contains(
                new PppEvent.Terminated(
                    new TerminationReason.NetworkFailed("IPCP", "rejected by the peer"))));
  }

  @Test
  void aLinkEndsWithItsLastNetworkProtocolIfItIsWanted() {
    PppConfig config =
        PppConfig.builder()
            .ipcp(IpcpConfig.builder().localAddress(1).build())
            .ipv6cp(Ipv6cpConfig.builder().localIdentifier(1).build())
            .networkRequired(true)
            .build();
    Bench bench = new Bench(config).openLcp();
    bench.receive("c021 0801 000a 8021 01010004");
    assertEquals(Phase.NETWORK, bench.link.phase());
    bench.receive("c021 0802 000a 8057 01010004");
    assertEndsWithoutNetwork(bench, 10);
  }

  @Test
  void aLinkEndsWhenThePeerHasClosedItsNetworkProtocol() {
    PppConfig config =
        PppConfig.builder()
            .ipcp(IpcpConfig.builder().localAddress(0x0A000001).remoteAddress(0x0A000002).build())
            .networkRequired(true)
            .build();
    Bench bench = new Bench(config).openIpcp();
    bench.receive("8021 0507 0004");
    bench.timeout();
    assertEndsWithoutNetwork(bench, 0);
  }

  @Test
  void aLinkWithoutNetworkProtocolsEndsIfOneIsWanted() {
    Bench bench = new Bench(PppConfig.builder().noIpv4().networkRequired(true).build());
    bench.establish();
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0004");
    assertEndsWithoutNetwork(bench, 10);
  }

  private static void assertEndsWithoutNetwork(Bench bench, int status) {
    assertEquals(Phase.TERMINATE, bench.link.phase());
    String terminate = bench.sent().getLast();
    assertTrue(
        terminate.startsWith("c02105")
            && terminate.endsWith(
                Bench.HEX.formatHex(
                    "No network protocols running".getBytes(StandardCharsets.US_ASCII))),
        terminate);
    bench.receive("c02106" + terminate.substring(6, 8) + "0004");
    PppEvent last = bench.events().getLast();
    assertTrue(
        last instanceof PppEvent.Terminated(TerminationReason.NoNetwork reason)
            && reason.exitCode() == status,
        last.toString());
  }

  @Test
  void withoutAnAddressOfOurOwnIpcpCloses() {
    Bench bench = new Bench(PppConfig.DEFAULT).openLcp();
    // The peer rejects our question and has an address of its own.
    bench.receive("8021 0401 000a 030600000000");
    bench.receive("8021 0101 000a 03060a000002");
    bench.receive("8021 0202 0004");
    assertFalse(bench.bundle.networkUp());
    assertTrue(bench.sent().getLast().startsWith("80210503"));
    assertTrue(bench.events().contains(new PppEvent.NetworkDown(0x0021, "no local IP address")));
  }

  @Test
  void tellsTheNameServersThatThePeerHasGiven() {
    IpcpConfig asks = IpcpConfig.builder().localAddress(1).askDns(true).askNbns(true).build();
    Bench bench = new Bench(PppConfig.builder().ipcp(asks).build()).openLcp();
    bench.sent();
    bench.receive("8021 0301 001c 8106 00000005 8206 00000006 8306 00000007 8406 00000008");
    bench.acknowledge(bench.sentOne());
    bench.receive("8021 0101 000a 0306 00000002");
    for (PppEvent event : bench.events()) {
      if (event instanceof PppEvent.Ipv4Up up) {
        assertEquals(List.of(5, 7), up.dns());
        assertEquals(List.of(6, 8), up.nbns());
        return;
      }
    }
    throw new AssertionError(bench.events);
  }

  @Test
  void packetsGoInAndOut() {
    Bench bench = new Bench().openIpcp();
    byte[] packet = Bench.HEX.parseHex("450000140000000040000000" + "0a0000010a000002");
    FrameBatch out = new FrameBatch(60, 10);
    assertEquals(1, bench.bundle.encapsulate(packet, 0, packet.length, out, bench.now));
    assertEquals(
        "0021" + Bench.HEX.formatHex(packet),
        Bench.HEX.formatHex(out.buffer(), out.offset(0), out.offset(0) + out.length(0)));
    assertEquals(0, out.mark(0));
    assertEquals(1, bench.bundle.encapsulate(packet, 0, packet.length, out, bench.now));
    assertEquals(-1, bench.bundle.encapsulate(packet, 0, packet.length, out, bench.now));
    packet[0] = 0x60;
    out.clear();
    assertEquals(0, bench.bundle.encapsulate(packet, 0, packet.length, out, bench.now));
    assertEquals(0, bench.bundle.encapsulate(packet, 0, 0, out, bench.now));
    assertEquals(0, bench.bundle.encapsulate(new byte[1501], 0, 1501, out, bench.now));
    assertEquals(0, out.count());

    bench.receive("0021 45aabb");
    assertArrayEquals(Bench.HEX.parseHex("45aabb"), bench.packets.getFirst());
    BundleStatistics statistics = bench.bundle.statistics();
    assertEquals(1, statistics.packetsReceived());
    assertEquals(3, statistics.octetsReceived());
    assertEquals(2, statistics.packetsSent());
    assertEquals(40, statistics.octetsSent());
    assertEquals(3, statistics.notUp());
  }

  @Test
  void packetsCostNoMemory() {
    Bench bench = new Bench().openIpcp();
    byte[] packet = new byte[1000];
    packet[0] = 0x45;
    byte[] frame = new byte[1002];
    frame[1] = 0x21;
    FrameBatch out = new FrameBatch(2000, 1);
    PacketSink sink = (buffer, offset, length) -> {};
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        out.clear();
        bench.bundle.encapsulate(packet, 0, packet.length, out, bench.now);
        bench.link.receive(frame, 0, frame.length, false, bench.now, sink);
        bench.link.pollTransmit(out, bench.now);
        bench.link.pollTimeout();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(least < 1000, least + " octets for 1000 packets each way");
    assertEquals(20_000, bench.bundle.statistics().packetsReceived());
  }

  @Test
  void packetsLongerThanThePeerTakesAreDropped() {
    Bench bench = new Bench();
    bench.establish();
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0008 01040100");
    bench.acknowledge(
        bench.sent().stream().filter(f -> f.startsWith("802101")).findFirst().orElseThrow());
    bench.receive("8021 0101 000a 03060a000002");
    FrameBatch out = new FrameBatch(3000, 10);
    byte[] packet = new byte[257];
    packet[0] = 0x45;
    assertEquals(1, bench.bundle.encapsulate(packet, 0, 256, out, bench.now));
    assertEquals(0, bench.bundle.encapsulate(packet, 0, 257, out, bench.now));
    assertEquals(1, bench.bundle.statistics().tooLong());
    assertInstanceOf(
        PppEvent.Ipv4Up.class,
        bench.events().stream()
            .filter(e -> e instanceof PppEvent.Ipv4Up up && up.mtu() == 256)
            .findFirst()
            .orElseThrow());
  }

  @Test
  void packetsBeforeIpcpIsOpenedAreDropped() {
    Bench bench = new Bench().openLcp();
    bench.sent();
    bench.receive("0021 45aabb");
    assertEquals(List.of(), bench.packets);
    assertEquals(List.of(), bench.sent());
    assertEquals(1, bench.bundle.statistics().notUp());
  }

  @Test
  void aClosedNetworkLetsTheLinkSayGoodbye() {
    Bench bench = new Bench().openIpcp();
    bench.bundle.closeNetwork(bench.now);
    assertFalse(bench.bundle.networkUp());
    assertEquals(Long.MAX_VALUE, bench.link.pollTimeout());
    bench.receive("0021 45aabb");
    bench.receive("8021 0105 000a 03060a000002");
    assertEquals(List.of(), bench.packets);
    assertEquals(List.of(), bench.sent());
    bench.link.close(new TerminationReason.InterfaceGone(), bench.now);
    String terminate = bench.sentOne();
    assertEquals("c0210502" + "0012" + "496e7465726661636520676f6e65", terminate, "Interface gone");
    bench.receive("c021 0602 0004");
    assertTrue(
        bench.events().contains(new PppEvent.Terminated(new TerminationReason.InterfaceGone())));
    // A new session on the line brings no network up.
    bench.link.open(bench.now);
    assertNull(bench.sent().stream().filter(f -> f.startsWith("8021")).findFirst().orElse(null));
  }
}
