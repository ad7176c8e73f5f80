package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import linedisc.ppp.auth.AuthConfig;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.ccp.Allocation;
import linedisc.ppp.ccp.CcpConfig;
import linedisc.ppp.ccp.MppeMode;
import linedisc.ppp.ccp.MppeStrength;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import linedisc.ppp.wire.PppProtocol;
import linedisc.slip.FrameBatch;
import linedisc.slip.PacketSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CCP on a link: compression, and encryption that may be required.
class LinkCompressionTest {
  private static final long MINUTE = 60 * LinkPair.SECOND;

  private static final CcpConfig REQUIRE =
      CcpConfig.DEFAULT.withMppe(CcpConfig.Mppe.require(MppeStrength.BITS_128));

  private static PppConfig server(@Nullable CcpConfig ccp, AuthMethod... demanded) {
    return with(LinkPairTest.server(), ccp, AuthConfig.of("server").withDemanded(demanded));
  }

  private static PppConfig client(@Nullable CcpConfig ccp, AuthMethod... demanded) {
    return with(LinkPairTest.client(), ccp, AuthConfig.of("client").withDemanded(demanded));
  }

  private static PppConfig with(PppConfig config, @Nullable CcpConfig ccp, AuthConfig auth) {
    return PppConfig.builder()
        .lcp(config.lcp())
        .ipcp(config.ipcp())
        .auth(auth)
        .ccp(ccp)
        .trace(true)
        .build();
  }

  private static LinkPair up(PppConfig a, PppConfig b) {
    LinkPair pair = new LinkPair(a, b).start();
    pair.runUntil(pair::bothUp, MINUTE);
    pair.runFor(LinkPair.SECOND);
    return pair;
  }

