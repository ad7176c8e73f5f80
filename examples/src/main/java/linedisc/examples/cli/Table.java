package linedisc.examples.cli;

import java.util.ArrayList;
import java.util.List;

/// A plain-text table. The first column is aligned to the left, the others to the right where they
/// are figures.
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean figures;

  /// A table of figures with its heading.
  public Table(String... heading) {
    this(true, heading);
  }

  private Table(boolean figures, String... heading) {
    this.figures = figures;
    rows.add(List.of(heading));
  }

  /// A table of words with its heading.
  public static Table ofWords(String... heading) {
    return new Table(false, heading);
  }

  /// Adds a row with as many cells as the heading has.
  public void row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          cells.length + " cells in a table of " + rows.getFirst().size() + " columns");
    }
    rows.add(List.of(cells));
  }

  /// The lines, each ended by a newline.
  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] width = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        width[c] = Math.max(width[c], row.get(c).length());
      }
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String pad = " ".repeat(width[c] - row.get(c).length());
        line.append(c == 0 ? "" : "  ");
        line.append(c == 0 || !figures ? row.get(c) + pad : pad + row.get(c));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
