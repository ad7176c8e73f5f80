package linedisc.ppp;

import static linedisc.ppp.SeededRuns.runAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import linedisc.ppp.fsm.RestartPolicy;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.lcp.LcpConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two ends with random configurations on a random line: whatever they want, they agree or say why
/// not, and never go on talking for ever.
class RandomLinksTest {
  private static final int ON_DEMAND = 0x0a0a0a0a;

  @Test
  void goodLinesEndInWhatTheConfigurationsSay() {
    runAll(0, 1500, RandomLinksTest::goodLine);
  }

  @Test
  void badLinesEndInAgreementOrInAReason() {
    runAll(0, 800, RandomLinksTest::badLine);
  }

  @Test
  @Tag("slow")
  void manyGoodLines() {
    runAll(1500, 30_000, RandomLinksTest::goodLine);
  }

  @Test
  @Tag("slow")
  void manyBadLines() {
    runAll(800, 20_000, RandomLinksTest::badLine);
  }

  private static void goodLine(int seed, boolean trace) {
    SplittableRandom random = new SplittableRandom(seed);
    PppConfig a = config(random, 0x0a000001, 0x0a000002, trace);
    PppConfig b = config(random, 0x0a000002, 0x0a000001, trace);
    LinkPair.Line line =
        new LinkPair.Line(random.nextLong(1, 6000) * LinkPair.MILLISECOND, 0, 0, 0);
    LinkPair pair = new LinkPair("good line", a, b, line, seed).start();
    pair.runFor(400 * LinkPair.SECOND);
    Supplier<String> context = () -> "seed " + seed + "\n" + a + "\n" + b + "\n" + pair.history();

    if (a.lcp().restart().silent() && b.lcp().restart().silent()) {
      assertEquals(Phase.ESTABLISH, pair.a.link.phase(), context);
      return;
    }
    assertEquals(Phase.NETWORK, pair.a.link.phase(), context);
    assertEquals(Phase.NETWORK, pair.b.link.phase(), context);
    checkFraming(pair.a, a, pair.b, b, context);
    checkFraming(pair.b, b, pair.a, a, context);

    IpcpConfig ipcpA = ipcp(a);
    IpcpConfig ipcpB = ipcp(b);
    int localA = localAddress(ipcpA, ipcpB);
    int localB = localAddress(ipcpB, ipcpA);
    if (localA == 0 || localB == 0) {
      assertFalse(pair.a.bundle.networkUp(), context);
      assertFalse(pair.b.bundle.networkUp(), context);
    } else {
      assertTrue(pair.bothUp(), context);
      assertEquals(localA, pair.a.bundle.localAddress(), context);
      assertEquals(localB, pair.b.bundle.localAddress(), context);
      assertEquals(remoteAddress(ipcpA, ipcpB, localB), pair.a.bundle.remoteAddress(), context);
      assertEquals(remoteAddress(ipcpB, ipcpA, localA), pair.b.bundle.remoteAddress(), context);
      checkTraffic(pair, context);
    }
    checkGoodbye(pair, context);
  }

  private static void badLine(int seed, boolean trace) {
    SplittableRandom random = new SplittableRandom(seed);
    PppConfig a = config(random, 0x0a000001, 0x0a000002, trace);
    PppConfig b = config(random, 0x0a000002, 0x0a000001, trace);
    LinkPair.Line line =
        new LinkPair.Line(
            random.nextLong(1, 4000) * LinkPair.MILLISECOND,
            random.nextDouble(0.3),
            random.nextDouble(0.3),
            random.nextBoolean() ? 0 : random.nextDouble(2e-3));
    LinkPair pair = new LinkPair("bad line", a, b, line, seed).start();
    pair.runFor(2000 * LinkPair.SECOND);
    Supplier<String> context =
        () -> "seed " + seed + "\n" + a + "\n" + b + "\n" + line + "\n" + pair.history();
    for (LinkPair.End end : List.of(pair.a, pair.b)) {
      switch (end.link.phase()) {
        case NETWORK -> checkNetwork(end, context);
        case TERMINATE -> assertTrue(end.isTerminated(), context);
        case ESTABLISH -> {
          // Only an end that waits for its peer may still be here.
          RestartPolicy policy = (end == pair.a ? a : b).lcp().restart();
          assertTrue(policy.silent() || policy.passive(), context);
          assertEquals(Long.MAX_VALUE, end.link.pollTimeout(), context);
        }
        case DEAD, AUTHENTICATE -> throw new AssertionError(context.get());
      }
    }
  }

  /// IPCP is up, or has said that it is not.
  private static void checkNetwork(LinkPair.End end, Supplier<String> context) {
    if (!end.bundle.networkUp()) {
      PppEvent last =
          end.events.stream()
              .filter(e -> e instanceof PppEvent.NetworkDown || e instanceof PppEvent.Ipv4Up)
              .reduce((first, second) -> second)
              .orElseThrow(() -> new AssertionError(context.get()));
      assertTrue(last instanceof PppEvent.NetworkDown, context);
    }
  }

