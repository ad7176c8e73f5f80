package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import linedisc.ppp.fsm.Discard;
import linedisc.ppp.fsm.RestartPolicy;
import linedisc.ppp.hdlc.AsyncMap;
import linedisc.ppp.hdlc.Framing;
import linedisc.ppp.lcp.LcpConfig;
import linedisc.slip.FrameBatch;
import org.junit.jupiter.api.Test;

class PppLinkTest {
  static PppConfig lcp(LcpConfig.Builder lcp) {
    return PppConfig.builder().lcp(lcp.build()).build();
  }

  @Test
  void asksForPppdsOptionsWithDefaultFraming() {
    Bench bench = new Bench().establish();
    FrameBatch out = new FrameBatch(2000, 10);
    assertTrue(bench.link.pollTransmit(out, bench.now));
    String frame = Bench.HEX.formatHex(out.buffer(), 0, out.length(0));
    assertTrue(
        frame.matches("c02101010014" + "020600000000" + "0506.{8}" + "0702" + "0802"), frame);
    assertEquals(PppLink.AS_DEFAULT, out.mark(0));
    assertFalse(bench.link.pollTransmit(out, bench.now));
  }

  @Test
  void onlyCodes1To7AreSentAsDefault() {
    Bench bench = new Bench().openLcp();
    bench.sent();
    bench.receive("c021 0905 0008 00000000");
    bench.receive("c021 7705 0004");
    FrameBatch out = new FrameBatch(2000, 10);
    while (bench.link.pollTransmit(out, bench.now)) {
      // All.
    }
    assertEquals(2, out.count());
    assertEquals(0, out.mark(0), "Echo-Reply");
    assertEquals(PppLink.AS_DEFAULT, out.mark(1), "Code-Reject");
  }

  @Test
  void aFrameThatFindsNoRoomIsKept() {
    Bench bench = new Bench().establish();
    assertFalse(bench.link.pollTransmit(new FrameBatch(21, 10), bench.now));
    assertTrue(bench.link.pollTransmit(new FrameBatch(22, 10), bench.now));
  }

  /// The next frame already uses the new values, before LCP is Opened.
  @Test
  void agreedValuesCountAtOnce() {
    Bench bench = new Bench().establish();
    assertEquals(Framing.DEFAULT, bench.link.framing());
    String request = bench.sentOne();
    bench.receive("c021 0101 0014 0206000a0000 05065d58cf41 0702 0802");
    assertEquals(
        new Framing(AsyncMap.of(0x000a0000), 0xffffffff, true, true, 1500), bench.link.framing());
    bench.acknowledge(request);
    assertEquals(new Framing(AsyncMap.of(0x000a0000), 0, true, true, 1500), bench.link.framing());
  }

  @Test
  void ourAckMakesTheReceiveMapCountBeforeTheLinkIsUp() {
    Bench bench = new Bench().establish();
    bench.acknowledge(bench.sentOne());
    assertEquals(0, bench.link.framing().receiveMap());
    assertEquals(AsyncMap.DEFAULT, bench.link.framing().sendMap());
    assertEquals(Phase.ESTABLISH, bench.link.phase());
  }

  @Test
  void aLineThatComesBackBeginsWithDefaults() {
    Bench bench = new Bench().openIpcp();
    bench.link.lowerDown(bench.now);
    assertEquals(
        List.of(
            new PppEvent.NetworkDown(0x0021, "IPCP is down"),
            new PppEvent.Terminated(new TerminationReason.HangUp()),
            new PppEvent.PhaseChanged(Phase.DEAD)),
        bench.events());
    assertEquals(Long.MAX_VALUE, bench.link.pollTimeout());
    bench.link.lowerUp(bench.now);
    assertEquals(Framing.DEFAULT, bench.link.framing());
    assertEquals(Phase.ESTABLISH, bench.link.phase());
    assertTrue(bench.sentOne().startsWith("c0210102"));
  }

