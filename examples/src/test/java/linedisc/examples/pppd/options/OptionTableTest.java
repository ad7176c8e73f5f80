package linedisc.examples.pppd.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OptionTableTest {
  private static final Path DOCUMENTATION = Path.of("docs", "pppd-options.md");

  /// Every name, alias, kind of argument and privilege of pppd's own tables.
  @Test
  void everyOptionOfPppdIsThere() throws IOException {
    var seen = new HashSet<String>();
    for (String line : pppdsOwn()) {
      String[] columns = line.split("\t", -1);
      PppdOption option = option(columns[0]);
      seen.add(option.name());
      assertEquals(
          columns.length < 4 ? Set.of() : Set.of(columns[3].split(" ", -1)),
          Set.copyOf(option.aliases()),
          line);
      assertEquals(columns[2].equals("PRIV"), option.has(Rule.PRIVILEGED), line);
      assertEquals(columns[2].equals("PRIVFIX"), option.has(Rule.FIXED_BY_PRIVILEGE), line);
      switch (columns[1]) {
        case "-" -> assertInstanceOf(Argument.None.class, option.argument(), line);
        case "bare" -> assertTrue(option.isBare(), line);
        case "int" -> assertTrue(option.argument().follows(), line);
        case "u32" -> assertTrue(option.argument().follows(), line);
        case "string", "arg" -> assertTrue(option.argument().follows(), line);
        default -> throw new AssertionError(line);
      }
    }
    assertEquals(224, seen.size());
    var others =
        OptionTable.all().stream()
            .filter(option -> !seen.contains(option.name()))
            .collect(Collectors.toList());
    var notPppds = Set.of(Area.PLUGIN, Area.OWN);
    assertTrue(
        others.stream().allMatch(option -> notPppds.contains(option.area())), others.toString());
    assertEquals(41, others.size());
  }

  @Test
  void everyRowIsComplete() {
    for (PppdOption option : OptionTable.all()) {
      String help = option.help();
      assertFalse(help.isEmpty() || help.endsWith(".") || help.length() > 72, option.name());
      assertNotNull(OptionTable.main(option));
      assertEquals(
          option.group(), OptionTable.main(option).name(), option.name() + " has no such group");
      switch (option.treatment()) {
        case Treatment.Implemented() -> {}
        case Treatment.Accepted(String reason) -> assertFalse(reason.endsWith("."), reason);
        case Treatment.Refused(String alternative) ->
            assertFalse(alternative.endsWith("."), alternative);
      }
    }
  }

  /// Regenerated with `-Ddocumentation=write`.
  @Test
  void theDocumentationIsCurrent() throws IOException {
    isCurrent(DOCUMENTATION, OptionText.markdown());
    isCurrent(Path.of("docs", "man", "linedisc-pppd.8"), OptionManual.page());
    isCurrent(Path.of("docs", "linedisc.bash"), OptionManual.completion());
  }

  private static void isCurrent(Path file, String text) throws IOException {
    if ("write".equals(System.getProperty("documentation"))) {
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text, "run this test with -Ddocumentation=write");
  }

  @Test
  void theListNamesEveryOption() {
    String list = OptionText.showOptions();
    for (PppdOption option : OptionTable.all()) {
      String typed = option.isBare() ? option.argument().syntax() : option.name();
      assertTrue(list.contains("\n    " + typed + " "), typed);
    }
  }

  @Test
  void theShortHelpNamesRealOptions() {
    String help = OptionText.help();
    for (String name :
        List.of(
            "auth",
            "user",
            "connect",
            "crtscts",
            "defaultroute",
            "persist",
            "nodetach",
            "debug",
            "file",
            "dryrun",
            "show-options")) {
      assertTrue(help.contains(name), name);
      assertEquals(name, option(name).name());
    }
  }

  private static PppdOption option(String name) {
    return OptionTable.all().stream()
        .filter(option -> option.name().equals(name) || option.aliases().contains(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no option " + name));
  }

  private static List<String> pppdsOwn() throws IOException {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(OptionTableTest.class.getResourceAsStream("pppd-2.5.3.tsv")),
                StandardCharsets.UTF_8))) {
      return Arrays.asList(in.lines().filter(line -> !line.startsWith("#")).toArray(String[]::new));
    }
  }
}
