package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import linedisc.ppp.fsm.Discard;
import linedisc.ppp.fsm.RestartPolicy;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.lcp.LcpConfig;
import linedisc.slip.FrameBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Defects that other implementations have had, each as a test against the whole link. The number
/// in a name is that of the case in the project's list.
class SecurityTest {
  private static final String ECHO = "c021 09aa 0008 00000000";

  /// The link must still be there and answer.
  private static void checkAlive(Bench bench, String context) {
    bench.sent();
    bench.receive(ECHO);
    assertTrue(bench.sent().stream().anyMatch(f -> f.startsWith("c0210aaa")), context);
  }

  @Test
  void case03ARequestThatFillsTheMruWithoutAnAddress() {
    // The peer takes 128 octets; its request has 128 and lacks the address that we want to know.
    Bench bench = new Bench().establish();
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0008 01040080");
    bench.sent();
    bench.receive("8021 0101 0080" + "c804aabb".repeat(31));
    assertEquals("802104010080" + "c804aabb".repeat(31), bench.sentOne());
    bench.receive("8021 0102 0100" + "c804aabb".repeat(63));
    assertEquals(List.of(), bench.sent());
    assertEquals(1, bench.link.statistics().discards().get(Discard.ANSWER_TOO_LONG));
    checkAlive(bench, "after the long request");
  }

  @Test
  void case03RejectsStayBelowOurOwnLimitWhateverThePeerTakes() {
    for (int mru : new int[] {1501, 4000, 16384, 65535}) {
      Bench bench =
          new Bench(
                  PppConfig.builder()
                      .lcp(LcpConfig.builder().mru(16384).mtu(16384).build())
                      .build())
              .establish();
      bench.acknowledge(bench.sentOne());
      bench.receive(String.format("c021 0101 0008 0104%04x", mru));
      bench.sent();
      bench.receive("c021 7701 3000" + "00".repeat(0x3000 - 4));
      bench.receive("4021" + "55".repeat(0x3000));
      List<String> sent = bench.sent();
      assertEquals(2, sent.size());
      for (String frame : sent) {
        assertEquals(2 + 1500, frame.length() / 2);
      }
      assertTrue(sent.get(0).startsWith("c0210702" + "05dc" + "77013000"), sent.get(0));
      assertTrue(sent.get(1).startsWith("c0210803" + "05dc" + "40215555"), sent.get(1));
    }
  }

  @Test
  void case03RejectsAreCutToASmallMruToo() {
    Bench bench = new Bench().establish();
    bench.acknowledge(bench.sentOne());
    bench.receive("c021 0101 0008 01040080");
    bench.sent();
    bench.receive("c021 7701 0200" + "00".repeat(0x200 - 4));
    bench.receive("4021" + "55".repeat(0x200));
    for (String frame : bench.sent()) {
      assertEquals(2 + 128, frame.length() / 2);
    }
  }

  @Test
  void case18LimitsOfEveryNumber() {
    List<Executable> bad =
        List.of(
            () -> LcpConfig.builder().mru(127).build(),
            () -> LcpConfig.builder().mru(16385).build(),
            () -> LcpConfig.builder().mtu(127).build(),
            () -> LcpConfig.builder().mtu(16385).build(),
            () -> LcpConfig.builder().escapes(List.of(-1)).build(),
            () -> LcpConfig.builder().escapes(List.of(256)).build(),
            () -> LcpConfig.builder().escapes(List.of(0x5e)).build(),
            () -> LcpConfig.builder().echoInterval(Duration.ofNanos(-1)).build(),
            () -> LcpConfig.builder().echoInterval(Duration.ofDays(2)).build(),
            () -> LcpConfig.builder().echoFailure(-1).build(),
            () -> LcpConfig.builder().echoFailure(1001).build(),
            () -> LcpConfig.builder().loopbackLimit(0).build(),
            () -> LcpConfig.builder().loopbackLimit(256).build(),
            () -> LcpConfig.builder().loopbackPause(Duration.ofMillis(-1)).build(),
            () -> LcpConfig.builder().loopbackPause(Duration.ofHours(2)).build(),
            () -> LcpConfig.builder().identification("x".repeat(1493)).build(),
            () -> RestartPolicy.DEFAULT.withInterval(Duration.ZERO),
            () -> RestartPolicy.DEFAULT.withInterval(Duration.ofHours(2)),
            () -> RestartPolicy.DEFAULT.withMaxConfigure(0),
            () -> RestartPolicy.DEFAULT.withMaxConfigure(256),
            () -> RestartPolicy.DEFAULT.withMaxTerminate(0),
            () -> RestartPolicy.DEFAULT.withMaxTerminate(256),
            () -> RestartPolicy.DEFAULT.withMaxFailure(0),
            () -> RestartPolicy.DEFAULT.withMaxFailure(256),
            () -> IpcpConfig.builder().vjSlots(-1).build(),
            () -> IpcpConfig.builder().vjSlots(257).build(),
            () -> IpcpConfig.builder().offeredDns(List.of(1, 2, 3)).build(),
            () -> IpcpConfig.builder().offeredNbns(List.of(1, 2, 3)).build(),
            () -> PppConfig.builder().sessionLimit(Duration.ofSeconds(-1)).build(),
            () -> PppConfig.builder().sessionLimit(Duration.ofDays(20_000)).build());
    for (int i = 0; i < bad.size(); i++) {
      assertThrows(IllegalArgumentException.class, bad.get(i), "number " + i);
    }
    LcpConfig.builder().mru(128).mtu(16384).echoFailure(1000).loopbackLimit(255).build();
    LcpConfig.builder().mru(16384).mtu(128).identification("x".repeat(1492)).build();
    IpcpConfig.builder().vjSlots(256).offeredDns(List.of(1, 2)).build();
  }

