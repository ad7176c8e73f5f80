package linedisc.examples.bench;

import java.util.List;
import java.util.Locale;

/// The report as one HTML page, with a plot in it that also stands alone.
final class BenchPage {
  private static final int WIDTH = 860;
  private static final int LEFT = 270;
  private static final int BAR = 9;
  private static final int GAP = 12;
  private static final int TOP = 46;
  private static final List<String> COLOURS = List.of("#1f6feb", "#9a9a9a", "#d29922");

  private BenchPage() {}

  /// The page.
  static String html(BenchReport report) {
    var page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
    page.append("<title>linedisc bench</title>\n<style>\n");
    page.append("body { font: 15px sans-serif; max-width: 60em; margin: 2em auto; }\n");
    page.append("td { padding: 0.1em 0.8em 0.1em 0; } .missed { color: #b00; }\n</style>\n");
    page.append("<h1>linedisc bench</h1>\n");
    if (!report.codecs().isEmpty()) {
      page.append(plot(report.codecs()));
    }
    page.append("<table>\n");
    for (Figure figure : report.all()) {
      page.append(figure.missed() ? "<tr class=\"missed\">" : "<tr>");
      for (String cell :
          List.of(figure.title(), figure.shown(), figure.shownGoal(), figure.verdict())) {
        page.append("<td>").append(escaped(cell)).append("</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</table>\n");
    report.notes().forEach(note -> page.append("<p>").append(escaped(note)).append("</p>\n"));
    return page.append("</html>\n").toString();
  }

  /// Throughput by payload mix.
  static String plot(List<CodecResult> results) {
    int bars = results.getFirst().rates().size();
    int row = bars * BAR + GAP;
    double most =
        results.stream()
            .flatMap(result -> result.rates().stream())
            .mapToDouble(CodecResult.Rate::octetsPerSecond)
            .max()
            .orElse(1);
    int height = TOP + results.size() * row + GAP;
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        <text x="8" y="18" font-weight="bold">MB/s of payload, one thread</text>
        """
            .formatted(WIDTH, height));
    for (int i = 0; i < bars; i++) {
      int x = LEFT + 150 * i;
      svg.append(rectangle(x, 9, BAR, BAR, COLOURS.get(i)));
      svg.append(text(x + 14, 18, results.getFirst().rates().get(i).name()));
    }
    for (int i = 0; i < results.size(); i++) {
      CodecResult result = results.get(i);
      int y = TOP + i * row;
      svg.append(
          text(8, y + row / 2, result.of().work().title() + ", " + result.of().mix().title()));
      for (int k = 0; k < bars; k++) {
        double rate = result.rates().get(k).octetsPerSecond();
        int width = (int) (rate / most * (WIDTH - LEFT - 60));
        svg.append(rectangle(LEFT, y + k * BAR, Math.max(1, width), BAR - 1, COLOURS.get(k)));
        if (k == 0) {
          svg.append(
              text(LEFT + width + 4, y + BAR, String.format(Locale.ROOT, "%.0f", rate / 1e6)));
        }
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static String rectangle(int x, int y, int width, int height, String colour) {
    return "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
        .formatted(x, y, width, height, colour);
  }

  private static String text(int x, int y, String text) {
    return "<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(x, y, escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