  private static void checkTraffic(LinkPair pair) {
    TcpPackets tcp = new TcpPackets(1);
    for (LinkPair.End end : List.of(pair.a, pair.b)) {
      LinkPair.End other = end == pair.a ? pair.b : pair.a;
      other.packets.clear();
      List<byte[]> sent = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        sent.add(tcp.next(0, 20 * i));
        assertTrue(end.send(sent.getLast()), pair::history);
      }
      pair.runFor(LinkPair.SECOND);
      assertEquals(50, other.packets.size(), pair::history);
      for (int i = 0; i < 50; i++) {
        assertArrayEquals(sent.get(i), other.packets.get(i));
      }
    }
  }

  private static int firstProtocol(LinkPair.End end, LinkPair pair) {
    FrameBatch out = new FrameBatch(4000, 1);
    byte[] packet = new TcpPackets(1).next(0, 1000);
    assertEquals(1, end.bundle.encapsulate(packet, 0, packet.length, out, pair.now));
    return PppProtocol.read(out.buffer(), out.offset(0));
  }

  private static void assertEncryptionFailed(LinkPair pair, LinkPair.End end) {
    pair.runFor(3 * MINUTE);
    TerminationReason reason = end.terminationReason();
    assertInstanceOf(TerminationReason.EncryptionFailed.class, reason, pair::history);
    assertEquals(10, reason.exitCode());
    assertTrue(pair.a.events(PppEvent.Ipv4Up.class).isEmpty());
    assertTrue(pair.b.events(PppEvent.Ipv4Up.class).isEmpty());
  }

  @Test
  void deflateBothWays() {
    LinkPair pair = up(server(CcpConfig.DEFAULT), client(CcpConfig.DEFAULT));
    assertEquals(
        List.of(new PppEvent.CompressionUp("Deflate (15)", "Deflate (15)")),
        pair.a.events(PppEvent.CompressionUp.class));
    checkTraffic(pair);
    assertEquals(PppProtocol.COMPRESSED, firstProtocol(pair.a, pair));
  }

  @Test
  void deflateWithVjHeaders() {
    PppConfig a = withVj(server(CcpConfig.DEFAULT));
    PppConfig b = withVj(client(CcpConfig.DEFAULT));
    checkTraffic(up(a, b));
  }

  private static PppConfig withVj(PppConfig config) {
    IpcpConfig.Builder ipcp = IpcpConfig.builder().vjSlots(16);
    if (config.ipcp() != null && config.ipcp().localAddress() != 0) {
      ipcp.localAddress(0x0a000001).remoteAddress(0x0a000002);
    }
    return PppConfig.builder().ccp(config.ccp()).ipcp(ipcp.build()).trace(true).build();
  }

  @Test
  void aRejectedCcpTakesDownNothingElse() {
    LinkPair pair = up(server(CcpConfig.DEFAULT), client(null));
    pair.runFor(MINUTE);
    assertEquals(
        List.of(new PppEvent.CompressionDown("rejected by the peer")),
        pair.a.events(PppEvent.CompressionDown.class));
    assertTrue(pair.bothUp());
    checkTraffic(pair);
  }

  /// Both have CCP, and no method in common.
  @Test
  void nothingInCommonMeansNoCompression() {
    LinkPair pair =
        up(
            server(CcpConfig.DEFAULT),
            client(CcpConfig.DEFAULT.withDeflate(CcpConfig.Deflate.NONE)));
    pair.runFor(MINUTE);
    checkTraffic(pair);
    assertNotEquals(PppProtocol.COMPRESSED, firstProtocol(pair.a, pair));
  }

  @ParameterizedTest
  @EnumSource(
      value = AuthMethod.class,
      names = {"MS_CHAP", "MS_CHAP_V2", "EAP"})
  void requiredEncryptionTakesTheKeysOfTheProof(AuthMethod method) {
    LinkPair pair = up(server(REQUIRE, method), client(REQUIRE));
    checkTraffic(pair);
    assertEquals(PppProtocol.COMPRESSED, firstProtocol(pair.a, pair));
    assertEquals(
        List.of(new PppEvent.CompressionUp("MPPE 128-bit stateless", "MPPE 128-bit stateless")),
        pair.b.events(PppEvent.CompressionUp.class));
    assertEquals(1496, pair.a.events(PppEvent.Ipv4Up.class).getFirst().mtu());
    FrameBatch out = new FrameBatch(4000, 1);
    byte[] tooLong = new byte[1497];
    tooLong[0] = 0x45;
    assertEquals(0, pair.a.bundle.encapsulate(tooLong, 0, 1497, out, pair.now));
    assertEquals(1, pair.a.bundle.encapsulate(tooLong, 0, 1496, out, pair.now));
    assertEquals(1502, out.length(0));
  }

  @ParameterizedTest
  @CsvSource({"BITS_40,true", "BITS_56,true", "BITS_128,true", "BITS_40,false", "BITS_128,false"})
  void everyStrengthInEitherMode(MppeStrength strength, boolean stateless) {
    CcpConfig config =
        CcpConfig.DEFAULT.withMppe(
            new CcpConfig.Mppe(true, EnumSet.of(strength), stateless, MppeMode.STATEFUL));
    checkTraffic(up(server(config, AuthMethod.MS_CHAP_V2), client(config)));
  }

  /// Whoever does not wait for encryption has its first Configure-Requests kept until there is.
  @Test
  void aPeerThatIsFasterNeedNotWaitForItsTimer() {
    CcpConfig may =
        CcpConfig.DEFAULT.withMppe(
            new CcpConfig.Mppe(false, EnumSet.of(MppeStrength.BITS_128), true, MppeMode.STATEFUL));
    for (PppConfig fast : List.of(client(may), withIpv6(client(may)))) {
      PppConfig waits = server(REQUIRE, AuthMethod.MS_CHAP_V2);
      LinkPair pair = new LinkPair(fast.ipv6cp() == null ? waits : withIpv6(waits), fast).start();
      pair.runFor(LinkPair.SECOND);
      assertEquals(1, pair.b.events(PppEvent.Ipv4Up.class).size(), pair::history);
      int ipv6 = fast.ipv6cp() == null ? 0 : 1;
      assertEquals(ipv6, pair.b.events(PppEvent.Ipv6Up.class).size(), pair::history);
      checkTraffic(pair);
    }
  }

  private static PppConfig withIpv6(PppConfig config) {
    return PppConfig.builder()
        .lcp(config.lcp())
        .auth(config.auth())
        .ccp(config.ccp())
        .ipcp(config.ipcp())
        .ipv6cp(Ipv6cpConfig.DEFAULT)
        .trace(true)
        .build();
  }

  @Test
  void theNetworkWaitsForRequiredEncryption() {
    LinkPair pair = up(server(REQUIRE, AuthMethod.MS_CHAP_V2), client(REQUIRE));
    List<PppEvent> events = pair.a.events;
    int encrypted = events.indexOf(pair.a.events(PppEvent.CompressionUp.class).getFirst());
    int network = events.indexOf(pair.a.events(PppEvent.Ipv4Up.class).getFirst());
    assertTrue(encrypted < network);
  }

  @Test
  void aPeerWithoutCcpCannotMeetTheRequirement() {
    LinkPair pair = new LinkPair(server(REQUIRE, AuthMethod.MS_CHAP_V2), client(null)).start();
    assertEncryptionFailed(pair, pair.a);
  }

  @Test
  void aPeerWithoutMppeCannotMeetTheRequirement() {
    LinkPair pair =
        new LinkPair(server(CcpConfig.DEFAULT, AuthMethod.MS_CHAP_V2), client(REQUIRE)).start();
    pair.runFor(3 * MINUTE);
    assertInstanceOf(TerminationReason.EncryptionFailed.class, pair.b.terminationReason());
    assertTrue(pair.b.events(PppEvent.Ipv4Up.class).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(
      value = AuthMethod.class,
      names = {"MS_CHAP", "MS_CHAP_V2", "EAP"},
      mode = EnumSource.Mode.EXCLUDE)
  void otherProofsGiveNoKeys(AuthMethod method) {
    LinkPair pair = new LinkPair(server(REQUIRE, method), client(REQUIRE)).start();
    assertEncryptionFailed(pair, pair.a);
  }

  @Test
  void twoProofsGiveNoKeysThatBothEndsAgreeOn() {
    LinkPair pair =
        new LinkPair(server(REQUIRE, AuthMethod.MS_CHAP_V2), client(REQUIRE, AuthMethod.MS_CHAP))
            .start();
    assertEncryptionFailed(pair, pair.a);
  }

  @Test
  void plainPacketsAreDroppedWhereTheyMustBeEncrypted() {
    LinkPair pair = up(server(REQUIRE, AuthMethod.MS_CHAP_V2), client(REQUIRE));
    byte[] plain = Bench.HEX.parseHex("002145000014");
    pair.a.link.receive(plain, 0, plain.length, false, pair.now, (b, offset, length) -> {});
    assertTrue(pair.a.packets.isEmpty());
    assertEquals(0, pair.a.bundle.statistics().packetsReceived());
    checkTraffic(pair);
  }

  /// A new negotiation of CCP would encrypt with the same octets again.
  @ParameterizedTest
  @ValueSource(strings = {"80fd 0577 0004", "80fd 0177 000a 120601000040", "c021 0877 0006 80fd"})
  void encryptionThatIsTakenDownTakesTheLinkWithIt(String frame) {
    LinkPair pair = up(server(REQUIRE, AuthMethod.MS_CHAP_V2), client(REQUIRE));
    checkTraffic(pair);
    pair.runFor(10 * LinkPair.SECOND);
    byte[] octets = Bench.HEX.parseHex(frame.replace(" ", ""));
    pair.a.link.receive(octets, 0, octets.length, false, pair.now, (b, offset, length) -> {});
    pair.a.flush();
    pair.runFor(3 * MINUTE);
    assertTrue(
        pair.a.terminationReason() instanceof TerminationReason.EncryptionFailed
            || pair.b.terminationReason() instanceof TerminationReason.EncryptionFailed,
        pair::history);
    assertTrue(pair.a.isTerminated() && pair.b.isTerminated());
    assertFalse(pair.a.send(new TcpPackets(1).next(0, 10)));
  }

  @Test
  void aNewLcpNegotiationGivesNewKeys() {
    LinkPair pair = up(server(REQUIRE, AuthMethod.MS_CHAP_V2), client(REQUIRE));
    checkTraffic(pair);
    pair.runFor(10 * LinkPair.SECOND);
    pair.b.link.renegotiate(pair.now);
    pair.b.flush();
    pair.runFor(10 * LinkPair.SECOND);
    pair.runUntil(pair::bothUp, MINUTE);
    checkTraffic(pair);
  }

  @Test
  void encryptionThatIsNotRequiredLowersTheMtuWhenItBegins() {
    CcpConfig may =
        CcpConfig.DEFAULT
            .withDeflate(CcpConfig.Deflate.NONE)
            .withMppe(
                new CcpConfig.Mppe(
                    false, EnumSet.of(MppeStrength.BITS_128), true, MppeMode.STATEFUL));
    LinkPair pair = up(server(may, AuthMethod.MS_CHAP_V2), client(may));
    assertEquals(List.of(new PppEvent.MtuChanged(1496)), pair.a.events(PppEvent.MtuChanged.class));
    checkTraffic(pair);
  }

  @Test
  void aPeerThatAsksForMppeWithoutBitsDoesNotLoop() {
    Bench bench = new Bench(server(CcpConfig.DEFAULT));
    bench.openLcp();
    for (int i = 1; i < 200; i++) {
      bench.receive(String.format("80fd 01%02x 000a 120600000000", i));
      bench.sent();
    }
    assertTrue(bench.bundle.controlSent() < 450);
    assertEquals(Phase.NETWORK, bench.link.phase());
  }

  @Test
  void case20_oversizeAndMalformedCompressedFramesAreDropped() {
    LinkPair pair = up(server(CcpConfig.DEFAULT), client(CcpConfig.DEFAULT));
    for (int length = 0; length < 64; length++) {
      byte[] frame = new byte[2 + length];
      frame[1] = (byte) 0xfd;
      pair.a.link.receive(frame, 0, frame.length, false, pair.now, (b, offset, n) -> {});
      pair.a.flush();
    }
    pair.runFor(10 * LinkPair.SECOND);
    pair.b.send(new TcpPackets(1).next(0, 100));
    pair.runFor(10 * LinkPair.SECOND);
    checkTraffic(pair);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void packetsAllocateNothing(boolean encrypt) {
    LinkPair pair =
        encrypt
            ? up(server(REQUIRE, AuthMethod.MS_CHAP_V2), client(REQUIRE))
            : up(server(CcpConfig.DEFAULT), client(CcpConfig.DEFAULT));
    byte[] packet = new TcpPackets(1).next(0, 500);
    FrameBatch out = new FrameBatch(4000, 1);
    long[] octets = new long[1];
    PacketSink sink = (buffer, offset, length) -> octets[0] += length;
    Runnable exchange =
        () -> {
          out.clear();
          pair.a.bundle.encapsulate(packet, 0, packet.length, out, pair.now);
          pair.b.link.receive(out.buffer(), out.offset(0), out.length(0), false, pair.now, sink);
        };
    assertEquals(0, Allocation.of(exchange));
    assertTrue(octets[0] > 0);
  }
}
