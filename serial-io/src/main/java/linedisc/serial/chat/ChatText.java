package linedisc.serial.chat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A string of a script with its escapes worked out: octets, and between them pauses and breaks.
///
/// Text that comes from variables is taken as it is, whatever backslashes it has.
final class ChatText {
  /// Waits a second.
  static final int DELAY = -1;

  /// Waits a moment.
  static final int PAUSE = -2;

  /// Sends a break.
  static final int BREAK = -3;

  /// Nothing at all.
  static final ChatText NOTHING = new ChatText(new int[0], false);

  private static final int NUL = 0;
  private static final int CONTROL = 0x1F;

  private final int[] items;
  private final boolean hidden;

  private ChatText(int[] items, boolean hidden) {
    this.items = items;
    this.hidden = hidden;
  }

  /// A string that is to be received.
  ///
  /// @param word one character an octet
  static ChatText expected(String word, ChatVariables variables) {
    return new Compiler(word, variables, false).run();
  }

  /// A string that is to be sent, with a carriage return unless it ends in `\c`.
  ///
  /// @param word one character an octet
  static ChatText sent(String word, ChatVariables variables) {
    String meant =
        switch (word) {
          case "EOT" -> "^D\\c";
          case "BREAK" -> "\\K\\c";
          default -> word;
        };
    return new Compiler(meant, variables, true).run();
  }

  /// Octets, pauses and breaks.
  int length() {
    return items.length;
  }

  /// An octet, or [#DELAY], [#PAUSE] or [#BREAK].
  int item(int index) {
    return items[index];
  }

  /// Whether logs must not show it.
  boolean isHidden() {
    return hidden;
  }

  /// Whether the last `items.length` octets before `end` are these.
  boolean endsAt(byte[] buffer, int end) {
    int start = end - items.length;
    if (start < 0) {
      return false;
    }
    for (int i = items.length - 1; i >= 0; i--) {
      if (buffer[start + i] != items[i]) {
        return false;
      }
    }
    return true;
  }

  /// The octets alone, without the carriage return at the end.
  byte[] visibleOctets() {
    int[] octets = Arrays.stream(items).filter(item -> item >= 0).toArray();
    int length =
        octets.length > 0 && octets[octets.length - 1] == '\r' ? octets.length - 1 : octets.length;
    byte[] result = new byte[length];
    for (int i = 0; i < length; i++) {
      result[i] = (byte) octets[i];
    }
    return result;
  }

  /// The octets alone as text, one character an octet.
  String text() {
    var text = new StringBuilder();
    for (int item : items) {
      if (item >= 0) {
        text.append((char) item);
      }
    }
    return text.toString();
  }

  /// For logs: control characters as `^X`, the high bit as `M-`, pauses as they were written.
  String shown() {
    var shown = new StringBuilder();
    for (int item : items) {
      switch (item) {
        case DELAY -> shown.append("\\d");
        case PAUSE -> shown.append("\\p");
        case BREAK -> shown.append("\\K");
        default -> shown.append(shown(item));
      }
    }
    return shown.toString();
  }

  /// An octet for logs.
  static String shown(int octet) {
    int low = octet & 0x7F;
    String text;
    if (low == '\t') {
      text = "\t";
    } else if (low < ' ' || low == 0x7F) {
      text = "^" + (char) (low ^ 0x40);
    } else {
      text = Character.toString(low);
    }
    return octet > 0x7F ? "M-" + text : text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChatText text && Arrays.equals(items, text.items);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(items);
  }

  /// As [#shown], unless it is hidden.
  @Override
  public String toString() {
    return hidden ? "??????" : shown();
  }

  /// Works out the escapes of one string.
  private static final class Compiler {
    private final String word;
    private final ChatVariables variables;
    private final boolean sending;
    private int[] items;
    private int count;
    private int at;
    private boolean hidden;
    private boolean carriageReturn;

    Compiler(String word, ChatVariables variables, boolean sending) {
      this.word = word;
      this.variables = variables;
      this.sending = sending;
      this.carriageReturn = sending;
      this.items = new int[word.length() + 1];
    }

    ChatText run() {
      while (at < word.length()) {
        char c = word.charAt(at++);
        if (c == '^') {
          control();
        } else if (c == '\\') {
          escape();
        } else if (c == '$' && variables.environment() != null) {
          variable();
        } else {
          add(c);
        }
      }
      if (carriageReturn) {
        add('\r');
      }
      return new ChatText(Arrays.copyOf(items, count), hidden);
    }

    private void control() {
      if (at == word.length()) {
        add('^');
        return;
      }
      int control = word.charAt(at++) & CONTROL;
      if (control != NUL) {
        add(control);
      }
    }

    private void variable() {
      int start = at;
      while (at < word.length() && isOfName(word.charAt(at))) {
        at++;
      }
      var environment = variables.environment();
      if (environment != null) {
        addText(environment.getOrDefault(word.substring(start, at), ""));
      }
    }

    private void escape() {
      if (at == word.length()) {
        if (sending) {
          add('\\');
        }
        return;
      }
      char c = word.charAt(at++);
      switch (c) {
        case 'b' -> add('\b');
        case 'n' -> add('\n');
        case 'r' -> add('\r');
        case 's' -> add(' ');
        case 't' -> add('\t');
        case 'q' -> hidden = true;
        case 'c' -> {
          if (sending && at == word.length()) {
            carriageReturn = false;
          } else {
            add(c);
          }
        }
        case 'd' -> add(sending ? DELAY : c);
        case 'p' -> add(sending ? PAUSE : c);
        case 'K' -> add(sending ? BREAK : c);
        case 'N' -> add(sending ? NUL : c);
        case 'T' -> text(c, variables.first());
        case 'U' -> text(c, variables.second());
        case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c - '0');
        default -> add(c);
      }
    }

    private void text(char name, @Nullable String text) {
      if (sending && text != null) {
        addText(text);
      } else {
        add('\\');
        add(name);
      }
    }

    private void octal(int first) {
      int value = first;
      for (int digits = 1; digits < 3 && at < word.length(); digits++) {
        int digit = word.charAt(at) - '0';
        if (digit < 0 || digit > 7) {
          break;
        }
        value = value << 3 | digit;
        at++;
      }
      value &= 0xFF;
      if (value != NUL || sending) {
        add(value);
      }
    }

    private void addText(String text) {
      for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
        add(octet & 0xFF);
      }
    }

    private void add(int item) {
      if (count == items.length) {
        items = Arrays.copyOf(items, 2 * count);
      }
      items[count++] = item;
    }

    private static boolean isOfName(char c) {
      return c == '_' || (c < 0x80 && Character.isLetterOrDigit(c));
    }
  }
}
