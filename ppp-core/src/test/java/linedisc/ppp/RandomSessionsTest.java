package linedisc.ppp;

import static linedisc.ppp.SeededRuns.runAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.ccp.CcpConfig;
import linedisc.ppp.ccp.MppeMode;
import linedisc.ppp.ccp.MppeStrength;
import linedisc.ppp.fsm.RestartPolicy;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.ppp.lcp.LcpConfig;
import linedisc.ppp.wire.PppProtocol;
import linedisc.slip.FrameBatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whole sessions of two ends that prove who they are, encrypt, compress and assign addresses as
/// chance has it: each ends in what both can have, or in the reason why not, and never goes on
/// talking for ever.
class RandomSessionsTest {
  private static final long GOOD_RUN = 300 * LinkPair.SECOND;
  private static final long BAD_RUN = 1500 * LinkPair.SECOND;

  /// Many times what the timers and counters of the RFCs allow in a run.
  private static final long MOST_PACKETS = 700;

  private static final Set<AuthMethod> YIELDING_KEYS =
      EnumSet.of(AuthMethod.MS_CHAP, AuthMethod.MS_CHAP_V2, AuthMethod.EAP);

  @Test
  void goodLinesEndInWhatBothCanHave() {
    runAll(0, 1000, RandomSessionsTest::goodLine);
  }

  @Test
  void badLinesEndInAgreementOrInAReason() {
    runAll(0, 400, RandomSessionsTest::badLine);
  }

  @Test
  @Tag("slow")
  void manyGoodLines() {
    runAll(1000, 20_000, RandomSessionsTest::goodLine);
  }

  @Test
  @Tag("slow")
  void manyBadLines() {
    runAll(400, 10_000, RandomSessionsTest::badLine);
  }

  private static void goodLine(int seed, boolean trace) {
    SplittableRandom random = new SplittableRandom(seed);
    PppConfig a = config(random, true, trace);
    PppConfig b = config(random, false, trace);
    LinkPair.Line line =
        new LinkPair.Line(random.nextLong(1, 2500) * LinkPair.MILLISECOND, 0, 0, 0);
    LinkPair pair = new LinkPair("good line", a, b, line, seed);
    secrets(random, pair.a);
    secrets(random, pair.b);
    pair.start().runFor(GOOD_RUN);
    Supplier<String> context = () -> "seed " + seed + "\n" + a + "\n" + b + "\n" + pair.history();
    checkPackets(pair, context);

    boolean proved = proves(a, b, pair.a, pair.b) && proves(b, a, pair.b, pair.a);
    if (!proved) {
      // An end that can't have keys gives up as early as one that refuses its peer.
      checkFailure(
          pair,
          List.of(
              TerminationReason.AuthenticationFailed.class,
              TerminationReason.EncryptionFailed.class),
          context);
    } else if ((requires(a) || requires(b)) && !canEncrypt(a, b, pair)) {
      checkFailure(pair, List.of(TerminationReason.EncryptionFailed.class), context);
    } else {
      assertTrue(pair.bothUp(), context);
      checkTraffic(pair, requires(a), context);
      if (random.nextBoolean()) {
        renegotiate(pair, context);
        checkTraffic(pair, requires(a), context);
      }
      pair.a.link.close(new TerminationReason.UserRequest(), pair.now);
      pair.a.flush();
      pair.runFor(100 * LinkPair.SECOND);
      assertEquals(new TerminationReason.UserRequest(), pair.a.terminationReason(), context);
    }
    assertTrue(pair.a.isTerminated() && pair.b.isTerminated(), context);
    assertEquals(Long.MAX_VALUE, pair.a.link.pollTimeout(), context);
    assertEquals(Long.MAX_VALUE, pair.b.link.pollTimeout(), context);
  }

  /// All that was agreed on goes, and comes back.
  private static void renegotiate(LinkPair pair, Supplier<String> context) {
    pair.a.link.renegotiate(pair.now);
    pair.a.flush();
    assertFalse(pair.a.bundle.networkUp(), context);
    pair.runFor(GOOD_RUN);
    assertTrue(pair.bothUp(), context);
    checkPackets(pair, context);
  }

  private static void secrets(SplittableRandom random, LinkPair.End end) {
    switch (random.nextInt(12)) {
      case 0 -> end.ourSecret = "guess";
      case 1 -> end.ourSecret = null;
      case 2 -> end.peersSecret = null;
      default -> {}
    }
  }

