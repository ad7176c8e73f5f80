package linedisc.examples.pppd.words;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import linedisc.ppp.auth.Secret;

/// One word of a file or command line, as octets: a word may be a password, and becomes text only
/// where it is asked for as text.
public final class Word {
  private final byte[] octets;
  private final Source source;
  private final boolean firstOnLine;

  Word(byte[] octets, Source source, boolean firstOnLine) {
    this.octets = octets;
    this.source = source;
    this.firstOnLine = firstOnLine;
  }

  /// A word of the command line.
  public static Word ofCommandLine(String text) {
    return new Word(text.getBytes(StandardCharsets.UTF_8), Source.COMMAND_LINE, false);
  }

  /// A part of a file, taken out by other rules than [WordReader]'s.
  ///
  /// @param octets become the word's own
  public static Word ofFile(byte[] octets, Source source) {
    return new Word(octets, source, false);
  }

  /// The word as text: UTF-8 or, if it is not, ISO 8859-1, so that no two words look alike.
  public String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      return new String(octets, StandardCharsets.ISO_8859_1);
    }
  }

  /// The word as a secret of the caller's own, who wipes it.
  public Secret secret() {
    return Secret.of(octets);
  }

  /// Whether it begins with these ASCII characters, without making text of it.
  public boolean startsWith(String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      if (i >= octets.length || octets[i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Octets.
  public int length() {
    return octets.length;
  }

  /// Where it stands.
  public Source source() {
    return source;
  }

  /// Whether no other word stands before it on its line; continued lines are one.
  public boolean firstOnLine() {
    return firstOnLine;
  }

  /// Overwrites the octets.
  public void wipe() {
    Arrays.fill(octets, (byte) 0);
  }

  /// Where the word stands, and not the word.
  @Override
  public String toString() {
    return "Word[" + source + "]";
  }
}