  private static void checkFraming(
      LinkPair.End end,
      PppConfig own,
      LinkPair.End peer,
      PppConfig peers,
      Supplier<String> context) {
    LcpConfig ours = own.lcp();
    LcpConfig theirs = peers.lcp();
    int receive = peer.link.framing().receiveMap();
    assertEquals(receive, receive & end.link.framing().sendMap().accm(), context);
    boolean mru = ours.negotiateMru() && theirs.negotiateMru();
    assertEquals(
        Math.min(mru ? theirs.mru() : 1500, ours.mtu()), end.link.framing().mru(), context);
    assertEquals(
        ours.protocolCompression() && theirs.protocolCompression(),
        end.link.framing().protocolCompression(),
        context);
    assertEquals(
        ours.addressControlCompression() && theirs.addressControlCompression(),
        end.link.framing().addressControlCompression(),
        context);
  }

  private static IpcpConfig ipcp(PppConfig config) {
    IpcpConfig ipcp = config.ipcp();
    if (ipcp == null) {
      throw new AssertionError();
    }
    return ipcp;
  }

  /// The address that an end must come to have, 0 if it cannot have one.
  private static int localAddress(IpcpConfig own, IpcpConfig peers) {
    int wish = own.localAddress();
    int granted = wanted(peers);
    if (!own.sendAddress() || granted == 0 || wish == granted) {
      return wish;
    }
    if (wish != 0 && peers.acceptRemote()) {
      return wish;
    }
    return wish == 0 || own.acceptLocal() ? granted : 0;
  }

  /// The address that an end must believe its peer to have.
  private static int remoteAddress(IpcpConfig own, IpcpConfig peers, int peersLocal) {
    int told = peers.sendAddress() ? peersLocal : wanted(own);
    return told != 0 ? told : own.remoteStandIn();
  }

  private static int wanted(IpcpConfig config) {
    return config.remoteOnDemand() ? ON_DEMAND : config.remoteAddress();
  }

  private static void checkTraffic(LinkPair pair, Supplier<String> context) {
    byte[] packet = new byte[100];
    packet[0] = 0x45;
    assertTrue(pair.a.send(packet), context);
    assertTrue(pair.b.send(packet), context);
    pair.runFor(10 * LinkPair.SECOND);
    assertEquals(1, pair.a.packets.size(), context);
    assertEquals(1, pair.b.packets.size(), context);
  }

  private static void checkGoodbye(LinkPair pair, Supplier<String> context) {
    pair.a.link.close(new TerminationReason.UserRequest(), pair.now);
    pair.a.flush();
    pair.runFor(100 * LinkPair.SECOND);
    assertEquals(new TerminationReason.UserRequest(), pair.a.terminationReason(), context);
    assertTrue(pair.b.terminationReason() instanceof TerminationReason.PeerRequest, context);
    assertEquals(Long.MAX_VALUE, pair.a.link.pollTimeout(), context);
    assertEquals(Long.MAX_VALUE, pair.b.link.pollTimeout(), context);
  }

  private static PppConfig config(SplittableRandom random, int local, int remote, boolean trace) {
    RestartPolicy restart =
        RestartPolicy.DEFAULT
            .withSilent(random.nextInt(4) == 0)
            .withPassive(random.nextInt(4) == 0)
            .withMaxFailure(random.nextInt(1, 8));
    LcpConfig lcp =
        LcpConfig.builder()
            .mru(random.nextBoolean() ? 1500 : random.nextInt(128, 16385))
            .negotiateMru(random.nextInt(4) != 0)
            .mtu(random.nextBoolean() ? 1500 : random.nextInt(128, 16385))
            .accm(random.nextBoolean() ? 0 : random.nextInt())
            .negotiateAccm(random.nextInt(4) != 0)
            .escapes(random.nextBoolean() ? List.of() : List.of(0x11, 0x13, 0xff))
            .magicNumber(random.nextInt(4) != 0)
            .protocolCompression(random.nextBoolean())
            .addressControlCompression(random.nextBoolean())
            .restart(restart)
            .echoInterval(random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(30))
            .echoAdaptive(random.nextBoolean())
            .identification(random.nextBoolean() ? "" : "linedisc")
            .build();
    IpcpConfig ipcp =
        IpcpConfig.builder()
            .localAddress(random.nextInt(3) == 0 ? 0 : local)
            .remoteAddress(random.nextInt(3) == 0 ? 0 : random.nextInt(4) == 0 ? 99 : remote)
            .remoteOnDemand(random.nextInt(4) == 0)
            .acceptLocal(random.nextBoolean())
            .acceptRemote(random.nextBoolean())
            .sendAddress(random.nextInt(4) != 0)
            .askRemote(random.nextBoolean())
            .remoteStandIn(random.nextBoolean() ? 0 : 0x0a404040)
            .offeredDns(random.nextBoolean() ? List.of() : List.of(1, 2))
            .offeredNbns(random.nextBoolean() ? List.of() : List.of(3))
            .askDns(random.nextBoolean())
            .askNbns(random.nextBoolean())
            .build();
    return PppConfig.builder().lcp(lcp).ipcp(ipcp).trace(trace).build();
  }
}
