package linedisc.examples.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import linedisc.examples.Capture;
import linedisc.serial.port.JSerialCommTransport;
import linedisc.serial.port.PortLocks;
import linedisc.serial.port.PortSettings;
import linedisc.serial.port.PtyTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {
  private static Capture run(String line) {
    return Capture.of(("ports " + line).strip().split(" +"));
  }

  @Test
  void theListIsAListWhateverThisMachineHas() {
    Capture list = run("");
    assertEquals(0, list.status(), list.err());
    assertTrue(
        list.out().startsWith("PORT ") || list.out().equals("There is no serial port.\n"),
        list.out());
    Capture json = run("--json");
    assertTrue(json.out().startsWith("[") && json.out().endsWith("]\n"), json.out());
  }

  @Test
  void aPortThatWeHaveIsSaidToBeOurs(@TempDir Path folder) throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no ptys here");
    long pid = ProcessHandle.current().pid();
    try (PtyTransport master = PtyTransport.open();
        JSerialCommTransport port =
            JSerialCommTransport.open(
                master.slave(), PortSettings.DEFAULT, new PortLocks(folder))) {
      String row = run(port.name()).out().lines().toList().get(1);
      assertTrue(row.startsWith(port.name() + "  serial port"), row);
      assertTrue(row.contains("(process " + pid + ")"), row);
      String json = run("--json " + port.name()).out();
      assertTrue(json.startsWith("[{\"port\":\"" + port.name() + "\","), json);
      assertTrue(json.contains("\"pid\":" + pid), json);
    }
  }

  @Test
  void aWatchEndsWhenItsTimeIsOver() {
    Capture watch = run("--watch --seconds 0");
    assertEquals(0, watch.status(), watch.err());
    assertTrue(watch.out().lines().allMatch(line -> line.startsWith("+ /dev/")), watch.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/no/such        | 1 | /no/such does not exist.",
        "/dev/null       | 1 | /dev/null is not a serial port.",
        "0403:ffff:NONE  | 1 | No serial port 0403:ffff:NONE is plugged in.",
        "--watch x       | 2 | unexpected argument 'x'",
        "--seconds x     | 2 | option --seconds needs a whole number from 0 to 864000000, and not 'x'",
      })
  void wrongCommandLinesGetOneSentence(String line, int status, String sentence) {
    Capture refused = run(line);
    assertEquals("linedisc: ports: " + sentence + "\n", refused.err());
    assertEquals(status, refused.status());
  }
}
