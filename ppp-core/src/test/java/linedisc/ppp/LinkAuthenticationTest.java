package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.wire.PppProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Authentication as LCP agrees on it and the link runs it.
class LinkAuthenticationTest {
  private static final long MINUTE = 60 * LinkPair.SECOND;

  private static AuthConfig server(AuthMethod... demanded) {
    return AuthConfig.of("server").withDemanded(demanded);
  }

  private static AuthConfig client() {
    return AuthConfig.of("client");
  }

  private static LinkPair pair(AuthConfig a, AuthConfig b) {
    return new LinkPair(with(LinkPairTest.server(), a), with(LinkPairTest.client(), b));
  }

  private static PppConfig with(PppConfig config, AuthConfig auth) {
    return PppConfig.builder().lcp(config.lcp()).ipcp(config.ipcp()).auth(auth).trace(true).build();
  }

  private static TerminationReason.AuthenticationFailed failure(LinkPair.End end) {
    return assertInstanceOf(TerminationReason.AuthenticationFailed.class, end.terminationReason());
  }

  @ParameterizedTest
  @EnumSource
  void oneEndProvesItself(AuthMethod method) {
    LinkPair pair = pair(server(method), client()).start();
    pair.runUntil(pair::bothUp, MINUTE);
    assertEquals(
        List.of(new PppEvent.Authenticated(false, method, "client")),
        pair.a.events(PppEvent.Authenticated.class));
    PppEvent.Authenticated ours = pair.b.events(PppEvent.Authenticated.class).getFirst();
    assertTrue(ours.ours());
    PppEvent.LinkUp up = pair.b.events(PppEvent.LinkUp.class).getFirst();
    assertEquals(method, up.ourProof());
    assertFalse(pair.history().contains("secret"), pair::history);
  }

