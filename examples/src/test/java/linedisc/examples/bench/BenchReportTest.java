package linedisc.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import linedisc.examples.cli.CommandException;
import linedisc.examples.cli.Json;
import linedisc.examples.cli.Terminal;
import org.junit.jupiter.api.Test;

class BenchReportTest {
  private static final CodecResult RESULT =
      new CodecResult(
          CodecCase.ALL.getFirst(),
          List.of(
              new CodecResult.Rate("linedisc", 4e9, 1),
              new CodecResult.Rate("Java, byte loop", 0.5e9, 8),
              new CodecResult.Rate("C, byte loop", 0.4e9, 10)));

  @Test
  void onlyWhatIsFarFromItsGoalIsMissed() {
    assertVerdict("reached", Figure.atLeast("k", "t", 4, "", 4));
    assertVerdict("near", Figure.atLeast("k", "t", 2.9, "", 4));
    assertVerdict("MISSED", Figure.atLeast("k", "t", 2.7, "", 4));
    assertVerdict("reached", Figure.atMost("k", "t", 0, "", 0));
    assertVerdict("MISSED", Figure.atMost("k", "t", 1, "", 0));
    assertVerdict("near", Figure.atMost("k", "t", 1.9, "", 1.5));
    assertVerdict("MISSED", Figure.atMost("k", "t", 2, "", 1.5));
    assertVerdict("", Figure.told("k", "t", 2, ""));
  }

  private static void assertVerdict(String verdict, Figure figure) {
    assertEquals(verdict, figure.verdict());
    assertEquals(verdict.equals("MISSED"), figure.missed());
  }

  @Test
  void goalsOfLoopsAreRatiosToTheCLoop() {
    BenchReport report = new BenchReport(List.of(RESULT), List.of(), List.of());
    assertEquals(
        List.of("hdlc_encode_random_to_java", "hdlc_encode_random_to_c"),
        report.all().stream().map(Figure::key).toList());
    assertTrue(report.missed().isEmpty());
    assertTrue(report.tables().contains(">= 9.00"), report.tables());
    assertTrue(Json.write(report.toJson()).contains("\"passed\":true"));
  }

  @Test
  void withoutACompilerTheCLoopIsMissingAndNothingFails() {
    CodecResult slow =
        new CodecResult(
            RESULT.of(),
            List.of(
                new CodecResult.Rate("linedisc", 4e8, 1),
                new CodecResult.Rate("Java, byte loop", 4e8, 1)));
    BenchReport report = new BenchReport(List.of(slow), List.of(), List.of("No gcc."));
    assertTrue(report.missed().isEmpty());
    assertTrue(report.tables().endsWith("No gcc.\n"), report.tables());
    assertFalse(report.tables().contains("MISSED"));
  }

  @Test
  void thePlotIsXml() throws Exception {
    byte[] svg = BenchPage.plot(List.of(RESULT, RESULT)).getBytes(StandardCharsets.UTF_8);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));
    assertEquals("svg", document.getDocumentElement().getNodeName());
  }

  @Test
  void nothingIsAllocatedForAPacket() throws Exception {
    Figure allocated = new AllocationBench().run().getFirst();
    assertTrue(allocated.reached(), allocated.shown());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    var terminal = new Terminal(out, out, false);
    assertThrows(
        CommandException.class, () -> new BenchCommand().run(List.of("--part", "moon"), terminal));
    assertThrows(CommandException.class, () -> new BenchCommand().run(List.of("x"), terminal));
  }
}
