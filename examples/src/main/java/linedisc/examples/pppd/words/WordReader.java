package linedisc.examples.pppd.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes a file apart into words by pppd's rules: white space separates; `#` begins a comment and
/// ends an unquoted word; `"` and `'` quote, and quoted and unquoted parts join; a backslash,
/// inside quotes too, makes `\a \b \f \n \r \t` what they are in C, `\s` a space, `\ddd` and `\xhh`
/// an octet, continues a line, and lets any other character stand for itself.
///
/// A word is cut at [#MAX_WORD] octets with a warning. One difference from pppd: an empty word
/// (`""`) at the very end of a file is a word.
public final class WordReader {
  /// Octets of the longest word.
  public static final int MAX_WORD = 1023;

  private static final int END = -1;

  private final byte[] file;
  private final String name;
  private final Consumer<String> warnings;
  private final byte[] word = new byte[MAX_WORD];
  private int at;
  private int line;
  private int length;
  private boolean cut;

  /// Reads words of a file.
  ///
  /// @param file its octets; the caller's, only read
  /// @param name for messages
  /// @param warnings told, in a sentence, of words that are cut and quotes that don't end
  public WordReader(byte[] file, String name, Consumer<String> warnings) {
    this(file, new Source(name, 1), warnings);
  }

  private WordReader(byte[] file, Source start, Consumer<String> warnings) {
    this.file = file;
    this.name = start.name();
    this.line = start.line();
    this.warnings = warnings;
  }

  /// All words of a line of text, as if it were a file.
  public static List<Word> words(byte[] file, String name, Consumer<String> warnings) {
    return words(file, new Source(name, 1), warnings);
  }

  /// All words of a part of a file.
  ///
  /// @param start where it begins
  public static List<Word> words(byte[] part, Source start, Consumer<String> warnings) {
    var reader = new WordReader(part, start, warnings);
    var words = new ArrayList<Word>();
    for (Word word = reader.next(); word != null; word = reader.next()) {
      words.add(word);
    }
    return words;
  }

  /// The next word, or null at the end.
  public @Nullable Word next() {
    boolean firstOnLine = skip();
    if (peek(0) == END) {
      return null;
    }
    int startLine = line;
    length = 0;
    cut = false;
    int quote = 0;
    while (true) {
      int octet = peek(0);
      if (octet == END) {
        if (quote != 0) {
          warn("the quote that begins in line " + startLine + " does not end");
        }
        break;
      }
      if (octet == '\\') {
        escape();
      } else if (quote != 0) {
        take();
        if (octet == quote) {
          quote = 0;
        } else {
          append(octet);
        }
      } else if (octet == '"' || octet == '\'') {
        take();
        quote = octet;
      } else if (isSpace(octet) || octet == '#') {
        break;
      } else {
        take();
        append(octet);
      }
    }
    if (cut) {
      // Not the word itself: it may be a password.
      warn("the word in line " + startLine + " is cut after " + MAX_WORD + " octets");
    }
    var read = new Word(Arrays.copyOf(word, length), new Source(name, startLine), firstOnLine);
    Arrays.fill(word, 0, length, (byte) 0);
    return read;
  }

  /// Goes to the beginning of a word or the end of the file; whether a line begins on the way.
  private boolean skip() {
    boolean firstOnLine = at == 0;
    boolean comment = false;
    while (true) {
      int octet = peek(0);
      if (octet == '\n') {
        comment = false;
        firstOnLine = true;
      } else if (!comment && octet == '\\' && (peek(1) == '\n' || peek(1) == END)) {
        take();
      } else if (octet == '#') {
        comment = true;
      } else if (octet == END || (!comment && !isSpace(octet))) {
        return firstOnLine;
      }
      take();
    }
  }

  /// A backslash and what belongs to it.
  private void escape() {
    take();
    int octet = peek(0);
    if (octet == END) {
      return;
    }
    if (octet >= '0' && octet <= '7') {
      append(number(8, 3));
      return;
    }
    take();
    switch (octet) {
      case '\n' -> {}
      case 'a' -> append(0x07);
      case 'b' -> append('\b');
      case 'f' -> append('\f');
      case 'n' -> append('\n');
      case 'r' -> append('\r');
      case 's' -> append(' ');
      case 't' -> append('\t');
      case 'x' -> append(number(16, 2));
      default -> append(octet);
    }
  }

  private int number(int base, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = peek(0) == END ? -1 : Character.digit(peek(0), base);
      if (digit < 0) {
        break;
      }
      value = value * base + digit;
      take();
    }
    return value;
  }

  private void append(int octet) {
    if (length < MAX_WORD) {
      word[length++] = (byte) octet;
    } else {
      cut = true;
    }
  }

  private int peek(int ahead) {
    return at + ahead < file.length ? file[at + ahead] & 0xFF : END;
  }

  private void take() {
    if (at < file.length && file[at++] == '\n') {
      line++;
    }
  }

  private static boolean isSpace(int octet) {
    return octet == ' ' || (octet >= '\t' && octet <= '\r');
  }

  private void warn(String sentence) {
    warnings.accept(name + ": " + sentence);
  }
}
