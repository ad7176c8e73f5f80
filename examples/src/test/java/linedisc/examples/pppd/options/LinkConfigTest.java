package linedisc.examples.pppd.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import linedisc.ppp.auth.AuthMethod;
import linedisc.ppp.ccp.CcpConfig;
import linedisc.ppp.ccp.MppeStrength;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.lcp.LcpConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkConfigTest {
  private static final int HOST = 0xC0A80101;

  @TempDir Path root;

  @Test
  void withoutOptionsItIsPppdsDefault() throws OptionException {
    var config = of("");
    assertEquals(LcpConfig.builder().loopbackPause(Duration.ofMillis(100)).build(), config.lcp());
    assertEquals(List.of(), config.asked());
    assertEquals(Set.of(AuthMethod.values()), config.given());
    assertEquals(CcpConfig.DEFAULT, config.ccp());
    assertNotNull(config.ipv6cp());
    IpcpConfig ipcp = Objects.requireNonNull(config.ipcp());
    assertEquals(HOST, ipcp.localAddress());
    assertTrue(ipcp.acceptLocal(), "the host's own address is only a proposal");
    assertEquals(16, ipcp.vjSlots());
    assertEquals(100, ipcp.restart().maxFailure());
  }

  @Test
  void lcp() throws OptionException {
    LcpConfig lcp =
        of("mru 296 asyncmap a0000 escape 91,11 nopcomp noaccomp nomagic passive lcp-restart 1 "
                + "lcp-echo-interval 5 lcp-echo-failure 3 lcp-echo-adaptive lcp-max-configure 9")
            .lcp();
    assertEquals(296, lcp.mru());
    assertEquals(296, lcp.mtu());
    assertEquals(0xA0000, lcp.accm());
    assertEquals(List.of(0x11, 0x91), lcp.escapes());
    assertFalse(lcp.protocolCompression() || lcp.addressControlCompression() || lcp.magicNumber());
    assertTrue(lcp.restart().passive() && lcp.echoAdaptive());
    assertFalse(lcp.restart().silent());
    assertEquals(Duration.ofSeconds(5), lcp.echoInterval());
    assertEquals(3, lcp.echoFailure());
    assertEquals(9, lcp.restart().maxConfigure());
    assertEquals(16384, of("mtu 16384").lcp().mtu());
    assertEquals(1500, of("mru 600 default-mru").lcp().mru());
    assertFalse(of("default-mru").lcp().negotiateMru());
    assertEquals(-1, of("default-asyncmap").lcp().accm());
    assertTrue(of("silent").lcp().restart().silent());
  }

  @Test
  void whatEnginesDontTakeIsCutAndSaid() throws OptionException {
    var options =
        read(
            "lcp-max-configure 9999 lcp-max-terminate 0 ipcp-restart 100000 lcp-echo-interval"
                + " 2147483647 lcp-echo-failure 5000 ipv6cp-max-failure 256");
    assertEquals(255, options.get(LcpOptions.MAX_CONFIGURE));
    assertEquals(
        List.of(
            "test:1: option lcp-max-configure 9999 is taken as 255",
            "test:1: option lcp-max-terminate 0 is taken as 1",
            "test:1: option ipcp-restart 100000 is taken as 3600",
            "test:1: option lcp-echo-interval 2147483647 is taken as 86400",
            "test:1: option lcp-echo-failure 5000 is taken as 1000",
            "test:1: option ipv6cp-max-failure 256 is taken as 255"),
        options.messages());
    assertNotNull(LinkConfig.of(options, "me", true, 0, 0));
  }

  @Test
  void authentication() throws OptionException {
    assertEquals(
        List.of(AuthMethod.MS_CHAP_V2, AuthMethod.CHAP_MD5),
        of("require-chap require-mschap-v2").asked());
    assertEquals(
        List.of(
            AuthMethod.EAP,
            AuthMethod.MS_CHAP_V2,
            AuthMethod.MS_CHAP,
            AuthMethod.CHAP_MD5,
            AuthMethod.PAP),
        of("auth").asked());
    assertEquals(List.of(), of("require-pap noauth").asked());
    assertEquals(
        5, LinkConfig.of(read(""), "me", false, 0, 0).asked().size(), "on by default otherwise");
    assertEquals(List.of(), LinkConfig.of(read("noauth"), "me", false, 0, 0).asked());
    assertEquals(
        Set.of(AuthMethod.MS_CHAP, AuthMethod.MS_CHAP_V2, AuthMethod.EAP),
        of("refuse-pap refuse-chap").given());
    var auth = of("chap-interval 60 pap-timeout 0 eap-max-sreq 4").auth();
    assertEquals("me", auth.localName());
    assertEquals(Duration.ofSeconds(60), auth.chap().interval());
    assertEquals(Duration.ZERO, auth.pap().timeout());
    assertEquals(4, auth.eap().maxTransmits());
  }

  @Test
  void addresses() throws OptionException {
    IpcpConfig ipcp =
        Objects.requireNonNull(
            of("10.0.0.1:10.0.0.2 ms-dns 1.1.1.1 usepeerdns novj noremoteip nosendip").ipcp());
    assertEquals(0x0A000001, ipcp.localAddress());
    assertEquals(0x0A000002, ipcp.remoteAddress());
    assertFalse(ipcp.acceptLocal() || ipcp.sendAddress() || ipcp.askRemote());
    assertEquals(0, ipcp.remoteStandIn());
    assertEquals(0, ipcp.vjSlots());
    assertEquals(List.of(0x01010101), ipcp.offeredDns());
    assertTrue(ipcp.askDns());
    assertEquals(0, Objects.requireNonNull(of("noipdefault").ipcp()).localAddress());
    assertNull(of("noip").ipcp());
    assertNull(of("noipv6").ipv6cp());
  }

  @Test
  void compressionAndEncryption() throws OptionException {
    assertNull(of("noccp").ccp());
    assertEquals(
        new CcpConfig.Deflate(12, 0, false),
        Objects.requireNonNull(of("deflate 12,0 nodeflatedraft").ccp()).deflate());
    assertEquals(
        CcpConfig.Mppe.require(MppeStrength.BITS_128),
        Objects.requireNonNull(of("require-mppe-128").ccp()).mppe());
    var both =
        Objects.requireNonNull(Objects.requireNonNull(of("+mppe mppe-stateful").ccp()).mppe());
    assertEquals(Set.of(MppeStrength.BITS_40, MppeStrength.BITS_128), both.strengths());
    assertFalse(both.stateless());
  }

  /// Modems that name no address for themselves are known by this one in many a script.
  @Test
  void aPeerWithoutAnAddressGetsPppdsStandIn() throws OptionException {
    var link = LinkConfig.of(read(""), "me", true, 0, 3);
    assertEquals(0x0a404040 + 3, Objects.requireNonNull(link.ipcp()).remoteStandIn());
    assertEquals(0, Objects.requireNonNull(of("noremoteip").ipcp()).remoteStandIn());
  }

  private LinkConfig of(String words) throws OptionException {
    return LinkConfig.of(read(words), "me", true, HOST, 0);
  }

  private PppdOptions read(String words) throws OptionException {
    return OptionReader.readLink(new TestMachine(root), words, "test");
  }
}
