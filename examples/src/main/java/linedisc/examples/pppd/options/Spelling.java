package linedisc.examples.pppd.options;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the word that was meant.
final class Spelling {
  private static final int MAX_LENGTH = 64;

  private Spelling() {}

  /// The word that takes the fewest changes to get to, or null if none takes less than a third of
  /// its letters.
  static @Nullable String nearest(String word, Stream<String> known) {
    if (word.length() < 3 || word.length() > MAX_LENGTH) {
      return null;
    }
    return known
        .filter(other -> distance(word, other) <= Math.max(1, Math.min(word.length(), 9) / 3))
        .min(Comparator.<String>comparingInt(other -> distance(word, other)).thenComparing(o -> o))
        .orElse(null);
  }

  /// Letters to add, remove or exchange.
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