  @Test
  void configuredEscapesAreAddedAndAskedFor() {
    Bench bench = new Bench(lcp(LcpConfig.builder().escapes(List.of(0x11, 0xff)))).establish();
    bench.sent();
    assertEquals(AsyncMap.of(0xffffffff, 0xff), bench.link.framing().sendMap());
    bench.receive("c021 0101 000a 020600000000");
    assertEquals("c0210301000a020600020000", bench.sentOne());
    bench.receive("c021 0102 000a 020600020001");
    assertEquals("c0210202000a020600020001", bench.sentOne());
    assertEquals(AsyncMap.of(0x00020001, 0xff), bench.link.framing().sendMap());
  }

  @Test
  void aPeerCanBeAskedForNoMoreThanControls() {
    Bench bench = new Bench(lcp(LcpConfig.builder().escapes(List.of(0x20)))).establish();
    bench.sent();
    bench.receive("c021 0101 000a 020600000000");
    assertEquals("c0210201000a020600000000", bench.sentOne());
    assertEquals(AsyncMap.of(0, 0x20), bench.link.framing().sendMap());
  }

  @Test
  void whatIsNotSpokenIsRejectedInOrder() {
    Bench bench = new Bench().establish();
    bench.sent();
    String fcs = "090306";
    String mru = "010405dc";
    String callback = "0d0306";
    String mrru = "110405dc";
    String quality = "0408c02500000bb8";
    String endpoint = "130300";
    String authentication = "0305c22305";
    bench.receive(
        "c021 0101 0022" + fcs + mru + callback + mrru + quality + endpoint + authentication);
    assertEquals(
        "c0210401001e" + fcs + callback + mrru + quality + endpoint + authentication,
        bench.sentOne());
  }

  @Test
  void answersEchoRequestsOnlyWhenOpened() {
    Bench bench = new Bench().establish();
    bench.sent();
    bench.receive("c021 0905 0008 00000000");
    assertEquals(List.of(), bench.sent());
    assertEquals(1, bench.link.statistics().discards().get(Discard.NOT_OPENED));

    bench = new Bench().establish();
    String request = bench.sentOne();
    String magic = request.substring(request.indexOf("0506") + 4, request.indexOf("0506") + 12);
    bench.acknowledge(request);
    bench.receive("c021 0101 0004");
    bench.sent();
    bench.receive("c021 0905 000b 00000000 010203");
    assertEquals("c0210a05000b" + magic + "010203", bench.sentOne());
    bench.receive("c021 0905 0008" + magic);
    assertEquals(List.of(), bench.sent());
    assertEquals(1, bench.link.statistics().discards().get(Discard.ECHOED));
    for (String body : List.of("", "00", "0000", "000000")) {
      bench.receive(String.format("c0210906%04x%s", 4 + body.length() / 2, body));
    }
    assertEquals(List.of(), bench.sent());
    assertEquals(4, bench.link.statistics().discards().get(Discard.MALFORMED_BODY));
  }

  @Test
  void measuresTheRoundTripByEchoes() {
    Bench bench =
        new Bench(lcp(LcpConfig.builder().echoInterval(Duration.ofSeconds(30)))).openLcp();
    assertEquals(-1, bench.link.statistics().echoRoundTrip());
    assertEquals(bench.now, bench.link.pollTimeout());
    bench.timeout();
    String echo =
        bench.sent().stream().filter(f -> f.startsWith("c02109")).findFirst().orElseThrow();
    bench.now += 123;
    bench.receive("c0210a" + echo.substring(6, 12) + "00000000");
    assertEquals(123, bench.link.statistics().echoRoundTrip());
  }

  @Test
  void stopsEchoesThatThePeerDoesNotKnow() {
    Bench bench =
        new Bench(lcp(LcpConfig.builder().echoInterval(Duration.ofSeconds(1)).echoFailure(2)))
            .openLcp();
    bench.timeout();
    String echo =
        bench.sent().stream().filter(f -> f.startsWith("c02109")).findFirst().orElseThrow();
    bench.receive("c021 0701 000c" + echo.substring(4));
    for (int i = 0; i < 100 && bench.link.pollTimeout() < Long.MAX_VALUE; i++) {
      bench.timeout();
    }
    assertEquals(Phase.NETWORK, bench.link.phase());
  }

  @Test
  void aRejectOfAFundamentalCodeEndsTheLink() {
    Bench bench = new Bench().openLcp();
    bench.receive("c021 0701 0008 01010004");
    assertEquals(Phase.TERMINATE, bench.link.phase());
    bench.timeout();
    bench.timeout();
    assertTrue(
        bench.events().contains(new PppEvent.Terminated(new TerminationReason.ProtocolError())));
  }

