package linedisc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  @Test
  void listsItsPrograms() {
    Capture help = Capture.of("--help");
    assertEquals(0, help.status());
    assertTrue(help.out().contains("  demo "), help.out());
  }

  @Test
  void eachProgramExplainsItself() {
    Capture help = Capture.of("demo", "--help");
    assertEquals(0, help.status());
    assertTrue(help.out().startsWith("usage: linedisc demo "), help.out());
  }

  @Test
  void saysItsVersion() {
    Capture version = Capture.of("--version");
    assertEquals(0, version.status());
    assertTrue(version.out().startsWith("linedisc "), version.out());
  }

  @Test
  void withoutAProgramItSaysWhatThereIs() {
    Capture nothing = Capture.of();
    assertEquals(2, nothing.status());
    assertEquals("", nothing.out());
    assertTrue(nothing.err().startsWith("usage: linedisc PROGRAM"), nothing.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dmeo                    | dmeo: there is no program of that name; 'linedisc --help' lists the programs",
        "demo --bogus            | demo: unknown option --bogus; --help lists the options",
        "demo --megabytes        | demo: option --megabytes needs a value",
        "demo --megabytes 0      | demo: option --megabytes needs a whole number from 1 to 100000, and not '0'",
        "demo --line tin         | demo: option --line needs one of pty, null, and not 'tin'",
        "demo extra              | demo: unexpected argument 'extra'",
      })
  void wrongCommandLinesGetOneSentence(String line, String sentence) {
    Capture refused = Capture.of(line.split(" "));
    assertEquals(2, refused.status());
    assertEquals("", refused.out());
    assertEquals("linedisc: " + sentence + "\n", refused.err());
  }

  @Test
  void aCaptureThatCannotBeWrittenGetsOneSentence() {
    Capture refused = Capture.of("demo", "--line", "null", "--capture", "no/such/folder/x.pcapng");
    assertEquals(1, refused.status());
    assertEquals(
        "linedisc: demo: can't write the capture to no/such/folder/x.pcapng: there is no such"
            + " folder\n",
        refused.err());
  }
}
