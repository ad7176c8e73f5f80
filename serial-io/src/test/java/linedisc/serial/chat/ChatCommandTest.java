package linedisc.serial.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatCommandTest {
  @Test
  void options() throws ChatSyntaxException {
    var chat = parse("-vsS", "-t30", "-T", "555", "-U1", "-r", "report", "-E", "--", "-x", "y");
    assertTrue(chat.options().verbose());
    assertFalse(chat.options().echo());
    assertTrue(chat.toStandardError());
    assertFalse(chat.toLog());
    assertEquals(30, chat.options().timeoutSeconds());
    assertEquals("555", chat.variables().first());
    assertEquals("1", chat.variables().second());
    assertEquals("report", chat.reportFile());
    assertEquals(Map.of("A", "b"), chat.variables().environment());
    assertEquals(List.of("-x", "y"), chat.words());
    assertTrue(parse("-V").options().echo());
    assertTrue(parse("-e", "").options().echo());
    assertEquals(List.of("", "ATZ"), parse("", "ATZ").words());
    assertEquals(List.of("-", "x"), parse("-", "x").words());
    assertNull(parse("x").variables().environment());
    assertEquals(45, parse("-t", "0").options().timeoutSeconds());
  }

  @Test
  void mistakes() {
    assertTrue(mistake("-z").startsWith("unknown option -z; usage: chat"));
    assertTrue(mistake("-t").startsWith("option -t needs a value; usage: chat"));
    assertEquals("option -t needs a number of seconds, and not 'x'", mistake("-tx"));
    assertTrue(mistake("-f", "file", "word").startsWith("a script is in a file or on"));
  }

  @Test
  void aScriptFromAFile() throws ChatSyntaxException, IOException {
    ChatFiles files =
        name -> {
          if (!name.equals("isp")) {
            throw new IOException("there is no file " + name);
          }
          return "'' ATZ\nOK \"".getBytes(StandardCharsets.US_ASCII);
        };
    assertEquals(
        "isp:2: the quote \" does not end",
        assertThrows(ChatSyntaxException.class, () -> parse("-f", "isp").script(files)).sentence());
    assertThrows(IOException.class, () -> parse("-f", "other").script(files));
    assertEquals(2, parse("a", "b").script(files).steps().size());
  }

  @Test
  void commandsThatNeedNoShell() {
    assertEquals(
        List.of("-v", "", "AT+CGDCONT=1,\"IP\",\"net\"", "OK", "ATD*99#", "it's"),
        ChatCommand.ofShell(
            "/usr/sbin/chat  -v '' 'AT+CGDCONT=1,\"IP\",\"net\"' OK \"ATD*99#\"\t\"it's\""));
    assertEquals(
        List.of("\\d", "a b", "$", "\\s"), ChatCommand.ofShell("chat '\\d' a\\ b \"\\$\" \"\\s\""));
    assertEquals(List.of("AT=1#", "x!"), ChatCommand.ofShell("chat AT=1# x!"));
    assertEquals(
        List.of("AT+CPIN?", "OK", "ATD*99***1#"),
        ChatCommand.ofShell("chat AT+CPIN? OK ATD*99***1#"));
    assertEquals(List.of(), ChatCommand.ofShell("chat"));
    for (String shell :
        List.of(
            "",
            "pon",
            "chat $A",
            "chat a; b",
            "chat a | b",
            "chat \"$A\"",
            "chat `x`",
            "chat > f",
            "chat *",
            "chat 'a",
            "chat \"a",
            "A=b chat",
            "chat #x",
            "chat ~",
            "(chat)",
            "chat a\nb",
            "chat \\",
            "exec chat a",
            "chats")) {
      assertNull(ChatCommand.ofShell(shell), shell);
    }
  }

  private static String mistake(String... arguments) {
    return assertThrows(ChatSyntaxException.class, () -> parse(arguments)).sentence();
  }

  private static ChatCommand parse(String... arguments) throws ChatSyntaxException {
    return ChatCommand.parse(List.of(arguments), Map.of("A", "b"));
  }
}
