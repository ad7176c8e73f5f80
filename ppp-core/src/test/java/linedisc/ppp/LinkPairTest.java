package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import linedisc.ppp.fsm.RestartPolicy;
import linedisc.ppp.ipcp.IpCompressionOption;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.lcp.LcpConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two whole links against each other, in the situations that have hurt users of other stacks.
class LinkPairTest {
  private static final int SERVER = 0x0a000001;
  private static final int CLIENT = 0x0a000002;

  static PppConfig server() {
    return server(LcpConfig.DEFAULT);
  }

  private static PppConfig server(LcpConfig lcp) {
    return PppConfig.builder()
        .lcp(lcp)
        .ipcp(
            IpcpConfig.builder()
                .localAddress(SERVER)
                .remoteAddress(CLIENT)
                .offeredDns(List.of(0x08080808))
                .build())
        .trace(true)
        .build();
  }

  static PppConfig client() {
    return client(LcpConfig.DEFAULT);
  }

  private static PppConfig client(LcpConfig lcp) {
    return PppConfig.builder()
        .lcp(lcp)
        .ipcp(IpcpConfig.builder().askDns(true).build())
        .trace(true)
        .build();
  }

  private static LcpConfig lcp(RestartPolicy restart) {
    return LcpConfig.builder().restart(restart).build();
  }

  private static void checkTraffic(LinkPair pair) {
    byte[] packet = {0x45, 1, 2, 3};
    assertTrue(pair.a.send(packet));
    assertTrue(pair.b.send(packet));
    pair.runFor(30 * LinkPair.SECOND);
    assertArrayEquals(packet, pair.b.packets.getLast());
    assertArrayEquals(packet, pair.a.packets.getLast());
  }

  @Test
  void comesUpCarriesPacketsAndEnds() {
    LinkPair pair = new LinkPair(server(), client()).start();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);

    assertEquals(CLIENT, pair.b.bundle.localAddress());
    assertEquals(SERVER, pair.b.bundle.remoteAddress());
    assertEquals(CLIENT, pair.a.bundle.remoteAddress());
    assertEquals(Phase.NETWORK, pair.a.link.phase());
    assertEquals(
        List.of(
            new PppEvent.Ipv4Up(
                CLIENT,
                SERVER,
                List.of(0x08080808),
                List.of(),
                1500,
                IpCompressionOption.Reception.NONE,
                IpCompressionOption.Reception.NONE)),
        pair.b.events(PppEvent.Ipv4Up.class));
    checkTraffic(pair);