  @Test
  void aRejectOfLcpEndsTheLink() {
    Bench bench = new Bench().openLcp();
    bench.receive("c021 0801 000a c021 01010004");
    assertEquals(Phase.TERMINATE, bench.link.phase());
    bench.endSession();
    assertTrue(
        bench.events.contains(new PppEvent.Terminated(new TerminationReason.ProtocolError())),
        bench.events::toString);
  }

  @Test
  void tellsTheMruThatThePeerHasAgreedTo() {
    Bench bench = new Bench(lcp(LcpConfig.builder().mru(1000))).openLcp();
    assertEquals(1000, agreedMru(bench));
    bench = new Bench(lcp(LcpConfig.builder().mru(1000))).establish();
    String request = bench.sentOne();
    assertTrue(request.contains("010403e8"), request);
    bench.receive("c021 0401 0008 010403e8");
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0004");
    assertEquals(1500, agreedMru(bench), "what everybody must be able to receive");
  }

  private static int agreedMru(Bench bench) {
    for (PppEvent event : bench.events()) {
      if (event instanceof PppEvent.LinkUp up) {
        return up.mru();
      }
    }
    return 0;
  }

  @Test
  void whatTheLineTakesForItsOwnIsEscapedAndAskedFor() {
    Bench bench = new Bench();
    bench.link.reserveControls(0x000a0000);
    bench.establish();
    assertTrue(bench.sentOne().contains("0206000a0000"));
    bench.receive("c021 0101 000a 020600000000");
    assertEquals("c0210301000a0206000a0000", bench.sentOne());
  }

  @Test
  void protocolRejectsAreIgnoredOutsideOpenedAndWhenShort() {
    Bench bench = new Bench().establish();
    bench.receive("c021 0801 000a c021 01010004");
    assertEquals(Phase.ESTABLISH, bench.link.phase());
    bench = new Bench().openIpcp();
    bench.receive("c021 0801 0004");
    bench.receive("c021 0801 0005 80");
    assertEquals(2, bench.link.statistics().discards().get(Discard.MALFORMED_BODY));
    bench.receive("c021 0801 0006 4021");
    assertTrue(bench.bundle.networkUp());
  }

  @Test
  void identificationIsSentWhenOpenedAndIgnoredWhenReceived() {
    Bench bench = new Bench(lcp(LcpConfig.builder().magicNumber(false).identification("linedisc")));
    bench.receive("c021 0c01 0008 00000000");
    bench.establish();
    bench.receive("c021 0c01 000a 00000000 4142");
    String request = bench.sentOne();
    bench.acknowledge(request);
    bench.receive("c021 0101 0004");
    bench.receive("c021 0c01 000a 00000000 4142");
    bench.receive("c021 0d01 000c 00000000 0000003c");
    bench.receive("c021 0b01 0008 00000000");
    List<String> sent = bench.sent();
    assertEquals("c02102010004", sent.get(0));
    assertEquals("c0210c02001000000000" + "6c696e6564697363", sent.get(1));
    assertTrue(sent.get(2).startsWith("802101"), "only IPCP follows");
    assertEquals(3, sent.size());
    assertEquals(Phase.NETWORK, bench.link.phase());
  }

  @Test
  void aSessionLimitIsToldAndKept() {
    PppConfig config = PppConfig.builder().sessionLimit(Duration.ofMinutes(5)).build();
    Bench bench = new Bench(config).establish();
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0004");
    assertTrue(bench.sent().stream().anyMatch(f -> f.matches("c0210d..000c.{8}0000012c")));
    long start = bench.now;
    while (bench.link.phase() == Phase.NETWORK) {
      bench.timeout();
    }
    assertEquals(start + 300 * Bench.SECOND, bench.now);
    List<String> sent = bench.sent();
    assertTrue(sent.stream().anyMatch(f -> f.matches("c0210d..000c.{8}0000003c")));
    assertTrue(sent.getLast().startsWith("c02105"));
    bench.receive("c02106" + sent.getLast().substring(6, 8) + "0004");
    assertTrue(
        bench.events().contains(new PppEvent.Terminated(new TerminationReason.ConnectTime())));
  }

