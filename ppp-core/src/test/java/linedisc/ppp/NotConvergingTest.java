package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import linedisc.ppp.ccp.CcpConfig;
import linedisc.ppp.ipcp.IpcpConfig;
import linedisc.ppp.ipv6cp.Ipv6cpConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A peer that asks for the same refused option for ever ends the protocol that it asks in, and no
/// other, unless the link cannot do without.
class NotConvergingTest {
  private static final int ROUNDS = 100;

  private static PppConfig config(boolean required) {
    return PppConfig.builder()
        .ccp(CcpConfig.DEFAULT)
        .ipcp(IpcpConfig.builder().localAddress(1).required(required).build())
        .ipv6cp(Ipv6cpConfig.builder().localIdentifier(1).required(required).build())
        .trace(true)
        .build();
  }

  private static Bench insist(Bench bench, String protocol) {
    for (int i = 0; i < ROUNDS; i++) {
      bench.receive(String.format("%s 01%02x 0006 ff02", protocol, i));
      bench.sent();
    }
    bench.events();
    return bench;
  }

  @ParameterizedTest
  @CsvSource({"8021, IPCP, 0x21", "8057, IPV6CP, 0x57"})
  void aNetworkProtocolGoesDownAlone(String protocol, String name, String number) {
    Bench bench = insist(new Bench(config(false)).openLcp(), protocol);
    String why = "negotiation does not converge";
    assertTrue(
        bench.events.contains(new PppEvent.NetworkDown(Integer.decode(number), why)),
        bench.events::toString);
    assertEquals(Phase.NETWORK, bench.link.phase());
    assertTrue(
        bench.events.contains(new PppEvent.Trace(name + ": Req-Sent -> Closing (Close)")),
        bench.events::toString);
  }

  @ParameterizedTest
  @CsvSource({"8021, IPCP", "8057, IPV6CP"})
  void aNetworkProtocolThatIsRequiredTakesTheLinkWithIt(String protocol, String name) {
    Bench bench = insist(new Bench(config(true)).openLcp(), protocol);
    assertEquals(Phase.TERMINATE, bench.link.phase());
    bench.endSession();
    assertEquals(
        List.of(
            new PppEvent.Terminated(
                new TerminationReason.NetworkFailed(name, "negotiation does not converge"))),
        bench.events.stream().filter(PppEvent.Terminated.class::isInstance).toList());
  }

  @ParameterizedTest
  @CsvSource("80fd")
  void compressionGoesDownAlone(String protocol) {
    Bench bench = insist(new Bench(config(true)).openLcp(), protocol);
    assertTrue(
        bench.events.contains(new PppEvent.CompressionDown("negotiation does not converge")),
        bench.events::toString);
    assertEquals(Phase.NETWORK, bench.link.phase());
  }

  @Test
  void lcpEndsTheLink() {
    Bench bench = new Bench(config(false)).establish();
    insist(bench, "c021");
    assertEquals(Phase.TERMINATE, bench.link.phase());
    bench.endSession();
    assertTrue(
        bench.events.contains(new PppEvent.Terminated(new TerminationReason.NotConverging("LCP"))),
        bench.events::toString);
  }
}
