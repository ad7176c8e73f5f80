package linedisc.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import linedisc.examples.cli.Table;

/// All that was measured.
///
/// @param codecs the loops
/// @param figures everything else
/// @param notes sentences on what could not be measured, and why
record BenchReport(List<CodecResult> codecs, List<Figure> figures, List<String> notes) {
  /// The ratios of the loops to the C loop, where there is one, and all other figures.
  List<Figure> all() {
    List<Figure> all = new ArrayList<>();
    for (CodecResult result : codecs) {
      for (CodecResult.Rate rate : result.rates()) {
        String whose = rate.name().startsWith("C") ? "c" : "java";
        String key = key(result) + "_to_" + whose;
        String title = title(result) + ", to " + rate.name();
        if (whose.equals("c")) {
          all.add(Figure.atLeast(key, title, rate.ratio(), "", result.of().goal()));
        } else if (!rate.equals(result.rates().getFirst())) {
          all.add(Figure.told(key, title, rate.ratio(), ""));
        }
      }
    }
    all.addAll(figures);
    return all;
  }

  private static String key(CodecResult result) {
    CodecCase of = result.of();
    return (of.work().name() + "_" + of.mix().name()).toLowerCase(Locale.ROOT);
  }

  private static String title(CodecResult result) {
    return result.of().work().title() + ", " + result.of().mix().title();
  }

  /// Figures that are further from their goals than another machine would explain.
  List<Figure> missed() {
    return all().stream().filter(Figure::missed).toList();
  }

  /// Octets of payload per second of one thread, then everything else.
  String tables() {
    var text = new StringBuilder();
    if (!codecs.isEmpty()) {
      List<String> names =
          codecs.getFirst().rates().stream().map(rate -> rate.name() + " MB/s").toList();
      List<String> heading = new ArrayList<>(List.of("payload"));
      heading.addAll(names);
      heading.addAll(List.of("times", "goal", ""));
      var table = new Table(heading.toArray(String[]::new));
      for (CodecResult result : codecs) {
        table.row(row(result));
      }
      text.append(table).append('\n');
    }
    var table = new Table("figure", "", "goal", "");
    for (Figure figure : figures) {
      table.row(figure.title(), figure.shown(), figure.shownGoal(), figure.verdict());
    }
    text.append(table);
    notes.forEach(note -> text.append(note).append('\n'));
    return text.toString();
  }

  private static String[] row(CodecResult result) {
    List<String> cells = new ArrayList<>(List.of(title(result)));
    for (CodecResult.Rate rate : result.rates()) {
      cells.add(String.format(Locale.ROOT, "%.0f", rate.octetsPerSecond() / 1e6));
    }
    double ratio = result.rates().getLast().ratio();
    Figure figure = Figure.atLeast("", "", ratio, "", result.of().goal());
    boolean toC = result.rates().getLast().name().startsWith("C");
    cells.add(figure.shown());
    cells.add(toC ? figure.shownGoal() : "");
    cells.add(toC ? figure.verdict() : "");
    return cells.toArray(String[]::new);
  }

  Map<String, Object> toJson() {
    var json = new LinkedHashMap<String, Object>();
    json.put("java", Runtime.version().toString());
    json.put("processors", Runtime.getRuntime().availableProcessors());
    var rates = new LinkedHashMap<String, Object>();
    for (CodecResult result : codecs) {
      var each = new LinkedHashMap<String, Object>();
      for (CodecResult.Rate rate : result.rates()) {
        each.put(rate.name(), rate.octetsPerSecond());
      }
      rates.put(key(result), each);
    }
    json.put("octets_per_second", rates);
    var values = new LinkedHashMap<String, Object>();
    all().forEach(figure -> values.put(figure.key(), figure.toJson()));
    json.put("figures", values);
    json.put("notes", notes);
    json.put("passed", missed().isEmpty());
    return json;
  }
}