  @Test
  void case20AnOversizePacketDoesNotLoop() {
    Bench bench = new Bench().openIpcp();
    byte[] packet = new byte[70_000];
    packet[0] = 0x45;
    FrameBatch out = new FrameBatch(2000, 10);
    assertEquals(0, bench.bundle.encapsulate(packet, 0, packet.length, out, bench.now));
    assertEquals(1, bench.bundle.statistics().tooLong());
  }

  @Test
  void case26AfterAnyMalformedInputTheNextGoodFrameWorks() {
    int[] protocols = {0xc021, 0xc021, 0x8021, 0x8021, 0x0021, 0xc023, 0xc223, 0x80fd, 0x00fd, 1};
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Bench bench = new Bench().openIpcp();
      for (int i = 0; i < 50; i++) {
        byte[] frame = new byte[random.nextInt(60)];
        random.nextBytes(frame);
        if (frame.length >= 2) {
          int protocol = protocols[random.nextInt(protocols.length)];
          frame[0] = (byte) (protocol >>> 8);
          frame[1] = (byte) protocol;
        }
        if (frame.length >= 6) {
          // Anything but a well-formed end of the link.
          frame[2] = (byte) random.nextInt(20);
          frame[4] = 0;
          frame[5] = (byte) random.nextInt(frame.length + 3);
        }
        bench.receive(frame, random.nextBoolean());
        bench.sent();
        bench.events();
      }
      // A new request from the peer always gets its answer.
      if (bench.link.phase() != Phase.TERMINATE) {
        bench.now += 100 * Bench.SECOND;
        bench.receive("c021 01ee 000a 05060badcafe");
        assertTrue(
            bench.sent().stream().anyMatch(f -> f.equals("c02102ee000a05060badcafe")),
            "seed " + seed);
      }
    }
  }

  @Test
  void case26TruncatedPacketsOfEveryLength() {
    List<String> whole =
        List.of(
            "c021 0105 0018 010405dc 020600000000 05065d58cf41 0702 0802",
            "c021 0505 0008 41424344",
            "c021 0705 000c 0905000800000000",
            "c021 0805 000c 80fd 010100040000",
            "c021 0905 000c 00000000 00000000",
            "c021 0c05 000c 00000000 41424344",
            "c021 0d05 000c 00000000 00000010",
            "8021 0105 000a 03060a000002",
            "8021 0505 0008 41424344",
            "8021 0705 000c 0905000800000000");
    for (String hex : whole) {
      byte[] frame = Bench.HEX.parseHex(hex.replace(" ", ""));
      for (int length = 0; length < frame.length; length++) {
        Bench bench = new Bench().openIpcp();
        byte[] cut = Arrays.copyOf(frame, length);
        bench.receive(cut, false);
        assertEquals(List.of(), bench.sent(), hex + " cut to " + length);
        assertTrue(bench.bundle.networkUp());
        checkAlive(bench, hex + " cut to " + length);
      }
    }
  }

  @Test
  void case28SlotNumbersOfHeaderCompression() {
    for (int slots : new int[] {1, 2, 16, 255, 256}) {
      Bench bench =
          new Bench(
                  PppConfig.builder()
                      .ipcp(
                          IpcpConfig.builder()
                              .localAddress(1)
                              .askRemote(false)
                              .vjSlots(slots)
                              .build())
                      .build())
              .establish();
      bench.acknowledge(bench.sentOne());
      bench.receive("c021 0101 0004");
      String request =
          bench.sent().stream().filter(f -> f.startsWith("8021")).findFirst().orElseThrow();
      assertTrue(request.contains(String.format("0206002d%02x01", slots - 1)), request);
      for (int peer = 0; peer < 256; peer++) {
        bench.receive(String.format("8021 01%02x 000a 0206002d%02x01", peer, peer));
        assertEquals(
            String.format("802102%02x000a0206002d%02x01", peer, peer), bench.sent().getLast());
      }
    }
  }

  @Test
  void case30ThePeersMru() {
    for (int mru : new int[] {0, 1, 127}) {
      Bench bench = new Bench().establish();
      bench.sent();
      bench.receive(String.format("c021 0101 0008 0104%04x", mru));
      assertEquals("c02103010008" + "01040080", bench.sentOne());
    }
    for (int mru : new int[] {128, 1500, 16384, 65535}) {
      Bench bench = new Bench().establish();
      bench.sent();
      bench.receive(String.format("c021 0101 0008 0104%04x", mru));
      assertEquals(String.format("c021020100080104%04x", mru), bench.sentOne());
      assertEquals(Math.min(mru, 1500), bench.link.framing().mru());
    }
  }

  @Test
  void case31LcpFramesWithoutABody() {
    for (String body : List.of("", "01", "0101", "010100")) {
      Bench bench = new Bench().openIpcp();
      bench.receive("c021" + body);
      assertEquals(List.of(), bench.sent());
      assertEquals(1, bench.link.statistics().discards().get(Discard.SHORT_HEADER));
      checkAlive(bench, body);
    }
  }

  @Test
  void case35EmptyFramesInTheOpenedState() {
    Bench bench = new Bench().openIpcp();
    for (String frame : List.of("", "00", "0000", "0021", "8021", "c021")) {
      bench.receive(frame);
    }
    assertEquals(2, bench.link.statistics().runts());
    assertEquals(List.of(), bench.packets);
    checkAlive(bench, "after empty frames");
  }

  @Test
  void case36UnknownProtocolsInEveryPhase() {
    for (int protocol :
        new int[] {0x0001, 0x00fd, 0x003d, 0x4021, 0x8057, 0x80fd, 0xc025, 0xc223}) {
      String frame = String.format("%04x 0101 0004", protocol);
      Bench bench = new Bench();
      bench.receive(frame);
      bench.link.open(bench.now);
      bench.receive(frame);
      assertEquals(Phase.DEAD, bench.link.phase());
      bench.link.lowerUp(bench.now);
      assertEquals(Phase.ESTABLISH, bench.link.phase());
      String request = bench.sentOne();
      bench.receive(frame);
      bench.acknowledge(request);
      bench.receive(frame);
      assertEquals(List.of(), bench.sent());

      bench.receive("c021 0101 0004");
      assertEquals(Phase.NETWORK, bench.link.phase());
      bench.sent();
      bench.receive(frame);
      assertEquals(String.format("c0210802000a%04x01010004", protocol), bench.sentOne());

      bench.link.close(new TerminationReason.UserRequest(), bench.now);
      assertEquals(Phase.TERMINATE, bench.link.phase());
      bench.sent();
      bench.receive(frame);
      assertEquals(List.of(), bench.sent());
      assertEquals(5, bench.link.statistics().outOfPhase());
      assertEquals(1, bench.link.statistics().unknownProtocols());
    }
  }

  @Test
  void case36AProtocolRejectDoesNotCauseAnother() {
    LinkPair pair = new LinkPair(LinkPairTest.server(), LinkPairTest.server()).start();
    pair.runFor(LinkPair.SECOND);
    pair.a.input(new byte[0]);
    long before = pair.a.link.statistics().controlSent();
    pair.b.link.receive(
        new byte[] {0x40, 0x21, 1, 2}, 0, 4, false, pair.now, (buffer, offset, length) -> {});
    pair.b.flush();
    pair.runFor(LinkPair.SECOND);
    assertEquals(before, pair.a.link.statistics().controlSent());
    assertFalse(pair.a.isTerminated());
  }

  @Test
  void memoryStaysFlatUnderAFlood() {
    Bench bench = new Bench().openIpcp();
    String[] flood = {
      "c021 0901 0008 00000000", "4021 00", "c021 6301 0004", "8021 6301 0004", "c021 0201 0004"
    };
    for (int i = 0; i < 50_000; i++) {
      bench.receive(flood[i % flood.length]);
    }
    int frames = bench.sent().size();
    int events = 0;
    while (bench.link.pollEvent() != null) {
      events++;
    }
    assertTrue(frames <= 128, frames + " frames");
    assertTrue(events <= 1024, events + " events");
  }
}