    pair.b.link.close(new TerminationReason.UserRequest(), pair.now);
    pair.b.flush();
    pair.runFor(10 * LinkPair.SECOND);
    assertEquals(new TerminationReason.UserRequest(), pair.b.terminationReason());
    assertEquals(
        new TerminationReason.PeerRequest("User request", true), pair.a.terminationReason());
    assertEquals(0, pair.a.terminationReason().exitCode());
    assertEquals(Phase.TERMINATE, pair.a.link.phase());
    assertEquals(
        List.of(Phase.ESTABLISH, Phase.NETWORK, Phase.TERMINATE),
        pair.a.events(PppEvent.PhaseChanged.class).stream()
            .map(PppEvent.PhaseChanged::phase)
            .toList());
  }

  /// ppp-project/ppp 434: where the round trip is longer than the Restart timer, copies of requests
  /// and answers to them arrive in the Opened state.
  @ParameterizedTest
  @ValueSource(longs = {0, 400, 1499, 1500, 1501, 1600, 2999, 3000, 3001, 4500, 6000, 9000, 12000})
  void aRoundTripLongerThanTheRestartTimerComesUpAndStaysUp(long latencyMillis) {
    LinkPair.Line line = new LinkPair.Line(latencyMillis * LinkPair.MILLISECOND, 0, 0, 0);
    LinkPair pair = new LinkPair("latency", server(), client(), line, 1).start();
    pair.runFor(200 * LinkPair.SECOND);
    assertTrue(pair.bothUp(), pair::history);
    assertEquals(1, pair.a.events(PppEvent.Ipv4Up.class).size(), pair::history);
    assertEquals(1, pair.b.events(PppEvent.Ipv4Up.class).size(), pair::history);
    assertEquals(Long.MAX_VALUE, pair.a.link.pollTimeout());
    checkTraffic(pair);
  }

  @Test
  void aShortRestartTimerOnASlowLineComesUpToo() {
    LcpConfig lcp = lcp(RestartPolicy.DEFAULT.withInterval(Duration.ofMillis(300)));
    LinkPair.Line line = new LinkPair.Line(1100 * LinkPair.MILLISECOND, 0, 0, 0);
    LinkPair pair = new LinkPair("short timer", server(lcp), client(lcp), line, 1).start();
    pair.runFor(60 * LinkPair.SECOND);
    assertTrue(pair.bothUp(), pair::history);
    assertEquals(1, pair.a.events(PppEvent.Ipv4Up.class).size(), pair::history);
  }

  /// ppp-project/ppp 78: a modem echoes what it gets until it has connected.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 5, 10, 20, 26})
  void aModemThatEchoesBeforeItConnectsDoesNotEndTheNegotiation(long seconds) {
    LinkPair pair = new LinkPair(server(), client());
    pair.a.loopBack();
    pair.a.link.open(pair.now);
    pair.a.link.lowerUp(pair.now);
    pair.a.flush();
    pair.runFor(seconds * LinkPair.SECOND);
    assertFalse(pair.a.isTerminated(), pair::history);
    assertEquals(Phase.ESTABLISH, pair.a.link.phase(), pair::history);
    pair.a.connect();
    pair.b.link.open(pair.now);
    pair.b.link.lowerUp(pair.now);
    pair.b.flush();
    pair.runUntil(pair::bothUp, 20 * LinkPair.SECOND);
    checkTraffic(pair);
  }

  @Test
  void aLoopedLineIsRecognised() {
    LinkPair pair = new LinkPair(server(), client());
    pair.a.loopBack();
    pair.a.link.open(pair.now);
    pair.a.link.lowerUp(pair.now);
    pair.a.flush();
    pair.runFor(60 * LinkPair.SECOND);
    assertEquals(new TerminationReason.LoopedBack(), pair.a.terminationReason());
    assertEquals(17, pair.a.terminationReason().exitCode());
    assertEquals(Phase.TERMINATE, pair.a.link.phase());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 100})
  void aLoopedLineIsRecognisedAfterAsManyPausesAsConfigured(long millis) {
    LcpConfig lcp = LcpConfig.builder().loopbackPause(Duration.ofMillis(millis)).build();
    LinkPair pair = new LinkPair(server(lcp), client());
    pair.a.loopBack();
    pair.a.link.open(pair.now);
    pair.a.link.lowerUp(pair.now);
    pair.a.flush();
    pair.runFor(9 * millis * LinkPair.MILLISECOND - 1);
    assertEquals(Phase.ESTABLISH, pair.a.link.phase(), pair::history);
    pair.runFor(LinkPair.SECOND / 2);
    assertEquals(new TerminationReason.LoopedBack(), pair.a.terminationReason());
  }

  @Test
  void aLoopedLineIsRecognisedWithAnyLimits() {
    for (int maxConfigure = 1; maxConfigure < 15; maxConfigure++) {
      for (int maxFailure = 1; maxFailure < 8; maxFailure += 3) {
        LcpConfig lcp =
            lcp(RestartPolicy.DEFAULT.withMaxConfigure(maxConfigure).withMaxFailure(maxFailure));
        LinkPair pair = new LinkPair(server(lcp), client());
        pair.a.loopBack();
        pair.a.link.open(pair.now);
        pair.a.link.lowerUp(pair.now);
        pair.a.flush();
        pair.runFor(120 * LinkPair.SECOND);
        assertEquals(new TerminationReason.LoopedBack(), pair.a.terminationReason(), pair::history);
      }
    }
  }

  @Test
  void aLineThatIsLoopedLaterEndsTheLink() {
    LcpConfig lcp = LcpConfig.builder().echoInterval(Duration.ofSeconds(5)).echoFailure(3).build();
    LinkPair pair = new LinkPair(server(lcp), client(lcp)).start();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);
    pair.a.loopBack();
    pair.runFor(120 * LinkPair.SECOND);
    assertEquals(new TerminationReason.PeerDead(3), pair.a.terminationReason());
  }

  @Test
  void aDeadPeerIsNoticedByItsSilence() {
    LcpConfig lcp = LcpConfig.builder().echoInterval(Duration.ofSeconds(10)).echoFailure(4).build();
    LinkPair pair = new LinkPair(server(lcp), client()).start();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);
    pair.runFor(100 * LinkPair.SECOND);
    assertTrue(pair.bothUp());
    pair.b.mute = true;
    long since = pair.now;
    pair.runUntil(pair.a::isTerminated, 100 * LinkPair.SECOND);
    assertEquals(new TerminationReason.PeerDead(4), pair.a.terminationReason());
    assertTrue(pair.now - since <= 57 * LinkPair.SECOND);
  }

  @Test
  void adaptiveEchoesAreLeftOutWhileThePeerIsHeard() {
    LcpConfig lcp =
        LcpConfig.builder()
            .echoInterval(Duration.ofSeconds(10))
            .echoFailure(2)
            .echoAdaptive(true)
            .build();
    LinkPair pair = new LinkPair(server(lcp), client()).start();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);
    long before = pair.a.link.statistics().controlSent();
    for (int i = 0; i < 100; i++) {
      pair.b.send(new byte[] {0x45});
      pair.runFor(5 * LinkPair.SECOND);
    }
    assertEquals(before, pair.a.link.statistics().controlSent());
    pair.b.mute = true;
    pair.runUntil(pair.a::isTerminated, 60 * LinkPair.SECOND);
    assertEquals(new TerminationReason.PeerDead(2), pair.a.terminationReason());
  }

  /// ppp-project/ppp 323: silence in between, made up for by traffic, must not add up.
  @Test
  void adaptiveEchoesForgetSilenceThatIsOver() {
    LcpConfig lcp =
        LcpConfig.builder()
            .echoInterval(Duration.ofSeconds(10))
            .echoFailure(3)
            .echoAdaptive(true)
            .build();
    PppConfig answersNothing = client();
    LinkPair pair = new LinkPair(server(lcp), answersNothing).start();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);
    for (int i = 0; i < 10; i++) {
      pair.b.mute = true;
      pair.runFor(25 * LinkPair.SECOND);
      pair.b.mute = false;
      pair.b.send(new byte[] {0x45});
      // The echo that is due next finds that the peer was heard, the one after it is lost again.
      pair.runFor(5 * LinkPair.SECOND);
    }
    assertFalse(pair.a.isTerminated(), pair::history);
  }

  @Test
  void nobodyThereEndsAfterMaxConfigure() {
    LinkPair pair = new LinkPair(server(), client());
    pair.a.link.open(pair.now);
    pair.a.link.lowerUp(pair.now);
    pair.a.flush();
    pair.runUntil(pair.a::isTerminated, 31 * LinkPair.SECOND);
    assertEquals(new TerminationReason.NoAnswer(), pair.a.terminationReason());
    assertEquals(30 * LinkPair.SECOND, pair.now);
    assertEquals(Long.MAX_VALUE, pair.a.link.pollTimeout());
    // The peer comes late; it may still begin.
    pair.b.link.open(pair.now);
    pair.b.link.lowerUp(pair.now);
    pair.b.flush();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);
    assertEquals(Phase.NETWORK, pair.a.link.phase());
    pair.a.link.close(new TerminationReason.UserRequest(), pair.now);
    pair.a.flush();
    pair.runFor(LinkPair.SECOND);
    assertEquals(new TerminationReason.UserRequest(), pair.a.terminationReason());
  }

  @Test
  void oneSilentEndWaitsForTheOther() {
    LinkPair pair = new LinkPair(server(lcp(RestartPolicy.DEFAULT.withSilent(true))), client());
    pair.a.link.open(pair.now);
    pair.a.link.lowerUp(pair.now);
    pair.a.flush();
    pair.runFor(1000 * LinkPair.SECOND);
    assertEquals(Phase.ESTABLISH, pair.a.link.phase());
    assertEquals(0, pair.a.link.statistics().controlSent());
    pair.b.link.open(pair.now);
    pair.b.link.lowerUp(pair.now);
    pair.b.flush();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);
  }

  @Test
  void aPassiveEndGoesOnWaiting() {
    LinkPair pair = new LinkPair(server(lcp(RestartPolicy.DEFAULT.withPassive(true))), client());
    pair.a.link.open(pair.now);
    pair.a.link.lowerUp(pair.now);
    pair.a.flush();
    pair.runFor(1000 * LinkPair.SECOND);
    assertFalse(pair.a.isTerminated());
    assertEquals(Phase.ESTABLISH, pair.a.link.phase());
    pair.b.link.open(pair.now);
    pair.b.link.lowerUp(pair.now);
    pair.b.flush();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);
  }

  @Test
  void eitherEndMayRenegotiateAtAnyTime() {
    LinkPair pair = new LinkPair(server(), client()).start();
    for (int i = 1; i <= 20; i++) {
      pair.runUntil(pair::bothUp, 20 * LinkPair.SECOND);
      LinkPair.End end = i % 2 == 0 ? pair.a : pair.b;
      pair.runFor(i * 500L * LinkPair.MILLISECOND);
      assertTrue(pair.bothUp());
      end.link.renegotiate(pair.now);
      end.flush();
      assertFalse(pair.bothUp());
    }
    pair.runUntil(pair::bothUp, 20 * LinkPair.SECOND);
    checkTraffic(pair);
    assertFalse(pair.a.isTerminated());
  }

  @Test
  void bothEndsMayRenegotiateAtOnce() {
    LinkPair pair = new LinkPair(server(), client()).start();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);
    pair.a.link.renegotiate(pair.now);
    pair.b.link.renegotiate(pair.now);
    pair.a.flush();
    pair.b.flush();
    pair.runUntil(pair::bothUp, 20 * LinkPair.SECOND);
    checkTraffic(pair);
  }

  @Test
  void bothEndsMayCloseAtOnce() {
    LinkPair pair = new LinkPair(server(), client()).start();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);
    pair.a.link.close(new TerminationReason.UserRequest(), pair.now);
    pair.b.link.close(new TerminationReason.IdleTimeout(), pair.now);
    pair.a.flush();
    pair.b.flush();
    pair.runFor(LinkPair.SECOND);
    assertEquals(new TerminationReason.UserRequest(), pair.a.terminationReason());
    assertEquals(new TerminationReason.IdleTimeout(), pair.b.terminationReason());
  }

  /// An end that lost its memory begins anew; the other follows.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPeerThatWasRestartedIsFollowed(boolean magicNumbers) {
    LcpConfig lcp = LcpConfig.builder().magicNumber(magicNumbers).build();
    LinkPair pair = new LinkPair(server(lcp), client(lcp)).start();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);
    pair.b.link.lowerDown(pair.now);
    pair.b.link.lowerUp(pair.now);
    pair.b.flush();
    pair.runUntil(pair::bothUp, 20 * LinkPair.SECOND);
    assertEquals(2, pair.a.events(PppEvent.Ipv4Up.class).size());
    checkTraffic(pair);
  }

  @Test
  void aSessionFollowsAnotherOnTheSameLine() {
    LinkPair pair = new LinkPair(server(), client()).start();
    for (int i = 0; i < 5; i++) {
      pair.runUntil(pair::bothUp, 10 * LinkPair.SECOND);
      pair.b.link.close(new TerminationReason.UserRequest(), pair.now);
      pair.b.flush();
      pair.runFor(10 * LinkPair.SECOND);
      assertEquals(i + 1, pair.a.events(PppEvent.Terminated.class).size());
      assertEquals(i + 1, pair.b.events(PppEvent.Terminated.class).size());
      pair.b.link.open(pair.now);
      pair.b.flush();
    }
    pair.runUntil(pair::bothUp, 10 * LinkPair.SECOND);
    pair.a.link.lowerDown(pair.now);
    pair.b.link.lowerDown(pair.now);
    pair.a.flush();
    assertEquals(new TerminationReason.HangUp(), pair.a.terminationReason());
    assertEquals(16, pair.a.terminationReason().exitCode());
  }

  @Test
  void endsThatInsistOnDifferentAddressesKeepTheLink() {
    PppConfig stubborn =
        PppConfig.builder().ipcp(IpcpConfig.builder().localAddress(77).build()).trace(true).build();
    LinkPair pair = new LinkPair(server(), stubborn).start();
    pair.runFor(120 * LinkPair.SECOND);
    assertFalse(pair.a.bundle.networkUp());
    assertFalse(pair.b.bundle.networkUp());
    assertEquals(Phase.NETWORK, pair.a.link.phase());
    assertEquals(
        new PppEvent.NetworkDown(0x0021, "no local IP address"),
        pair.b.events(PppEvent.NetworkDown.class).getFirst());
  }

  @Test
  void pppdsNotationIsUsedForTraces() {
    LinkPair pair = new LinkPair(server(), client()).start();
    pair.runUntil(pair::bothUp, LinkPair.SECOND);
    List<String> lines =
        pair.b.events(PppEvent.Trace.class).stream()
            .map(PppEvent.Trace::text)
            .filter(line -> line.startsWith("sent [IPCP") || line.startsWith("rcvd [IPCP"))
            .toList();
    assertEquals(
        List.of(
            "sent [IPCP ConfReq id=0x1 <addr 0.0.0.0> <ms-dns1 0.0.0.0> <ms-dns2 0.0.0.0>]",
            "rcvd [IPCP ConfReq id=0x1 <addr 10.0.0.1>]",
            "sent [IPCP ConfAck id=0x1 <addr 10.0.0.1>]",
            "rcvd [IPCP ConfNak id=0x1 <addr 10.0.0.2> <ms-dns1 8.8.8.8> <ms-dns2 8.8.8.8>]",
            "sent [IPCP ConfReq id=0x2 <addr 10.0.0.2> <ms-dns1 8.8.8.8> <ms-dns2 8.8.8.8>]",
            "rcvd [IPCP ConfAck id=0x2 <addr 10.0.0.2> <ms-dns1 8.8.8.8> <ms-dns2 8.8.8.8>]"),
        lines);
  }

  @Test
  void aBusyLineWithErrorsDeliversOnlyGoodPackets() {
    LinkPair.Line line = new LinkPair.Line(LinkPair.MILLISECOND, 0.01, 0, 2e-4);
    LinkPair pair = new LinkPair("errors", server(), client(), line, 7).start();
    pair.runUntil(pair::bothUp, 60 * LinkPair.SECOND);
    byte[] packet = new byte[500];
    Arrays.fill(packet, (byte) 0x7d);
    packet[0] = 0x45;
    for (int i = 0; i < 300; i++) {
      pair.a.send(packet);
      pair.runFor(LinkPair.MILLISECOND);
    }
    pair.runFor(LinkPair.SECOND);
    assertTrue(pair.b.packets.size() > 200);
    for (byte[] received : pair.b.packets) {
      assertArrayEquals(packet, received);
    }
  }
}
