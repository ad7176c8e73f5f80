package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import linedisc.ppp.fsm.RestartPolicy;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.ppp.wire.PppProtocol;
import linedisc.slip.FrameBatch;
import org.junit.jupiter.api.Test;

/// IPv6 over whole links: beside IPv4, alone, and against peers that want something else.
class Ipv6LinkTest {
  private static final byte[] PACKET = {0x60, 1, 2, 3};
  private static final byte[] IPV4_PACKET = {0x45, 1, 2, 3};

  private static Ipv6cpConfig.Builder ipv6cp() {
    return Ipv6cpConfig.builder();
  }

  private static PppConfig alone(Ipv6cpConfig.Builder ipv6cp) {
    return PppConfig.builder().noIpv4().ipv6cp(ipv6cp.build()).trace(true).build();
  }

  private static PppConfig both(int local, int remote) {
    return PppConfig.builder()
        .ipcp(IpcpConfig.builder().localAddress(local).remoteAddress(remote).build())
        .ipv6cp(Ipv6cpConfig.DEFAULT)
        .trace(true)
        .build();
  }

  private static LinkPair pair(Ipv6cpConfig.Builder a, Ipv6cpConfig.Builder b) {
    return new LinkPair(alone(a), alone(b));
  }

  private static void checkDown(LinkPair.End end, String why) {
    assertEquals(
        List.of(new PppEvent.NetworkDown(PppProtocol.IPV6, why)),
        end.events(PppEvent.NetworkDown.class));
    assertFalse(end.bundle.networkUp());
  }

  /// The bench's IPV6CP has sent its first request.
  private static String request(Bench bench) {
    return bench.sent().stream().filter(f -> f.startsWith("805701")).findFirst().orElseThrow();
  }

  @Test
  void comesUpBesideIpv4AndCarriesBoth() {
    LinkPair pair = new LinkPair(both(1, 2), both(2, 1)).start();
    pair.runFor(LinkPair.SECOND);
    PppEvent.Ipv6Up up = pair.a.events(PppEvent.Ipv6Up.class).getFirst();
    assertEquals(1500, up.mtu());
    assertEquals(up.local(), pair.a.bundle.localIdentifier());
    assertEquals(up.remote(), pair.a.bundle.remoteIdentifier());
    assertEquals(up.local(), pair.b.bundle.remoteIdentifier());
    assertEquals(up.remote(), pair.b.bundle.localIdentifier());
    assertNotEquals(up.local(), up.remote());
    assertEquals(1, pair.a.events(PppEvent.Ipv4Up.class).size());

    assertTrue(pair.a.send(PACKET));
    assertTrue(pair.a.send(IPV4_PACKET));
    assertTrue(pair.b.send(PACKET));
    pair.runFor(LinkPair.SECOND);
    assertEquals(2, pair.b.packets.size());
    assertArrayEquals(PACKET, pair.b.packets.getFirst());
    assertArrayEquals(IPV4_PACKET, pair.b.packets.getLast());
    assertArrayEquals(PACKET, pair.a.packets.getFirst());
  }

  @Test
  void theFrameIsProtocol0057() {
    LinkPair pair = pair(ipv6cp(), ipv6cp()).start();
    pair.runFor(LinkPair.SECOND);
    FrameBatch out = new FrameBatch(100, 4);
    assertEquals(1, pair.a.bundle.encapsulate(PACKET, 0, PACKET.length, out, pair.now));
    assertEquals(6, out.length(0));
    assertEquals(PppProtocol.IPV6, PppProtocol.read(out.buffer(), out.offset(0)));
    assertEquals(0, pair.a.bundle.encapsulate(IPV4_PACKET, 0, 4, out, pair.now), "no IPv4 here");
  }

