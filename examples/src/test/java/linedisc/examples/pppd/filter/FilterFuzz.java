package linedisc.examples.pppd.filter;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Any expression is compiled or refused with a sentence, and looks at any octets.
class FilterFuzz {
  @FuzzTest
  void compile(byte[] input) {
    try {
      PacketFilter.compile(new String(input, StandardCharsets.UTF_8), host -> null)
          .matches(input, 0, input.length, true);
    } catch (FilterException e) {
      if (e.sentence().length() < 10) {
        throw new AssertionError(e);
      }
    }
  }
}
