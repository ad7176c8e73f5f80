package linedisc.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import linedisc.ppp.fsm.Discard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What LCP does not speak is refused as RFC 1661 says: options by a Configure-Reject that lists
/// exactly them, as they came and in their order; codes by a Code-Reject.
class LcpRefusalTest {
  private static final List<String> REFUSED =
      List.of(
          "0408c02500000bb8", // Quality-Protocol
          "0404c02d", // the same with a protocol that nobody has
          "090304", // FCS-Alternatives: none, 16 and 32 bit
          "090302",
          "0a0310", // Self-Describing-Padding
          "0b041107", // Numbered-Mode
          "0c02", // Multi-Link-Procedure
          "0d0306", // Callback by CBCP
          "0d0905313233343536", // Callback to a number
          "0f02", // Compound-Frames
          "110405dc", // MRRU
          "1202", // short sequence numbers
          "130300", // Endpoint-Discriminator: null
          "130702c0000201",
          "130903001122334455",
          "1604abcd", // MP+
          "17040001", // Link-Discriminator
          "1804ffff", // LCP-Authentication
          "1906000000ff", // COBS
          "1a0300", // Prefix-Elision
          "1b040004", // Multilink header format
          "1c06000000ff", // Internationalization
          "1d03ff", // Simple Data Link on SONET
          "0008000001020304", // vendor's own (RFC 2153)
          "ff02");

  private static final List<String> TAKEN =
      List.of("010405dc", "020600000000", "05065d58cf41", "0702", "0802");

  private static String request(String options) {
    return String.format("c021 0107 %04x", 4 + options.length() / 2) + options;
  }

  private static String reject(String options) {
    return String.format("c0210407%04x", 4 + options.length() / 2) + options;
  }

  private static Bench bench() {
    Bench bench = new Bench().establish();
    bench.sent();
    return bench;
  }

  @Test
  void eachOptionAloneIsRejected() {
    for (int i = 0; i < REFUSED.size(); i++) {
      Bench bench = bench();
      bench.receive(request(REFUSED.get(i)));
      assertEquals(reject(REFUSED.get(i)), bench.sentOne());
      bench.receive(request(""));
      assertEquals("c02102070004", bench.sentOne(), "without it all is well");
    }
  }

  @Test
  void exactlyTheRefusedOnesAreRejectedInTheirOrder() {
    for (int seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder asked = new StringBuilder();
      StringBuilder refused = new StringBuilder();
      int nextTaken = 0;
      int[] order = random.ints(0, REFUSED.size()).distinct().limit(10).toArray();
      boolean[] seen = new boolean[256];
      for (int index : order) {
        if (random.nextBoolean() && nextTaken < TAKEN.size()) {
          asked.append(TAKEN.get(nextTaken++));
        }
        String option = REFUSED.get(index);
        int type = Integer.parseInt(option.substring(0, 2), 16);
        if (!seen[type]) {
          seen[type] = true;
          asked.append(option);
          refused.append(option);
        }
      }
      Bench bench = bench();
      bench.receive(request(asked.toString()));
      assertEquals(reject(refused.toString()), bench.sentOne(), "seed " + seed);
    }
  }

  /// RFC 1661 section 5.4: options that are acceptable or to be negotiated wait for the next
  /// request.
  @Test
  void aRejectGoesBeforeANak() {
    Bench bench = bench();
    bench.receive(request("01040001" + "110405dc" + "0702"));
    assertEquals(reject("110405dc"), bench.sentOne());
    bench.receive(request("01040001" + "0702"));
    assertEquals("c0210307000801040080", bench.sentOne());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void unknownCodesAreRejectedWhole(boolean opened) {
    Bench bench = opened ? new Bench().openLcp() : bench();
    bench.sent();
    int lastIdentifier = -1;
    for (int code = 0; code < 256; code++) {
      if (code >= 1 && code <= 13) {
        continue;
      }
      String packet = String.format("%02x5a0007aabbcc", code);
      bench.receive("c021" + packet + "00");
      String answer = bench.sentOne();
      assertTrue(answer.startsWith("c02107"), answer);
      assertEquals("000b" + packet, answer.substring(8), "with its header, without padding");
      int identifier = Integer.parseInt(answer.substring(6, 8), 16);
      assertNotEquals(lastIdentifier, identifier, "RFC 1661 section 5.6: changed for each");
      lastIdentifier = identifier;
    }
    assertEquals(opened ? Phase.NETWORK : Phase.ESTABLISH, bench.link.phase());
  }

  @Test
  void identificationAndTimeRemainingAreTakenSilentlyInEveryPhase() {
    for (Bench bench : List.of(bench(), new Bench().openLcp())) {
      bench.sent();
      bench.receive("c021 0c01 000c 00000000 41424344");
      bench.receive("c021 0c02 0008 00000000");
      bench.receive("c021 0d01 000c 00000000 0000003c");
      bench.receive("c021 0b01 0008 00000000");
      assertEquals(List.of(), bench.sent());
      assertEquals(0, bench.link.statistics().discards().getOrDefault(Discard.MALFORMED_BODY, 0L));
    }
  }

  /// Callback by CBCP is refused, and so is CBCP itself; its lengths have nothing to break.
  @Test
  void case42CallbackOfAnyLengthIsRefused() {
    for (int length = 2; length < 64; length++) {
      String option = String.format("0d%02x", length) + "06".repeat(length - 2);
      Bench bench = bench();
      bench.receive(request(option));
      assertEquals(reject(option), bench.sentOne());
    }
    Bench bench = new Bench().openLcp();
    bench.sent();
    for (String cbcp :
        List.of("0101", "01010004", "0101000501", "0101000602ff", "01010008020005")) {
      bench.receive("c029" + cbcp);
      String answer = bench.sentOne();
      assertTrue(answer.startsWith("c02108") && answer.endsWith("c029" + cbcp), answer);
    }
    assertEquals(Phase.NETWORK, bench.link.phase());
  }
}