  /// Whether one end can meet the demands of the other.
  private static boolean proves(
      PppConfig demanding, PppConfig proving, LinkPair.End judge, LinkPair.End prover) {
    return demanding.auth().demanded().isEmpty()
        || (common(demanding, proving)
            && "secret".equals(prover.ourSecret)
            && "secret".equals(judge.peersSecret));
  }

  private static boolean common(PppConfig demanding, PppConfig proving) {
    return demanding.auth().demanded().stream().anyMatch(proving.auth().accepted()::contains);
  }

  private static boolean requires(PppConfig config) {
    return config.ccp() != null && config.ccp().requiresMppe();
  }

  private static boolean canEncrypt(PppConfig a, PppConfig b, LinkPair pair) {
    Set<MppeStrength> common = EnumSet.noneOf(MppeStrength.class);
    common.addAll(strengths(a));
    common.retainAll(strengths(b));
    long proofsWithKeys =
        pair.a.events(PppEvent.Authenticated.class).stream()
            .filter(proof -> YIELDING_KEYS.contains(proof.method()))
            .count();
    return proofsWithKeys == 1 && !common.isEmpty();
  }

  private static Set<MppeStrength> strengths(PppConfig config) {
    CcpConfig.Mppe mppe = config.ccp() == null ? null : config.ccp().mppe();
    return mppe == null ? Set.of() : mppe.strengths();
  }

  /// Both ends have ended without having carried anything, one for this reason or both, which may
  /// also have been the other's.
  private static void checkFailure(
      LinkPair pair, List<Class<? extends TerminationReason>> reasons, Supplier<String> context) {
    assertFalse(pair.a.bundle.networkUp() || pair.b.bundle.networkUp(), context);
    assertTrue(pair.a.isTerminated() && pair.b.isTerminated(), context);
    int given = 0;
    for (LinkPair.End end : List.of(pair.a, pair.b)) {
      TerminationReason reason = end.terminationReason();
      if (reasons.stream().anyMatch(r -> r.isInstance(reason))) {
        given++;
      } else {
        assertTrue(reason instanceof TerminationReason.PeerRequest, context);
      }
    }
    assertTrue(given > 0, context);
  }

  private static void checkPackets(LinkPair pair, Supplier<String> context) {
    for (LinkPair.End end : List.of(pair.a, pair.b)) {
      long sent = end.link.statistics().controlSent();
      assertTrue(sent < MOST_PACKETS, () -> sent + " packets\n" + context.get());
    }
  }

