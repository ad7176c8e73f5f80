package linedisc.serial.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import linedisc.serial.chat.ChatStep.Alternative;
import org.junit.jupiter.api.Test;

class ChatScriptTest {
  @Test
  void aFileIsLinesOfWords() throws ChatSyntaxException {
    assertEquals(
        List.of(
            "<ABORT BUSY>", "<ABORT NO CARRIER>", "<TIMEOUT 5>", "", "ATZ^M", "OK", "AT DT\"1^M"),
        steps(
            """
            # a comment
            ABORT BUSY ABORT 'NO CARRIER'
            \tTIMEOUT  5
            "" 'ATZ'
            OK "AT DT\\"1"
            """));
    assertEquals(List.of("a", "b#^M"), steps("a b#\r\n#c d\r\n"));
    assertEquals(List.of("a", "b^M"), steps("'a'\"b\""));
    assertEquals(List.of(), steps(""));
  }

  @Test
  void keywordsCountOnlyWhereAStringIsExpected() throws ChatSyntaxException {
    assertEquals(
        List.of("", "ABORT^M", "<SAY hi^M>", "a", "TIMEOUT^M"), steps("'' ABORT SAY hi a TIMEOUT"));
    assertEquals(
        List.of("<ECHO true>", "<ECHO false>", "<HANGUP false>", "<HANGUP true>", "<TIMEOUT 45>"),
        steps("ECHO ON ECHO on HANGUP OFF HANGUP x TIMEOUT 0"));
    assertEquals(
        List.of("<REPORT C>", "<CLR_REPORT C>", "<CLR_ABORT B>"),
        steps("REPORT C CLR_REPORT C CLR_ABORT B"));
    assertEquals(List.of("a", "@f file"), steps("a '@ f file'"));
    assertEquals(List.of("a", "@^M"), steps("a @"));
    assertEquals(List.of(), steps("ABORT"));
  }

  @Test
  void repliesStandBetweenHyphens() throws ChatSyntaxException {
    assertEquals(List.of("ogin:-^M-ogin:"), steps("ogin:--ogin:"));
    assertEquals(List.of("a-b^M-"), steps("a-b"));
    assertEquals(List.of("a-b^M-"), steps("a-b-"));
    assertEquals(List.of("a-\\K-c-@f-e"), steps("a-BREAK-c-@f-e"));
    assertEquals(List.of("a-b", "c-d^M"), steps("a\\-b c-d"));
    assertEquals(List.of("-b^M-c"), steps("-b-c"));
  }

  @Test
  void mistakesNameTheirLine() {
    assertEquals("modem:2: the quote \" does not end", mistake("a b\nc \"d\\\"\n"));
    assertEquals("modem:1: TIMEOUT needs a number of seconds", mistake("TIMEOUT soon"));
    assertEquals(
        "modem:3: the string of ABORT must have 1 to 49 octets",
        mistake("\n\nABORT " + "x".repeat(50)));
    assertEquals("modem:1: the string of REPORT must have 1 to 49 octets", mistake("REPORT ''"));
    assertEquals("modem:1: a string to expect has 1024 octets at most", mistake("x".repeat(1025)));
    assertEquals(
        "word 4: TIMEOUT needs a number of seconds",
        assertThrows(
                ChatSyntaxException.class,
                () -> ChatScript.ofWords(List.of("a", "b", "TIMEOUT", ""), ChatVariables.NONE))
            .sentence());
  }

  private static String mistake(String file) {
    return assertThrows(ChatSyntaxException.class, () -> steps(file)).sentence();
  }

  private static List<String> steps(String file) throws ChatSyntaxException {
    return ChatScript.ofFile("modem", file.getBytes(StandardCharsets.UTF_8), ChatVariables.NONE)
        .steps()
        .stream()
        .map(ChatScriptTest::text)
        .toList();
  }

  private static String text(ChatStep step) {
    return switch (step) {
      case ChatStep.Expect(var alternatives) ->
          String.join("-", alternatives.stream().map(ChatScriptTest::text).toList());
      case ChatStep.Send(var sending) -> text(sending);
      case ChatStep.Abort(var string) -> "<ABORT " + string + ">";
      case ChatStep.ClearAbort(var string) -> "<CLR_ABORT " + string + ">";
      case ChatStep.Report(var string) -> "<REPORT " + string + ">";
      case ChatStep.ClearReport(var string) -> "<CLR_REPORT " + string + ">";
      case ChatStep.Timeout(int seconds) -> "<TIMEOUT " + seconds + ">";
      case ChatStep.Echo(boolean on) -> "<ECHO " + on + ">";
      case ChatStep.HangUp(boolean matters) -> "<HANGUP " + matters + ">";
      case ChatStep.Say(var said) -> "<SAY " + said + ">";
    };
  }

  private static String text(Alternative alternative) {
    var reply = alternative.reply();
    return alternative.expected() + (reply == null ? "" : "-" + text(reply));
  }

  private static String text(ChatStep.Sending sending) {
    return sending.text() == null ? "@" + sending.file() : sending.text().toString();
  }
}
