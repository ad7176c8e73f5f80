package linedisc.serial.chat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatTextTest {
  private static final ChatVariables VARIABLES =
      new ChatVariables("555\\d", "é", Map.of("NAME", "a\\b^C$X"));

  @Test
  void everyEscapeInWhatIsSent() {
    assertSent("a\rb", "a\\rb\\c");
    assertSent("\b\n\t \\", "\\b\\n\\t\\s\\\\\\c");
    assertSent("\u0003\u0003\u001b", "^C^c^[\\c");
    assertSent("A\u0007B7", "\\101\\7\\1027\\c");
    assertSent("\0\0", "\\N\\0\\c");
    assertSent("x-y$", "x\\-y\\$\\c");
    assertSent("", "\\c");
    assertSent("\r", "");
    assertSent("ATZ\r", "ATZ");
    assertSent("acb\r", "a\\cb");
    assertSent("a^\r", "a^");
    assertSent("\\\r", "\\");
    assertEquals("a\\db\\pc\\K^M", ChatText.sent("a\\db\\pc\\K", ChatVariables.NONE).shown());
    assertEquals(7, ChatText.sent("a\\db\\pc\\K", ChatVariables.NONE).length());
  }

  @Test
  void everyEscapeInWhatIsExpected() {
    assertExpected("a\rb", "a\\rb");
    assertExpected("\b\n\t \\", "\\b\\n\\t\\s\\\\");
    assertExpected("\u0003", "^C");
    assertExpected("A", "\\101");
    assertExpected("cdpKN", "\\c\\d\\p\\K\\N");
    assertExpected("\\T\\U", "\\T\\U");
    assertExpected("", "^@");
    assertExpected("", "\\0");
    assertExpected("a", "a\\");
    assertExpected("x", "\\qx");
    assertExpected("x^", "x^");
  }

  @Test
  void wordsWithAMeaningOfTheirOwn() {
    assertEquals("^D", ChatText.sent("EOT", ChatVariables.NONE).shown());
    assertEquals("\\K", ChatText.sent("BREAK", ChatVariables.NONE).shown());
    assertEquals("EOTS^M", ChatText.sent("EOTS", ChatVariables.NONE).shown());
    assertEquals("EOT", ChatText.expected("EOT", ChatVariables.NONE).shown());
  }

  @Test
  void variablesAreTakenAsTheyAre() {
    assertEquals("ATDT555\\d\r", ChatText.sent("ATDT\\T", VARIABLES).text());
    assertArrayEquals(
        new byte[] {(byte) 0xC3, (byte) 0xA9}, ChatText.sent("\\U\\c", VARIABLES).visibleOctets());
    assertEquals("\\T\r", ChatText.sent("\\T", ChatVariables.NONE).text());
    assertEquals("<a\\b^C$X>\r", ChatText.sent("<$NAME>", VARIABLES).text());
    assertEquals("<>-\r", ChatText.sent("<$OTHER>$-", VARIABLES).text());
    assertEquals("$NAME\r", ChatText.sent("\\$NAME", VARIABLES).text());
    assertEquals("$NAME\r", ChatText.sent("$NAME", ChatVariables.NONE).text());
    assertEquals("a\\b^C$X", ChatText.expected("$NAME", VARIABLES).text());
  }

  @Test
  void hiddenStringsDoNotShow() {
    ChatText hidden = ChatText.sent("\\qsesame", ChatVariables.NONE);
    assertTrue(hidden.isHidden());
    assertEquals("??????", hidden.toString());
    assertEquals("sesame\r", hidden.text());
    assertArrayEquals("sesame".getBytes(StandardCharsets.US_ASCII), hidden.visibleOctets());
    assertFalse(ChatText.sent("open", ChatVariables.NONE).isHidden());
  }

  @Test
  void octetsForLogs() {
    assertEquals("^@", ChatText.shown(0));
    assertEquals("^?", ChatText.shown(0x7F));
    assertEquals("M-^M", ChatText.shown(0x8D));
    assertEquals("M-a", ChatText.shown(0xE1));
    assertEquals("\t", ChatText.shown('\t'));
  }

  private static void assertSent(String expected, String word) {
    assertEquals(expected, ChatText.sent(word, ChatVariables.NONE).text(), word);
  }

  private static void assertExpected(String expected, String word) {
    assertEquals(expected, ChatText.expected(word, ChatVariables.NONE).text(), word);
  }
}
