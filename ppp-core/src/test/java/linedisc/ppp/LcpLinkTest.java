package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.lcp.LcpConfig;
import org.junit.jupiter.api.Test;

/// LCP over several negotiations: what counts up, what stops, and what begins anew.
class LcpLinkTest {
  private static Bench bench(LcpConfig.Builder lcp) {
    return new Bench(PppConfig.builder().lcp(lcp.build()).build());
  }

  private static Bench bench(AuthConfig auth) {
    return new Bench(PppConfig.builder().auth(auth).build()).establish();
  }

  /// The line sends our Configure-Request back.
  private static void loopBack(Bench bench) {
    bench.receive(
        bench.sent().stream().filter(f -> f.startsWith("c02101")).findFirst().orElseThrow());
  }

  private static String echoRequest(Bench bench) {
    bench.timeout();
    return bench.sentOne();
  }

  private static void answer(Bench bench, String echo) {
    bench.receive("c0210a" + echo.substring(6, 12) + "00000000");
  }

  @Test
  void theLineCountsAsLoopedWhenOurMagicNumberHasComeBackOftenEnough() {
    Bench bench = bench(LcpConfig.builder().loopbackLimit(3)).establish();
    for (int i = 0; i < 2; i++) {
      loopBack(bench);
      assertEquals(Phase.ESTABLISH, bench.link.phase());
      bench.timeout();
    }
    loopBack(bench);
    assertEquals(Phase.TERMINATE, bench.link.phase());
    while (bench.link.pollTimeout() < Long.MAX_VALUE) {
      bench.timeout();
    }
    assertTrue(
        bench.events().contains(new PppEvent.Terminated(new TerminationReason.LoopedBack())));
  }

  @Test
  void echoesAreNumberedAndOnlyTheRightAnswerCounts() {
    Bench bench = bench(LcpConfig.builder().echoInterval(Duration.ofSeconds(5)).echoFailure(2));
    bench.openLcp();
    bench.bundle.closeNetwork(bench.now);
    bench.sent();
    int last = -1;
    for (int i = 0; i < 300; i++) {
      String echo = echoRequest(bench);
      assertTrue(echo.startsWith("c02109"), echo);
      int identifier = Integer.parseInt(echo.substring(6, 8), 16);
      assertTrue(last < 0 || identifier == (last + 1) % 256, "after " + last + " " + identifier);
      last = identifier;
      answer(bench, echo);
    }
    String echo = echoRequest(bench);
    answer(bench, String.format("c02109%02x0008", (last + 7) & 0xff));
    assertNotEquals(Phase.TERMINATE, bench.link.phase());
    answer(bench, echoRequest(bench));
    assertEquals(Phase.NETWORK, bench.link.phase(), echo);
  }

  @Test
  void echoesStopWhileThePeerNegotiatesAnew() {
    Bench bench = bench(LcpConfig.builder().echoInterval(Duration.ofMillis(500)).echoFailure(3));
    bench.openLcp();
    bench.sent();
    bench.receive("c021 0102 0006 0702");
    assertEquals(Phase.ESTABLISH, bench.link.phase());
    bench.sent();
    for (int i = 0; i < 3; i++) {
      bench.timeout();
      assertTrue(bench.sentOne().startsWith("c02101"), "a Configure-Request and nothing else");
    }
  }

  @Test
  void aNewNegotiationAsksForTheBestProofAgain() {
    Bench bench = bench(AuthConfig.of("us").withDemanded(AuthMethod.CHAP_MD5, AuthMethod.PAP));
    assertTrue(bench.sentOne().contains("0305c22305"));
    bench.receive("c021 0301 0008 0304c023");
    assertTrue(bench.sentOne().contains("0304c023"));
    bench.link.lowerDown(bench.now);
    bench.link.lowerUp(bench.now);
    String request = bench.sentOne();
    assertTrue(request.contains("0305c22305"), request);
    bench.receive("c021 03" + request.substring(6, 8) + "0008 0304c227");
    assertTrue(bench.sentOne().contains("0304c023"));
  }

  @Test
  void eachAcceptableProofIsSuggestedInTurn() {
    Bench bench =
        bench(AuthConfig.of("us").withAccepted(EnumSet.of(AuthMethod.PAP, AuthMethod.CHAP_MD5)));
    bench.sent();
    List<String> expected = List.of("0305c22305", "0304c023", "0305c22305", "0304c023");
    for (int i = 0; i < expected.size(); i++) {
      bench.receive(String.format("c021 01%02x 0008 0304c227", i));
      String nak = bench.sentOne();
      assertTrue(nak.startsWith("c02103") && nak.endsWith(expected.get(i)), i + ": " + nak);
    }
  }

  @Test
  void anEchoADayIsTheRarest() {
    Duration day = Duration.ofDays(1);
    assertEquals(day, LcpConfig.builder().echoInterval(day).build().echoInterval());
  }
}
