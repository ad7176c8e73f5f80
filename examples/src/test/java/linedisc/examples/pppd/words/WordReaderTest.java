package linedisc.examples.pppd.words;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WordReaderTest {
  private final List<String> warnings = new ArrayList<>();

  @Test
  void whiteSpaceSeparates() {
    assertEquals(List.of("noauth", "mru", "1500"), words(" noauth\tmru\n\n\r\f\u000b1500 "));
    assertEquals(List.of(), words(""));
    assertEquals(List.of(), words(" \n# only a comment"));
  }

  @Test
  void commentsRunToTheEndOfTheLineAndEndAWord() {
    assertEquals(List.of("abc", "next"), words("abc#def ghi \\\nnext # more\n#x"));
    assertEquals(List.of("a#b", "c#d"), words("\"a#b\" c\\#d"));
  }

  @Test
  void quotedAndUnquotedPartsJoin() {
    assertEquals(List.of("a b c d", ""), words("a' b 'c\" d\" \"\""));
    assertEquals(List.of("it's", "say \"hi\""), words("\"it's\" 'say \"hi\"'"));
    assertEquals(List.of(""), words("''"));
  }

  @Test
  void aBackslashWorksInsideAndOutsideOfQuotes() {
    assertEquals(
        List.of("a b", "\u0007\b\f\n\r\t \\"), words("a\\ b \"\\a\\b\\f\\n\\r\\t\\s\\\\\""));
    assertEquals(List.of("A!", "A1", "z", "q\""), words("\\101\\41 \\x411 '\\z' \"q\\\"\""));
    assertEquals(List.of("\u0001" + "8", "\u0000"), words("\\18 \\x"));
    assertEquals(List.of("one", "two"), words("o\\\nne \\\n  two\\"));
  }

  @Test
  void aWordKnowsItsLineAndWhetherItIsTheFirstThere() {
    var words = read("a b\n\\\n c 'd\ne' f\ng");
    assertEquals(
        List.of("a@1+", "b@1-", "c@3+", "d\ne@3-", "f@4-", "g@5+"),
        words.stream()
            .map(w -> w.text() + "@" + w.source().line() + (w.firstOnLine() ? "+" : "-"))
            .toList());
    assertEquals("test:1", words.getFirst().source().toString());
  }

  @Test
  void aQuoteThatDoesNotEndIsWarnedOf() {
    assertEquals(List.of("a b\n"), words("x\n'a b\n").subList(1, 2));
    assertEquals(List.of("test: the quote that begins in line 2 does not end"), warnings);
  }

  /// Security case 12: the counter of a word's length must not wrap, whatever its length.
  @Test
  void case12LongWordsAreCut() {
    for (int length : new int[] {1022, 1023, 1024, 1025, 2048, 65536, 1_000_000}) {
      warnings.clear();
      var words = words("a".repeat(length) + " next");
      assertEquals(List.of("a".repeat(Math.min(length, 1023)), "next"), words, "length " + length);
      assertEquals(length > 1023 ? 1 : 0, warnings.size(), "length " + length);
      assertFalse(warnings.toString().contains("aaa"), "a warning must not show the word");
    }
  }

  @Test
  void octetsStayAsTheyAre() {
    byte[] file = {'"', (byte) 0xC3, (byte) 0x28, (byte) 0xFF, '"', ' ', (byte) 0xC3, (byte) 0xA9};
    var words = WordReader.words(file, "test", warnings::add);
    assertTrue(words.get(0).secret().matches(file, 1, 3));
    assertEquals("\u00C3(\u00FF", words.get(0).text());
    assertEquals("é", words.get(1).text());
  }

  @Test
  void aWordDoesNotShowWhatItHolds() {
    Word word = Word.ofCommandLine("sesame");
    assertFalse(word.toString().contains("sesame"));
    word.wipe();
    assertEquals("\0".repeat(6), word.text());
  }

  @Test
  void whatIsQuotedIsReadBack() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new SplittableRandom(seed);
      var expected = new ArrayList<byte[]>();
      var file = new StringBuilder();
      for (int i = 0; i < 5; i++) {
        byte[] word = new byte[random.nextInt(30)];
        random.nextBytes(word);
        expected.add(word);
        file.append(" \t\n".charAt(random.nextInt(3)));
        file.append('"');
        for (byte octet : word) {
          file.append(
              random.nextBoolean()
                  ? String.format("\\%03o", octet & 0xFF)
                  : "\\x" + String.format("%02x", octet));
        }
        file.append('"');
      }
      var words = read(file.toString());
      assertEquals(5, words.size(), "seed " + seed);
      for (int i = 0; i < 5; i++) {
        assertTrue(
            words.get(i).secret().matches(expected.get(i), 0, expected.get(i).length),
            "seed " + seed);
      }
    }
  }

  @Test
  void anyOctetsAtAllEnd() {
    for (long seed = 0; seed < 2000; seed++) {
      var random = new SplittableRandom(seed);
      byte[] file = new byte[random.nextInt(200)];
      for (int i = 0; i < file.length; i++) {
        file[i] = (byte) "\\\"'# \nx0a\377\0".charAt(random.nextInt(11));
      }
      byte[] before = file.clone();
      var reader = new WordReader(file, "test", warnings::add);
      int count = 0;
      while (reader.next() != null) {
        assertTrue(++count <= file.length, "seed " + seed);
      }
      assertArrayEquals(before, file);
    }
  }

  @Test
  void theReaderLeavesTheFileToBeWiped() {
    byte[] file = "a b".getBytes(StandardCharsets.US_ASCII);
    Word first = WordReader.words(file, "test", warnings::add).getFirst();
    Arrays.fill(file, (byte) 0);
    assertEquals("a", first.text());
  }

  private List<String> words(String file) {
    return read(file).stream().map(Word::text).toList();
  }

  private List<Word> read(String file) {
    return WordReader.words(file.getBytes(StandardCharsets.UTF_8), "test", warnings::add);
  }
}
