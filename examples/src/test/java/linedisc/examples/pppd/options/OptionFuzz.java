package linedisc.examples.pppd.options;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import linedisc.examples.pppd.words.Word;
import linedisc.examples.pppd.words.WordReader;
import org.jspecify.annotations.Nullable;

/// Any option file is either taken, and can be shown, or refused with a sentence; words are
/// bounded.
class OptionFuzz {
  private static final Machine NOWHERE = new Nowhere();

  /// Options that open files.
  private static final Set<String> FILES = Set.of("file", "call", "+ua");

  @FuzzTest
  void link(byte[] file) {
    try {
      String words = new String(file, StandardCharsets.UTF_8);
      shown(OptionReader.readLink(NOWHERE, words, "fuzz"));
    } catch (OptionException e) {
      sentence(e);
    }
  }

  @FuzzTest
  void commandLine(byte[] file) {
    List<String> words =
        WordReader.words(file, "fuzz", warning -> {}).stream()
            .peek(OptionFuzz::bounded)
            .map(Word::text)
            .filter(word -> !FILES.contains(word))
            .toList();
    try {
      shown(OptionReader.read(NOWHERE, words));
    } catch (OptionException e) {
      sentence(e);
    }
  }

  private static void bounded(Word word) {
    if (word.length() > WordReader.MAX_WORD) {
      throw new AssertionError("a word of " + word.length());
    }
  }

  private static void shown(PppdOptions options) {
    if (OptionText.dump(options).isEmpty()) {
      throw new AssertionError("nothing shown");
    }
  }

  private static void sentence(OptionException e) {
    if (e.sentence().length() < 10) {
      throw new AssertionError(e);
    }
  }

  private static final class Nowhere implements Machine {
    @Override
    public Path configuration() {
      return Path.of("/nowhere");
    }

    @Override
    public @Nullable Path home() {
      return null;
    }

    @Override
    public Path devices() {
      return Path.of("/dev");
    }

    @Override
    public @Nullable Path terminal() {
      return null;
    }

    @Override
    public boolean isCharacterDevice(Path path) {
      return path.toString().startsWith("/dev/tty");
    }

    @Override
    public @Nullable Inet4Address resolve(String host) {
      return null;
    }

    @Override
    public String hostName() {
      return "nowhere";
    }

    @Override
    public Privilege privilege() {
      return new Privilege(0, true, false);
    }
  }
}