  @Test
  void aSessionLimitEndsWithTheLine() {
    Bench bench =
        new Bench(PppConfig.builder().sessionLimit(Duration.ofMinutes(5)).build()).openLcp();
    bench.link.lowerDown(bench.now);
    assertEquals(Long.MAX_VALUE, bench.link.pollTimeout());
  }

  @Test
  void aRequestAfterALoopIsANewOne() {
    Bench bench = new Bench().establish();
    String first = bench.sentOne();
    bench.receive(first);
    String nak = bench.sentOne();
    assertTrue(nak.startsWith("c0210301000a0506"), nak);
    bench.receive(nak);
    assertEquals(List.of(), bench.sent());
    assertEquals(1, bench.link.statistics().discards().get(Discard.ECHOED));
    bench.timeout();
    String second = bench.sentOne();
    assertTrue(second.startsWith("c0210102"), second);
    assertFalse(second.endsWith(first.substring(8)), second);
  }

  @Test
  void commandsOutOfTurnAreHarmless() {
    Bench bench = new Bench();
    bench.link.close(new TerminationReason.UserRequest(), bench.now);
    bench.link.lowerDown(bench.now);
    bench.link.renegotiate(bench.now);
    bench.link.supplyPeerAddress(1, bench.now);
    bench.link.handleTimeout(bench.now);
    bench.link.sendTimeRemaining(5, "x");
    bench.receive("c021 0101 0004");
    assertEquals(List.of(), bench.sent());
    assertEquals(Phase.DEAD, bench.link.phase());
    bench.link.lowerUp(bench.now);
    bench.link.lowerUp(bench.now);
    bench.receive("c021 0105 0004");
    assertEquals("c02106050004", bench.sentOne());
    bench.link.open(bench.now);
    bench.link.open(bench.now);
    assertTrue(bench.sentOne().startsWith("c02101"));
  }

  @Test
  void closingBeforeTheLineIsUpEndsAtOnce() {
    Bench bench = new Bench();
    bench.link.open(bench.now);
    bench.link.close(new TerminationReason.UserRequest(), bench.now);
    assertEquals(
        List.of(new PppEvent.Terminated(new TerminationReason.UserRequest())), bench.events());
    bench.link.lowerUp(bench.now);
    assertEquals(List.of(), bench.sent());
  }

  @Test
  void aSilentLinkThatIsOpenedAgainWaitsAgain() {
    Bench bench =
        new Bench(lcp(LcpConfig.builder().restart(RestartPolicy.DEFAULT.withSilent(true))))
            .establish();
    for (int session = 0; session < 3; session++) {
      assertEquals(List.of(), bench.sent());
      assertEquals(Phase.ESTABLISH, bench.link.phase());
      bench.receive("c021 0101 0004");
      assertTrue(bench.sent().getFirst().startsWith("c02101"));
      bench.link.close(new TerminationReason.UserRequest(), bench.now);
      bench.timeout();
      bench.timeout();
      assertEquals(Phase.TERMINATE, bench.link.phase());
      bench.sent();
      bench.link.open(bench.now);
    }
  }

  @Test
  void timeRemainingCanBeSentByCommand() {
    Bench bench = new Bench(lcp(LcpConfig.builder().magicNumber(false))).openLcp();
    bench.sent();
    bench.link.sendTimeRemaining(-1, "hi");
    assertEquals("c0210d02000e00000000ffffffff6869", bench.sentOne());
  }

  @Test
  void lossesAreCounted() {
    Bench bench = new Bench().openIpcp();
    bench.receive("0021 45aabb", true);
    assertEquals(1, bench.link.statistics().losses());
    assertEquals(1, bench.packets.size());
  }

  @Test
  void controlPacketsThatNobodyTakesAreBounded() {
    Bench bench = new Bench().openLcp();
    bench.sent();
    for (int i = 0; i < 10_000; i++) {
      bench.receive("c021 0901 0008 00000000");
    }
    assertEquals(64, bench.sent().size());
    assertEquals(10_000 - 64, bench.link.statistics().controlDropped());
    bench.receive("c021 0901 0008 00000000");
    assertEquals(1, bench.sent().size());
  }
}
