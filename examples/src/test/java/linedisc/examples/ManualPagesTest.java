package linedisc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import linedisc.examples.cli.Command;
import org.junit.jupiter.api.Test;

/// The manual pages under `docs/man` say what `--help` says. pppd's, which is made of its option
/// table, is tried where that is.
class ManualPagesTest {
  private static final Path FOLDER = Path.of("docs", "man");

  /// For administrators: section 8.
  private static final Set<String> DAEMONS = Set.of("gateway", "pppd", "slattach");

  /// Regenerated with `-Ddocumentation=write`.
  @Test
  void eachProgramHasAPage() throws IOException {
    var pages = new TreeSet<String>();
    for (Command program : Main.PROGRAMS) {
      String section = DAEMONS.contains(program.name()) ? "8" : "1";
      String file = "linedisc-" + program.name() + "." + section;
      pages.add(file);
      if (!program.name().equals("pppd")) {
        isCurrent(FOLDER.resolve(file), page(program, section));
      }
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertEquals(
          pages, files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  private static void isCurrent(Path file, String text) throws IOException {
    if ("write".equals(System.getProperty("documentation"))) {
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text, "run this test with -Ddocumentation=write");
  }

  private static String page(Command program, String section) {
    List<String> help = program.help().lines().toList();
    int end = help.indexOf("");
    assertTrue(end > 0 && help.getFirst().startsWith("usage: "), program::name);
    String name = "linedisc-" + program.name();
    return ".TH %s %s%n.SH NAME%n%s \\- %s%n.SH SYNOPSIS%n%s.SH DESCRIPTION%n%s"
        .formatted(
            name.toUpperCase(Locale.ROOT),
            section,
            name,
            escaped(program.summary()),
            literally(help.subList(0, end)).replaceFirst("usage: ", ""),
            literally(help.subList(end + 1, help.size())));
  }

  /// As it is set in the help.
  private static String literally(List<String> lines) {
    return lines.stream()
        .map(line -> escaped(line) + "\n")
        .collect(Collectors.joining("", ".nf\n", ".fi\n"));
  }

  private static String escaped(String line) {
    String escaped = line.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