  /// Also where both use the same Protocol field.
  @ParameterizedTest
  @EnumSource
  void bothEndsProveThemselvesAtOnce(AuthMethod method) {
    for (AuthMethod other : AuthMethod.values()) {
      LinkPair pair = pair(server(method), client().withDemanded(other)).start();
      pair.runUntil(pair::bothUp, MINUTE);
      assertEquals(2, pair.a.events(PppEvent.Authenticated.class).size(), pair::history);
      assertEquals(2, pair.b.events(PppEvent.Authenticated.class).size(), pair::history);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWrongSecretEndsTheLinkAndEachEndKnowsWhoRefusedWhom(AuthMethod method) {
    LinkPair pair = pair(server(method), client());
    pair.b.ourSecret = "guess";
    pair.start().runFor(MINUTE);
    assertFalse(failure(pair.a).ours());
    assertEquals(11, failure(pair.a).exitCode());
    assertTrue(failure(pair.b).ours());
    assertEquals(19, failure(pair.b).exitCode());
    assertTrue(pair.b.events(PppEvent.Ipv4Up.class).isEmpty());
    assertFalse(pair.history().contains("guess"), pair::history);
    String hex = Bench.HEX.formatHex("guess".getBytes(StandardCharsets.US_ASCII));
    assertFalse(pair.history().replace(" ", "").contains(hex), pair::history);
  }

  @ParameterizedTest
  @EnumSource
  void whoHasNoSecretFails(AuthMethod method) {
    LinkPair pair = pair(server(method), client());
    pair.b.ourSecret = null;
    pair.start().runFor(5 * MINUTE);
    assertTrue(failure(pair.b).ours());
    assertTrue(pair.a.isTerminated());
  }

  @Test
  void anUnknownPeerIsRefused() {
    LinkPair pair = pair(server(AuthMethod.CHAP_MD5), client());
    pair.a.peersSecret = null;
    pair.start().runFor(MINUTE);
    assertEquals(11, failure(pair.a).exitCode());
    assertEquals(19, failure(pair.b).exitCode());
  }

  /// Each way to prove oneself is found, wherever it stands in the other's list.
  @ParameterizedTest
  @EnumSource
  void aNakLeadsToTheNextAcceptableMethod(AuthMethod method) {
    LinkPair pair =
        pair(
                server(
                    AuthMethod.EAP,
                    AuthMethod.MS_CHAP_V2,
                    AuthMethod.CHAP_SHA256,
                    AuthMethod.CHAP_SHA3_256,
                    AuthMethod.CHAP_SHA1,
                    AuthMethod.MS_CHAP,
                    AuthMethod.CHAP_MD5,
                    AuthMethod.PAP),
                client().withAccepted(Set.of(method)))
            .start();
    pair.runUntil(pair::bothUp, MINUTE);
    assertEquals(method, pair.a.events(PppEvent.Authenticated.class).getFirst().method());
  }

  @Test
  void ofWhatThePeerAcceptsThatIsTakenWhichIsAskedForFirst() {
    LinkPair pair =
        pair(
                server(AuthMethod.EAP, AuthMethod.CHAP_MD5, AuthMethod.PAP),
                client().withAccepted(EnumSet.of(AuthMethod.PAP, AuthMethod.CHAP_MD5)))
            .start();
    pair.runUntil(pair::bothUp, MINUTE);
    assertEquals(
        AuthMethod.CHAP_MD5, pair.a.events(PppEvent.Authenticated.class).getFirst().method());
  }

  @Test
  void whoRefusesEveryProofIsRefused() {
    LinkPair pair =
        pair(server(AuthMethod.CHAP_MD5, AuthMethod.PAP), client().withAccepted(Set.of())).start();
    pair.runFor(MINUTE);
    assertEquals(11, failure(pair.a).exitCode());
    assertEquals(Phase.TERMINATE, pair.b.link.phase());
    assertTrue(pair.a.events(PppEvent.Ipv4Up.class).isEmpty());
  }

  @Test
  void noCommonMethodEndsInARefusalAndNotInALoop() {
    LinkPair pair =
        pair(server(AuthMethod.CHAP_MD5), client().withAccepted(Set.of(AuthMethod.EAP))).start();
    pair.runFor(5 * MINUTE);
    assertEquals(11, failure(pair.a).exitCode());
    assertTrue(pair.a.link.statistics().controlSent() < 40);
  }

  private static AuthConfig rechallenging(AuthMethod method) {
    UnaryOperator<AuthConfig.Chap> chap =
        c ->
            new AuthConfig.Chap(
                c.restart(), c.maxTransmits(), Duration.ofMinutes(5), c.timeout(), c.retries());
    return server(method).withChap(chap.apply(AuthConfig.Chap.DEFAULT));
  }

  @Test
  void whoIsAskedAgainAndFailsIsRefused() {
    LinkPair pair = pair(rechallenging(AuthMethod.CHAP_SHA256), client()).start();
    pair.runFor(21 * MINUTE);
    assertTrue(pair.bothUp());
    pair.b.ourSecret = "guess";
    pair.runFor(5 * MINUTE);
    assertEquals(11, failure(pair.a).exitCode());
    assertEquals(19, failure(pair.b).exitCode());
  }

  @Test
  void aNewLcpNegotiationAsksForNewProof() {
    LinkPair pair = pair(server(AuthMethod.MS_CHAP_V2), client().withDemanded(AuthMethod.PAP));
    pair.start().runUntil(pair::bothUp, MINUTE);
    pair.b.link.renegotiate(pair.now);
    pair.b.flush();
    pair.runFor(LinkPair.SECOND);
    pair.runUntil(pair::bothUp, MINUTE);
    assertEquals(4, pair.a.events(PppEvent.Authenticated.class).size());
    assertEquals(4, pair.b.events(PppEvent.Authenticated.class).size());
  }

  @Test
  void packetsOfTheNetworkWaitForTheProof() {
    Bench bench = new Bench(with(LinkPairTest.server(), server(AuthMethod.PAP)));
    bench.establish();
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0004");
    bench.sent();
    assertEquals(Phase.AUTHENTICATE, bench.link.phase());
    bench.receive("8021 0101 000a 03060a000002");
    bench.receive("0021 45");
    bench.receive("4021 0101 0004");
    assertEquals(List.of(), bench.sent());
    assertEquals(3, bench.link.statistics().outOfPhase());
  }

  @Test
  void aPeerThatNeverAnswersFails() {
    Bench bench = new Bench(with(LinkPairTest.server(), server(AuthMethod.CHAP_MD5)));
    bench.establish();
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0004");
    for (int i = 0; i < 30 && bench.link.pollTimeout() < Long.MAX_VALUE; i++) {
      bench.timeout();
    }
    PppEvent.Terminated end =
        bench.events().stream()
            .filter(PppEvent.Terminated.class::isInstance)
            .map(PppEvent.Terminated.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(
        new TerminationReason.AuthenticationFailed(false, "chap MD5: no answer"), end.reason());
  }

  /// RFC 3748 section 4.2: what the authenticator goes on with shows that it has let us in.
  @Test
  void aLostSuccessOfEapDoesNotMatter() {
    LinkPair pair = pair(server(AuthMethod.EAP), client());
    pair.a.loses = frame -> frame[0] == (byte) 0xc2 && frame[1] == 0x27 && frame[2] == 3;
    pair.start().runUntil(pair::bothUp, LinkPair.SECOND);
    assertTrue(pair.b.events(PppEvent.Authenticated.class).getFirst().ours());
  }

  @ParameterizedTest
  @EnumSource(
      value = AuthMethod.class,
      names = {"EAP"},
      mode = EnumSource.Mode.EXCLUDE)
  void aReplyThatIsLostOnceIsSentAgain(AuthMethod method) {
    LinkPair pair = pair(server(method), client());
    int reply = method == AuthMethod.PAP ? 2 : 3;
    int[] lost = new int[1];
    pair.a.loses =
        frame ->
            PppProtocol.read(frame, 0) == method.protocol() && frame[2] == reply && lost[0]++ == 0;
    pair.start().runUntil(pair::bothUp, MINUTE);
    assertTrue(lost[0] > 1);
  }

  @Test
  void packetsThatFitNowhereAreCounted() {
    Bench bench = new Bench(with(LinkPairTest.server(), server(AuthMethod.CHAP_MD5)));
    bench.establish();
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0004");
    bench.receive("c223 02");
    bench.receive("c223 0700 0004");
    assertEquals(2, bench.link.statistics().authenticationDropped());
    bench.link.renegotiate(bench.now);
    assertEquals(2, bench.link.statistics().authenticationDropped());
  }

  @Test
  void aPeerThatRejectsTheProtocolItAgreedOnFails() {
    Bench bench = new Bench(with(LinkPairTest.server(), server(AuthMethod.EAP)));
    bench.establish();
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0004");
    bench.sent();
    bench.receive("c021 0805 0006 c227");
    assertEquals(Phase.TERMINATE, bench.link.phase());
  }
}
