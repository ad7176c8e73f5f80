package linedisc.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LcpAgreementTest {
  private static Set<String> wanted(String asking, String answering) {
    return LcpAgreement.wanted(end(asking), end(answering));
  }

  private static End end(String options) {
    return new End(End.Program.PPP, null, List.of(options.split(" ", -1)));
  }

  @Test
  void withoutAWordTheUsualOptionsAreAskedFor() {
    assertEquals(Set.of("asyncmap 0x0", "magic", "pcomp", "accomp"), wanted("", ""));
  }

  @Test
  void eachEndAsksForItsOwnValues() {
    assertEquals(
        Set.of("mru 296", "asyncmap 0xa0000", "magic", "pcomp", "accomp"),
        wanted("mru 296 asyncmap a0000", "mru 576 asyncmap ffffffff"));
  }

  @Test
  void defaultsNeedNoWord() {
    assertEquals(Set.of("magic", "pcomp", "accomp"), wanted("mru 1500 asyncmap ffffffff", ""));
  }

  @Test
  void eitherEndSwitchesOptionsOff() {
    assertEquals(
        Set.of("pcomp"), wanted("mru 296 default-asyncmap", "default-mru nomagic noaccomp"));
    assertEquals(Set.of(), wanted("nopcomp noaccomp nomagic default-asyncmap", ""));
  }

  @Test
  void lastAcknowledgementCounts() {
    String log =
        """
        sent [LCP ConfAck id=0x1 <mru 296>]
        trace sent [LCP ConfAck id=0x2 <asyncmap 0xa0000> <magic 0xc3fa066e> <pcomp>]
        rcvd [LCP ConfAck id=0x2 <accomp>]
        sent [IPCP ConfAck id=0x3 <addr 10.9.0.1>]
        """;

    assertEquals(Set.of("asyncmap 0xa0000", "magic", "pcomp"), LcpAgreement.acknowledged(log));
  }

  @Test
  void acknowledgementMayBeEmpty() {
    assertEquals(Set.of(), LcpAgreement.acknowledged("sent [LCP ConfAck id=0x1]\n"));
    assertEquals(Set.of(), LcpAgreement.acknowledged("rcvd [LCP ConfReq id=0x1 <pcomp>]\n"));
  }
}
