package linedisc.examples.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import linedisc.examples.cli.Json;
import linedisc.examples.cli.Table;

/// What came of the cells: a table to read and one for programs.
final class Report {
  enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }

  /// @param must what had to happen
  /// @param reason why it failed or was skipped; else empty
  record Row(String cell, String must, Outcome outcome, double seconds, String reason) {}

  private final List<Row> rows = new ArrayList<>();

  synchronized void add(Row row) {
    rows.add(row);
  }

  private synchronized long count(Outcome outcome) {
    return rows.stream().filter(row -> row.outcome() == outcome).count();
  }

  /// Lines of text: a row a cell, then why cells failed or were skipped, then the counts.
  synchronized String text() {
    var table = new Table("cell", "seconds", "result");
    var reasons = new StringBuilder();
    for (Row row : rows) {
      String cell = row.cell() + " | " + row.must();
      String result = word(row.outcome());
      table.row(cell, String.format(Locale.ROOT, "%.1f", row.seconds()), result);
      if (!row.reason().isEmpty()) {
        reasons.append("%s %s: %s\n".formatted(result, cell, row.reason()));
      }
    }
    return table + "\n" + reasons + totals() + "\n";
  }

  private String totals() {
    return "%d cells: %d passed, %d failed, %d skipped"
        .formatted(
            rows.size(), count(Outcome.PASSED), count(Outcome.FAILED), count(Outcome.SKIPPED));
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /// One JSON object.
  String json() {
    var cells = new ArrayList<Map<String, Object>>();
    for (Row row : rows) {
      var cell = new LinkedHashMap<String, Object>();
      cell.put("cell", row.cell());
      cell.put("must", row.must());
      cell.put("outcome", word(row.outcome()));
      cell.put("seconds", row.seconds());
      cell.put("reason", row.reason());
      cells.add(cell);
    }
    var report = new LinkedHashMap<String, Object>();
    for (Outcome outcome : Outcome.values()) {
      report.put(word(outcome), count(outcome));
    }
    report.put("cells", cells);
    return Json.write(report);
  }

  /// Writes `cells.txt` and `cells.json`.
  void save(Path folder) throws IOException {
    Files.writeString(folder.resolve("cells.txt"), text());
    Files.writeString(folder.resolve("cells.json"), json() + "\n");
  }
}
