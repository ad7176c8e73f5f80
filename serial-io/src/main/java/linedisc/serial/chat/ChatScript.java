package linedisc.serial.chat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import linedisc.serial.chat.ChatStep.Alternative;
import linedisc.serial.chat.ChatStep.Sending;
import org.jspecify.annotations.Nullable;

/// A script: strings to expect and strings to send in turn, or keywords with their argument. Never
/// changes.
///
/// Keywords, where a string to expect may stand: ABORT, CLR_ABORT, REPORT, CLR_REPORT, TIMEOUT,
/// ECHO, HANGUP, SAY. A string to expect may be `expect-reply-expect`: the reply is sent when the
/// first string does not come in time. A string to send that begins with `@` names a file that
/// holds it; `EOT` and `BREAK` are sent as such.
public final class ChatScript {
  /// Longest string that can be expected, in octets.
  static final int MAX_EXPECTED = 1024;

  /// Longest string that ABORT and REPORT take, in octets.
  static final int MAX_WATCHED = 49;

  /// Strings that ABORT, and as many that REPORT, may have in force at a time.
  static final int MAX_STRINGS = 50;

  /// Seconds a string may take to come, unless TIMEOUT says otherwise.
  public static final int DEFAULT_TIMEOUT = 45;

  private final List<ChatStep> steps;
  private final ChatVariables variables;

  private ChatScript(List<ChatStep> steps, ChatVariables variables) {
    this.steps = List.copyOf(steps);
    this.variables = variables;
  }

  /// The words of a command line.
  ///
  /// @throws ChatSyntaxException with the number of the word that can't be understood
  public static ChatScript ofWords(List<String> words, ChatVariables variables)
      throws ChatSyntaxException {
    var parser = new Parser(variables);
    for (int i = 0; i < words.size(); i++) {
      byte[] octets = words.get(i).getBytes(StandardCharsets.UTF_8);
      parser.word(new String(octets, StandardCharsets.ISO_8859_1), "word " + (i + 1));
    }
    return parser.finish();
  }

  /// A script file: words between blanks or in quotes, in which a backslash keeps a quote from
  /// ending them; lines that begin with `#` are comments.
  ///
  /// @param name for messages
  /// @param file its octets; the caller's, only read
  /// @throws ChatSyntaxException with the line that can't be understood
  public static ChatScript ofFile(String name, byte[] file, ChatVariables variables)
      throws ChatSyntaxException {
    var parser = new Parser(variables);
    String[] lines = new String(file, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].startsWith("#")) {
        line(lines[i], name + ":" + (i + 1), parser);
      }
    }
    return parser.finish();
  }

  List<ChatStep> steps() {
    return steps;
  }

  /// What strings may refer to that are read from files later.
  ChatVariables variables() {
    return variables;
  }

  private static void line(String line, String place, Parser parser) throws ChatSyntaxException {
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (isBlank(c)) {
        at++;
        continue;
      }
      boolean quoted = c == '"' || c == '\'';
      int start = quoted ? at + 1 : at;
      int end = start;
      while (end < line.length() && (quoted ? line.charAt(end) != c : !isBlank(line.charAt(end)))) {
        end += quoted && line.charAt(end) == '\\' ? 2 : 1;
      }
      if (quoted && end >= line.length()) {
        throw new ChatSyntaxException(place + ": the quote " + c + " does not end");
      }
      parser.word(line.substring(start, end), place);
      at = end + 1;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /// Takes words in turn, each one character an octet.
  private static final class Parser {
    private final ChatVariables variables;
    private final List<ChatStep> steps = new ArrayList<>();
    private boolean sending;
    private @Nullable String keyword;

    Parser(ChatVariables variables) {
      this.variables = variables;
    }

    ChatScript finish() {
      return new ChatScript(steps, variables);
    }

    void word(String word, String place) throws ChatSyntaxException {
      if (sending) {
        steps.add(argument(word, place));
        keyword = null;
      } else if (isKeyword(word)) {
        keyword = word;
      } else {
        steps.add(expect(word, place));
      }
      sending = !sending;
    }

    private static boolean isKeyword(String word) {
      return switch (word) {
        case "ABORT", "CLR_ABORT", "REPORT", "CLR_REPORT", "TIMEOUT", "ECHO", "HANGUP", "SAY" ->
            true;
        default -> false;
      };
    }

    private ChatStep argument(String word, String place) throws ChatSyntaxException {
      return switch (keyword) {
        case "ABORT" -> new ChatStep.Abort(watched(word, place));
        case "CLR_ABORT" -> new ChatStep.ClearAbort(watched(word, place));
        case "REPORT" -> new ChatStep.Report(watched(word, place));
        case "CLR_REPORT" -> new ChatStep.ClearReport(watched(word, place));
        case "TIMEOUT" -> new ChatStep.Timeout(seconds(word, place));
        case "ECHO" -> new ChatStep.Echo(word.equals("ON"));
        case "HANGUP" -> new ChatStep.HangUp(!word.equals("OFF"));
        case "SAY" -> new ChatStep.Say(ChatText.sent(word, variables));
        case null, default -> new ChatStep.Send(sending(word));
      };
    }

    private ChatText watched(String word, String place) throws ChatSyntaxException {
      ChatText text = ChatText.expected(word, variables);
      if (text.length() == 0 || text.length() > MAX_WATCHED) {
        throw new ChatSyntaxException(
            place + ": the string of " + keyword + " must have 1 to " + MAX_WATCHED + " octets");
      }
      return text;
    }

    private int seconds(String word, String place) throws ChatSyntaxException {
      String text = ChatText.expected(word, variables).text().trim();
      try {
        int seconds = Integer.parseInt(text);
        return seconds <= 0 ? DEFAULT_TIMEOUT : seconds;
      } catch (NumberFormatException e) {
        throw new ChatSyntaxException(place + ": TIMEOUT needs a number of seconds");
      }
    }

    private Sending sending(String word) {
      String file = word.startsWith("@") ? word.substring(1).stripLeading() : "";
      return file.isEmpty()
          ? new Sending(ChatText.sent(word, variables), null)
          : new Sending(
              null, new String(file.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private ChatStep expect(String word, String place) throws ChatSyntaxException {
      var alternatives = new ArrayList<Alternative>();
      List<String> parts = parts(word);
      for (int i = 0; i < parts.size(); i += 2) {
        ChatText expected = ChatText.expected(parts.get(i), variables);
        if (expected.length() > MAX_EXPECTED) {
          throw new ChatSyntaxException(
              place + ": a string to expect has " + MAX_EXPECTED + " octets at most");
        }
        alternatives.add(
            new Alternative(expected, i + 1 < parts.size() ? sending(parts.get(i + 1)) : null));
      }
      if (parts.size() % 2 == 0) {
        // After the last reply there is nothing left to expect.
        alternatives.add(new Alternative(ChatText.expected("", variables), null));
      }
      return new ChatStep.Expect(alternatives);
    }

    /// What is between hyphens; a hyphen after a backslash is an ordinary character, one at the
    /// very end begins nothing.
    private static List<String> parts(String word) {
      var parts = new ArrayList<String>();
      int start = 0;
      for (int at = 0; at < word.length(); at++) {
        if (word.charAt(at) == '\\') {
          at++;
        } else if (word.charAt(at) == '-') {
          parts.add(word.substring(start, at));
          start = at + 1;
        }
      }
      if (start < word.length()) {
        parts.add(word.substring(start));
      }
      return parts;
    }
  }
}
