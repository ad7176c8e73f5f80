package linedisc.serial.chat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// chat's command line: `[-v] [-V] [-e] [-E] [-s] [-S] [-t SECONDS] [-r FILE] [-T TEXT] [-U TEXT]
/// {-f FILE | SCRIPT...}`.
///
/// @param options how the script is played; `-v`, `-t`, and `-e` or `-V`
/// @param toLog whether messages go to the log: not with `-S`
/// @param toStandardError whether messages go to standard error: with `-s`
/// @param reportFile where reports are appended; null: standard error
/// @param scriptFile the script's file; null: the script is `words`
/// @param words the script; empty if it is in a file
/// @param variables what the script may refer to
public record ChatCommand(
    ChatOptions options,
    boolean toLog,
    boolean toStandardError,
    @Nullable String reportFile,
    @Nullable String scriptFile,
    List<String> words,
    ChatVariables variables) {

  private static final String USAGE =
      "usage: chat [-v] [-V] [-e] [-E] [-s] [-S] [-t SECONDS] [-r FILE] [-T TEXT] [-U TEXT]"
          + " {-f FILE | SCRIPT...}";

  /// Takes a shell command apart that runs chat and needs nothing of the shell but its quotes.
  ///
  /// @param command as for `sh -c`
  /// @return the arguments after `chat`, or null if it is another program or only a shell can tell
  public static @Nullable List<String> ofShell(String command) {
    List<String> words = ShellWords.split(command);
    if (words == null || words.isEmpty()) {
      return null;
    }
    String program = words.getFirst();
    boolean chat = program.equals("chat") || program.endsWith("/chat");
    return chat ? words.subList(1, words.size()) : null;
  }

  /// Takes the arguments apart.
  ///
  /// @param arguments after `chat`
  /// @param environment for `-E`
  public static ChatCommand parse(List<String> arguments, Map<String, String> environment)
      throws ChatSyntaxException {
    boolean verbose = false;
    boolean echo = false;
    boolean substitute = false;
    boolean toLog = true;
    boolean toStandardError = false;
    int timeout = ChatScript.DEFAULT_TIMEOUT;
    String reportFile = null;
    String scriptFile = null;
    String first = null;
    String second = null;

    var options = new Options(arguments);
    while (options.next()) {
      switch (options.letter()) {
        case 'v' -> verbose = true;
        case 'V', 'e' -> echo = true;
        case 'E' -> substitute = true;
        case 's' -> toStandardError = true;
        case 'S' -> toLog = false;
        case 't' -> timeout = seconds(options.value());
        case 'r' -> reportFile = options.value();
        case 'f' -> scriptFile = options.value();
        case 'T' -> first = options.value();
        case 'U' -> second = options.value();
        default ->
            throw new ChatSyntaxException("unknown option -" + options.letter() + "; " + USAGE);
      }
    }
    List<String> words = options.operands();
    if (scriptFile != null && !words.isEmpty()) {
      throw new ChatSyntaxException("a script is in a file or on the command line; " + USAGE);
    }
    return new ChatCommand(
        new ChatOptions(timeout, verbose, echo, ChatOptions.DEFAULT.typing()),
        toLog,
        toStandardError,
        reportFile,
        scriptFile,
        List.copyOf(words),
        new ChatVariables(first, second, substitute ? environment : null));
  }

  /// The script, read from its file if it is in one.
  ///
  /// @throws IOException if the file can't be read
  public ChatScript script(ChatFiles files) throws ChatSyntaxException, IOException {
    if (scriptFile == null) {
      return ChatScript.ofWords(words, variables);
    }
    byte[] octets = files.read(scriptFile);
    try {
      return ChatScript.ofFile(scriptFile, octets, variables);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static int seconds(String text) throws ChatSyntaxException {
    try {
      int seconds = Integer.parseInt(text);
      return seconds <= 0 ? ChatScript.DEFAULT_TIMEOUT : seconds;
    } catch (NumberFormatException e) {
      throw new ChatSyntaxException("option -t needs a number of seconds, and not '" + text + "'");
    }
  }

  /// Letters after a hyphen, several of which may share one, and values in the same word or the
  /// next.
  private static final class Options {
    private final List<String> arguments;
    private int next;
    private String letters = "";
    private int at;

    Options(List<String> arguments) {
      this.arguments = arguments;
    }

    /// Goes to the next letter; false at the first operand.
    boolean next() {
      if (++at < letters.length()) {
        return true;
      }
      if (next == arguments.size()) {
        return false;
      }
      String word = arguments.get(next);
      if (!word.startsWith("-") || word.equals("-")) {
        return false;
      }
      next++;
      if (word.equals("--")) {
        return false;
      }
      letters = word;
      at = 1;
      return true;
    }

    char letter() {
      return letters.charAt(at);
    }

    String value() throws ChatSyntaxException {
      char letter = letter();
      String rest = letters.substring(at + 1);
      at = letters.length();
      if (!rest.isEmpty()) {
        return rest;
      }
      if (next == arguments.size()) {
        throw new ChatSyntaxException("option -" + letter + " needs a value; " + USAGE);
      }
      return arguments.get(next++);
    }

    List<String> operands() {
      return arguments.subList(next, arguments.size());
    }
  }
}