  @Test
  void comesUpOnAnyLine() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LinkPair.Line line =
          new LinkPair.Line(
              random.nextLong(1, 2000) * LinkPair.MILLISECOND,
              random.nextDouble(0.2),
              random.nextDouble(0.2),
              random.nextBoolean() ? 0 : random.nextDouble(1e-3));
      LinkPair pair = new LinkPair("IPv6", both(1, 2), both(2, 1), line, seed).start();
      pair.runFor(600 * LinkPair.SECOND);
      String context = "seed " + seed;
      for (LinkPair.End end : List.of(pair.a, pair.b)) {
        boolean down = end.isTerminated() || !end.events(PppEvent.NetworkDown.class).isEmpty();
        assertTrue(end.bundle.localIdentifier() != 0 || down, context);
      }
      if (pair.a.bundle.localIdentifier() != 0 && pair.b.bundle.localIdentifier() != 0) {
        assertEquals(pair.a.bundle.localIdentifier(), pair.b.bundle.remoteIdentifier(), context);
        assertEquals(pair.b.bundle.localIdentifier(), pair.a.bundle.remoteIdentifier(), context);
      }
    }
  }

  /// Both ends draw the same identifier, as two devices with the same bad source would.
  @Test
  void theSameIdentifierOnBothEndsIsSortedOut() {
    for (long latency : new long[] {1, 100, 4000}) {
      LinkPair pair =
          new LinkPair(
              "collision",
              alone(ipv6cp().localIdentifier(7).acceptLocal(true)),
              alone(ipv6cp().localIdentifier(7).acceptLocal(true)),
              new LinkPair.Line(latency * LinkPair.MILLISECOND, 0, 0, 0),
              latency);
      pair.start();
      pair.runFor(100 * LinkPair.SECOND);
      assertTrue(pair.bothUp(), pair::history);
      assertNotEquals(
          pair.a.bundle.localIdentifier(), pair.b.bundle.localIdentifier(), pair::history);
      assertEquals(
          pair.a.bundle.localIdentifier(), pair.b.bundle.remoteIdentifier(), pair::history);
    }
  }

  @Test
  void twoEndsThatInsistOnTheSameIdentifierEndIpv6AndNotTheLink() {
    LinkPair pair = pair(ipv6cp().localIdentifier(7), ipv6cp().localIdentifier(7)).start();
    pair.runFor(200 * LinkPair.SECOND);
    checkDown(pair.a, "the peer refused our interface identifier");
    checkDown(pair.b, "the peer refused our interface identifier");
    assertEquals(Phase.NETWORK, pair.a.link.phase());
    assertEquals(Long.MAX_VALUE, pair.a.link.pollTimeout());
  }

  @Test
  void anEndThatAsksIsGivenOne() {
    LinkPair pair =
        pair(ipv6cp().localIdentifier(1).remoteIdentifier(2), ipv6cp().askLocal(true)).start();
    pair.runFor(LinkPair.SECOND);
    assertEquals(List.of(new PppEvent.Ipv6Up(2, 1, 1500)), pair.b.events(PppEvent.Ipv6Up.class));
    assertEquals(List.of(new PppEvent.Ipv6Up(1, 2, 1500)), pair.a.events(PppEvent.Ipv6Up.class));
  }

  @Test
  void twoEndsThatAskEachOtherHaveNoIpv6() {
    LinkPair pair = pair(ipv6cp().askLocal(true), ipv6cp().askLocal(true)).start();
    pair.runFor(100 * LinkPair.SECOND);
    checkDown(pair.a, "no local interface identifier");
    assertEquals(Phase.NETWORK, pair.a.link.phase());
  }

  @Test
  void aPeerThatWantsAnotherIdentifierThanMeantForItIsRefused() {
    LinkPair pair =
        pair(ipv6cp().localIdentifier(1).remoteIdentifier(2), ipv6cp().localIdentifier(3)).start();
    pair.runFor(100 * LinkPair.SECOND);
    checkDown(pair.a, "the peer refused its interface identifier");
    assertEquals(Phase.NETWORK, pair.a.link.phase());
    assertThrows(
        IllegalArgumentException.class,
        () -> ipv6cp().localIdentifier(2).remoteIdentifier(2).build());
  }

  @Test
  void aSilentPeerMayHaveNoIdentifier() {
    LinkPair strict = pair(ipv6cp(), ipv6cp().sendIdentifier(false)).start();
    strict.runFor(10 * LinkPair.SECOND);
    checkDown(strict.a, "the peer has no interface identifier");

    LinkPair lax = pair(ipv6cp().remoteNeeded(false), ipv6cp().sendIdentifier(false)).start();
    lax.runFor(10 * LinkPair.SECOND);
    assertTrue(lax.bothUp(), lax::history);
    assertEquals(0, lax.a.bundle.remoteIdentifier());
  }

  @Test
  void aPeerWithoutIpv6RejectsItAndTheLinkGoesOn() {
    PppConfig ipv4 = PppConfig.builder().ipcp(both(2, 1).ipcp()).trace(true).build();
    LinkPair pair = new LinkPair(both(1, 2), ipv4).start();
    pair.runFor(10 * LinkPair.SECOND);
    assertEquals(
        List.of(new PppEvent.NetworkDown(PppProtocol.IPV6, "rejected by the peer")),
        pair.a.events(PppEvent.NetworkDown.class));
    assertTrue(pair.a.bundle.networkUp());
    assertTrue(pair.a.send(IPV4_PACKET));
    assertFalse(pair.a.send(PACKET));
  }

  @Test
  void rejectionEndsALinkThatNeedsIpv6() {
    PppConfig needs =
        PppConfig.builder().ipcp(both(1, 2).ipcp()).ipv6cp(ipv6cp().required(true).build()).build();
    PppConfig ipv4 = PppConfig.builder().ipcp(both(2, 1).ipcp()).build();
    LinkPair pair = new LinkPair(needs, ipv4).start();
    pair.runFor(10 * LinkPair.SECOND);
    assertEquals(
        new TerminationReason.NetworkFailed("IPV6CP", "rejected by the peer"),
        pair.a.terminationReason());
  }

  @Test
  void aPeerThatSaysNothingIsGivenUpAfterMaxConfigure() {
    Bench bench = new Bench(alone(ipv6cp().restart(RestartPolicy.DEFAULT.withMaxConfigure(3))));
    bench.openLcp();
    bench.events();
    for (int i = 0; i < 3; i++) {
      bench.timeout();
      bench.sent();
    }
    assertEquals(
        List.of(new PppEvent.NetworkDown(PppProtocol.IPV6, "no answer from the peer")),
        bench.events());
    assertEquals(Long.MAX_VALUE, bench.link.pollTimeout());
    bench.receive("8057 0101 000e 010a 0000000000000005");
    bench.acknowledge(request(bench));
    assertEquals(5, bench.bundle.remoteIdentifier(), "the peer has begun after all");
  }

  @Test
  void compressionOfIpv6HeadersIsRejected() {
    Bench bench = new Bench(alone(ipv6cp())).openLcp();
    bench.sent();
    bench.receive("8057 0101 0012 0204004f 010a 0000000000000005");
    assertEquals("8057040100080204004f", bench.sentOne());
  }

  @Test
  void thePeerEndsIpv6AndBeginsItAgain() {
    LinkPair pair = new LinkPair(both(1, 2), both(2, 1)).start();
    pair.runFor(LinkPair.SECOND);
    long local = pair.a.bundle.localIdentifier();
    pair.a.link.receive(
        new byte[] {(byte) 0x80, 0x57, 5, 9, 0, 4}, 0, 6, false, pair.now, (b, o, l) -> {});
    pair.a.flush();
    assertEquals(0, pair.a.bundle.localIdentifier());
    assertTrue(pair.a.bundle.networkUp(), "IPv4 stays");
    assertFalse(pair.a.send(PACKET));
    pair.runFor(LinkPair.SECOND);
    assertEquals(
        List.of(new PppEvent.NetworkDown(PppProtocol.IPV6, "IPV6CP is down")),
        pair.a.events(PppEvent.NetworkDown.class));
    byte[] request = {(byte) 0x80, 0x57, 1, 9, 0, 14, 1, 10, 0, 0, 0, 0, 0, 0, 0, 3};
    pair.a.link.receive(request, 0, request.length, false, pair.now, (b, o, l) -> {});
    pair.a.flush();
    pair.runFor(10 * LinkPair.SECOND);
    assertEquals(local, pair.a.bundle.localIdentifier(), "the address stays the same");
  }

  @Test
  void packetsBeforeIpv6IsUpAreDropped() {
    Bench bench = new Bench(alone(ipv6cp())).openLcp();
    bench.receive("0057 60000000");
    assertEquals(1, bench.bundle.statistics().notUp());
    assertEquals(List.of(), bench.packets);
    bench.link.lowerDown(bench.now);
    assertEquals(0, bench.bundle.localIdentifier());
  }
}
