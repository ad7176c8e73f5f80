package linedisc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import linedisc.ppp.PppConfig;
import linedisc.serial.tty.Tty;
import linedisc.slip.SlipStatistics;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs what the README tells its reader to type, unless the line says that it needs hardware.
class ReadmeTest {
  private static final String LAUNCHER = "examples/bin/linedisc ";
  private static final Path README = Path.of("..", "README.md");

  private static List<String> commands() throws IOException {
    List<String> found = new ArrayList<>();
    boolean inShell = false;
    for (String line : Files.readAllLines(README)) {
      if (line.startsWith("```")) {
        inShell = line.equals("```sh");
      } else if (inShell) {
        found.add(line);
      }
    }
    return found;
  }

  @TestFactory
  Stream<DynamicTest> everyCommandRuns() throws IOException {
    return commands().stream()
        .filter(line -> line.startsWith(LAUNCHER) && !line.contains("# needs"))
        .map(line -> DynamicTest.dynamicTest(line, () -> run(line)));
  }

  private static void run(String line) {
    List<String> words = new ArrayList<>();
    var word = Pattern.compile("'([^']*)'|([^' ]+)").matcher(line.substring(LAUNCHER.length()));
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    Capture result = Capture.of(words.toArray(String[]::new));
    assertEquals(0, result.status(), result.err());
  }

  @Test
  void theTwoCommandsComeFirst() throws IOException {
    assertEquals(List.of(LAUNCHER + "demo", "mvn verify"), commands().subList(0, 2));
  }

  /// With the packages imported, and an executor and a packet of the reader's.
  @Test
  void theLibrarysExampleCompiles(@TempDir Path folder) throws IOException {
    String text = Files.readString(README);
    int begin = text.indexOf("```java\n") + "```java\n".length();
    String example = text.substring(begin, text.indexOf("```", begin));
    Path source =
        Files.writeString(
            folder.resolve("Example.java"),
            """
            import java.security.SecureRandom;
            import java.util.concurrent.Executor;
            import linedisc.ppp.*;
            import linedisc.serial.net.*;
            import linedisc.serial.port.*;
            import linedisc.serial.tty.*;

            class Example {
              void run(Executor executor, byte[] packet) throws Exception {
                %s
              }
            }
            """
                .formatted(example));
    var errors = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                errors,
                errors,
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                Stream.of(SlipStatistics.class, PppConfig.class, Tty.class)
                    .map(inModule -> inModule.getProtectionDomain().getCodeSource().getLocation())
                    .map(URL::getPath)
                    .collect(Collectors.joining(File.pathSeparator)),
                source.toString());
    assertEquals(0, status, errors::toString);
  }

  @Test
  void whatItLinksToIsThere() throws IOException {
    String text = Files.readString(README);
    var links = Pattern.compile("\\]\\(([^)]+)\\)").matcher(text);
    int count = 0;
    while (links.find()) {
      assertTrue(Files.exists(README.resolveSibling(links.group(1))), links.group(1));
      count++;
    }
    assertTrue(count > 4, count + " links");
  }
}