  private static void checkTraffic(LinkPair pair, boolean encrypted, Supplier<String> context) {
    TcpPackets tcp = new TcpPackets(3);
    for (LinkPair.End end : List.of(pair.a, pair.b)) {
      LinkPair.End other = end == pair.a ? pair.b : pair.a;
      other.packets.clear();
      List<byte[]> sent = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        sent.add(tcp.next(i % 3, 5 * i));
        assertTrue(end.send(sent.getLast()), context);
      }
      pair.runFor(10 * LinkPair.SECOND);
      assertEquals(sent.size(), other.packets.size(), context);
      for (int i = 0; i < sent.size(); i++) {
        assertArrayEquals(sent.get(i), other.packets.get(i), context);
      }
    }
    if (encrypted) {
      FrameBatch out = new FrameBatch(2000, 1);
      byte[] packet = tcp.next(0, 1);
      assertEquals(1, pair.a.bundle.encapsulate(packet, 0, packet.length, out, pair.now), context);
      assertEquals(PppProtocol.COMPRESSED, PppProtocol.read(out.buffer(), out.offset(0)), context);
    }
  }

  private static void badLine(int seed, boolean trace) {
    SplittableRandom random = new SplittableRandom(seed);
    PppConfig a = config(random, true, trace);
    PppConfig b = config(random, false, trace);
    LinkPair.Line line =
        new LinkPair.Line(
            random.nextLong(1, 4000) * LinkPair.MILLISECOND,
            random.nextDouble(0.3),
            random.nextDouble(0.3),
            random.nextBoolean() ? 0 : random.nextDouble(1e-3));
    LinkPair pair = new LinkPair("bad line", a, b, line, seed);
    secrets(random, pair.a);
    secrets(random, pair.b);
    pair.start().runFor(BAD_RUN);
    Supplier<String> context =
        () -> "seed " + seed + "\n" + a + "\n" + b + "\n" + line + "\n" + pair.history();
    checkPackets(pair, context);
    for (LinkPair.End end : List.of(pair.a, pair.b)) {
      switch (end.link.phase()) {
        case NETWORK -> {}
        case TERMINATE -> assertTrue(end.isTerminated(), context);
        case ESTABLISH -> {
          // Only an end that waits for its peer may still be here.
          assertTrue((end == pair.a ? a : b).lcp().restart().passive(), context);
          assertEquals(Long.MAX_VALUE, end.link.pollTimeout(), context);
        }
        case DEAD, AUTHENTICATE -> throw new AssertionError(context.get());
      }
    }
    checkOnlyWhatWasSentArrives(pair, context);
  }

  private static void checkOnlyWhatWasSentArrives(LinkPair pair, Supplier<String> context) {
    TcpPackets tcp = new TcpPackets(2);
    List<byte[]> sent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] packet = tcp.next(i % 2, 10);
      if (pair.a.send(packet)) {
        sent.add(packet);
      }
    }
    pair.runFor(20 * LinkPair.SECOND);
    for (byte[] packet : pair.b.packets) {
      assertTrue(sent.stream().anyMatch(s -> Arrays.equals(s, packet)), context);
    }
  }

  private static PppConfig config(SplittableRandom random, boolean server, boolean trace) {
    LcpConfig lcp =
        LcpConfig.builder()
            .mru(random.nextBoolean() ? 1500 : random.nextInt(300, 3000))
            .accm(random.nextBoolean() ? 0 : random.nextInt())
            .magicNumber(random.nextInt(4) != 0)
            .protocolCompression(random.nextBoolean())
            .addressControlCompression(random.nextBoolean())
            .restart(
                RestartPolicy.DEFAULT
                    .withSilent(!server && random.nextInt(6) == 0)
                    .withPassive(random.nextInt(4) == 0))
            .build();
    IpcpConfig.Builder ipcp =
        IpcpConfig.builder()
            .vjSlots(random.nextBoolean() ? 0 : random.nextInt(1, 257))
            .vjCompressSlotId(random.nextBoolean())
            .offeredDns(random.nextBoolean() ? List.of() : List.of(1, 2))
            .askDns(random.nextBoolean());
    if (server) {
      ipcp.localAddress(0x0a000001).remoteAddress(0x0a000002);
    }
    PppConfig.Builder config =
        PppConfig.builder().lcp(lcp).ipcp(ipcp.build()).auth(auth(random)).ccp(ccp(random));
    if (random.nextBoolean()) {
      config.ipv6cp(Ipv6cpConfig.DEFAULT);
    }
    return config.trace(trace).build();
  }

  private static AuthConfig auth(SplittableRandom random) {
    List<AuthMethod> demanded = new ArrayList<>();
    if (random.nextInt(3) != 0) {
      AuthMethod[] methods = AuthMethod.values();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        AuthMethod method = methods[random.nextInt(methods.length)];
        if (!demanded.contains(method)) {
          demanded.add(method);
        }
      }
    }
    Set<AuthMethod> accepted = EnumSet.allOf(AuthMethod.class);
    if (random.nextInt(3) == 0) {
      accepted.removeIf(method -> random.nextBoolean());
    }
    return AuthConfig.of(random.nextBoolean() ? "joe" : "a-longer-name")
        .withDemanded(demanded)
        .withAccepted(accepted);
  }

  private static @Nullable CcpConfig ccp(SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return null;
    }
    CcpConfig config =
        CcpConfig.DEFAULT.withDeflate(
            random.nextInt(3) == 0
                ? CcpConfig.Deflate.NONE
                : new CcpConfig.Deflate(window(random), window(random), random.nextBoolean()));
    if (random.nextInt(2) == 0) {
      return config;
    }
    Set<MppeStrength> strengths = EnumSet.allOf(MppeStrength.class);
    strengths.removeIf(strength -> random.nextInt(3) == 0);
    return strengths.isEmpty()
        ? config
        : config.withMppe(
            new CcpConfig.Mppe(
                random.nextInt(3) != 0, strengths, random.nextBoolean(), MppeMode.STATEFUL));
  }

  private static int window(SplittableRandom random) {
    return random.nextInt(4) == 0 ? 0 : random.nextInt(9, 16);
  }
}
