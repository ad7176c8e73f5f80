package linedisc.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import linedisc.examples.Capture;
import org.junit.jupiter.api.Test;

/// `linedisc demo --ppp`: over a wire in memory.
class PppDemoTest {
  private static Capture demo(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "demo";
    all[1] = "--line";
    all[2] = "null";
    System.arraycopy(words, 0, all, 3, words.length);
    return Capture.of(all);
  }

  private static void assertHas(String text, String part) {
    assertTrue(text.contains(part), () -> "no " + part + " in " + text);
  }

  @Test
  void encryptionOverABadLineEndsOpened() {
    Capture demo = demo("--ppp", "require-mschap-v2 require-mppe-128", "--ber", "1e-5", "--debug");
    assertEquals(0, demo.status(), demo.err());
    assertHas(demo.out(), "ppp0  compression  sends MPPE 128-bit stateless, receives MPPE");
    assertHas(demo.out(), "\nopened, ");
    assertHas(demo.err(), "ppp1: sent [CHAP Response id=");
  }

  @Test
  void jsonSaysWhatWasAgreedOn() {
    Capture demo =
        demo(
            "--json",
            "--ppp",
            "192.0.2.1:192.0.2.2 require-chap ms-dns 192.0.2.53 mru 1400 asyncmap a0000",
            "--ppp-peer",
            "usepeerdns user fred nodeflate novj noipv6");
    assertEquals(0, demo.status(), demo.err());
    String out = demo.out();
    assertHas(out, "{\"state\":\"opened\",\"ends\":[{\"name\":\"ppp0\",\"mru\":1400,");
    assertHas(out, "\"accm\":\"0x000a0000\"");
    assertHas(out, "\"peer_auth\":\"chap MD5\",\"peer_name\":\"fred\",\"local\":\"192.0.2.1\"");
    assertHas(out, "\"dns\":[\"192.0.2.53\"]");
    assertHas(out, "\"vj\":{\"sends\":0,\"receives\":0}");
    assertHas(out, "\"compressor\":\"\"");
    assertHas(out, "\"answered\":10,");
  }

  @Test
  void aPasswordThatOneEndDoesNotHaveIsWrong() {
    Capture demo = demo("--json", "--ppp", "require-pap", "--ppp-peer", "password guess");
    assertEquals(1, demo.status(), demo.err());
    assertHas(demo.out(), "{\"state\":\"ended\"");
    assertHas(demo.out(), "\"exit\":11");
    assertHas(demo.out(), "\"exit\":19");
    assertFalse(demo.out().contains("guess"), demo.out());
  }

  @Test
  void whatIsWrongWithTheWordsIsSaid() {
    Capture unknown = demo("--ppp", "nosuchoption");
    assertEquals(2, unknown.status());
    assertHas(unknown.err(), "'nosuchoption'");
    assertEquals(2, demo("--ber", "0.1").status());
    assertEquals(2, demo("--ppp", "", "--ber", "2").status());
  }
}
